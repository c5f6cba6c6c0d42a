"""A film is told to who does not see it, and written for who does not hear it: in the library, then on networks that take it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lierre.connectors import network as net
from lierre.publishing import composing
from lierre.publishing.attached import seen_of
from lierre.publishing.library.attaching import attach
from lierre.publishing.library.showing import made
from lierre.publishing.models import Medium
from lierre.publishing.tests.media import brought, film

pytestmark = pytest.mark.django_db
SPOKEN = "WEBVTT\n\n00:00.000 --> 00:02.000\nLa houle vient du large.\n\n00:02.000 --> 00:04.000\nElle repart.\n"


@pytest.fixture
def houle(settings, tmp_path, gwenael) -> Medium:
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path
    return brought(film(), "houle.mp4", by=gwenael)


def file(content: str | bytes, name: str = "houle.vtt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content, "text/vtt")


def kept(client, medium: Medium, **said):
    told = {"title": medium.title, "alt_fr": "Des vagues filmées depuis la jetée."} | said
    return client.post(medium.get_absolute_url(), told, follow=True)


def test_subtitles_and_a_description_are_kept_with_the_film(client, gwenael, houle):
    client.force_login(gwenael)

    page = kept(client, houle, spoken_fr=file(SPOKEN.replace("\n", "\r\n")))
    again = kept(client, houle, title="La houle")

    houle.refresh_from_db()
    assert (houle.captions, houle.alt) == ({"fr": SPOKEN}, {"fr": "Des vagues filmées depuis la jetée."})
    assert "2 lines are kept." in page.content.decode()
    assert "2 lines are kept." in again.content.decode()

    kept(client, houle, without_fr="on")
    houle.refresh_from_db()
    assert houle.captions == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("1\n00:00:00,000 --> 00:00:02,000\nBonjour", "holds no subtitles"),
        (SPOKEN.encode("utf-16"), "holds no subtitles"),
        (SPOKEN + "x" * 20_000, "20 kB at most"),
    ],
)
def test_what_is_no_subtitles_is_told_beside_its_field(client, gwenael, houle, content, said):
    client.force_login(gwenael)

    page = kept(client, houle, spoken_en=file(content))

    houle.refresh_from_db()
    assert page.status_code == 422
    assert said in page.content.decode()
    assert houle.captions == {}


def test_what_is_said_of_the_film_later_changes_nothing_that_was_approved(houle, by_hand):
    houle.describe({"captions": {"fr": SPOKEN}, "alt": {"fr": "Des vagues."}}, by="the tests")
    post = composing.write(composing.Draft(["La houle"], [by_hand]), by="the tests")
    attach(post, [houle], by="the tests")

    houle.describe({"captions": {}}, by="the tests")
    shown = made(post.attachments.get(), by_hand, net.Limits())

    assert (shown.alt, shown.captions) == ("Des vagues.", (("fr", SPOKEN),))
    assert seen_of(post)["media"][0]["captions"] == {"fr": SPOKEN}


def test_where_subtitles_cannot_go_is_said_before(houle):
    media = net.Media(houle.path, "video/mp4", "Des vagues", captions=(("fr", SPOKEN),))
    message = net.Message("La houle", "a key", media=(media,))

    told = {}
    for code in ("bluesky", "linkedin", "facebook", "mastodon"):
        lost = net.network(code).measure(message, net.network(code).usual_limits()).lost
        told[code] = [remark.code for remark in lost if remark.code == "captions"]

    assert told == {"bluesky": [], "linkedin": ["captions"], "facebook": ["captions"], "mastodon": ["captions"]}
