"""The library is used without any script: bring, find, describe, aim, write down who is shown, attach to a post."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models.journal import Entry
from lierre.foundation.personal_data import register
from lierre.publishing import composing
from lierre.publishing.library.attaching import attach
from lierre.publishing.models import Likeness, Medium, Post
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.media import brought, document, film, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path


@pytest.fixture
def post(by_hand, gwenael) -> Post:
    return composing.write(composing.Draft(["Portes ouvertes"], [by_hand]), by=gwenael)


@pytest.fixture
def hall(gwenael) -> Medium:
    return brought(photograph(), "hall_de_la_penfeld.jpg", by=gwenael)


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def composed(post: Post, by_hand, **more: str) -> dict[str, object]:
    """What the page of the composer sends."""
    return {
        "text": post.text,
        "accounts": [by_hand.pk],
        "language": "fr",
        "version": post.version,
        "title": post.title,
    } | more


def test_several_files_are_brought_and_the_bad_one_says_why(client, gwenael):
    client.force_login(gwenael)
    files = [upload(photograph(), "hall.jpg"), upload(b"<svg/>", "logo.svg"), upload(document(), "rapport.pdf")]

    page = client.post(reverse("publishing:bring_media"), {"brought": files, "credit": "M. Tanguy"}, follow=True)

    assert "2 media are in the library." in page.text
    assert "logo.svg is a drawing (SVG)" in page.text
    assert {medium.credit for medium in Medium.objects.all()} == {"M. Tanguy"}
    assert Entry.objects.filter(verb="medium.brought").count() == 2


def test_a_file_that_is_refused_alone_leaves_one_on_the_form(client, gwenael):
    client.force_login(gwenael)

    page = client.post(reverse("publishing:bring_media"), {"brought": [upload(b"", "rien.jpg")]})

    assert page.status_code == 422
    assert "rien.jpg is empty." in page.text


def test_a_medium_is_found_by_words_without_accents_and_by_what_it_lacks(client, gwenael, hall):
    brought(film(), "marée haute.mp4")
    hall.describe({"tags": "étudiants, alternance", "until": timezone.localdate() + timedelta(days=9)}, by=gwenael)
    client.force_login(gwenael)
    ask = reverse("publishing:library")

    def found(**asked: str) -> set[str]:
        return {medium.title for medium in client.get(ask, asked).context["page"].rows}

    assert found(q="etudiants") == found(voir="echeance") == found(voir="sans-texte") == {"hall de la penfeld"}
    assert found(nature="video") == found(q="MAREE") == {"marée haute"}
    assert found(voir="archive") == set()


def test_the_library_asks_few_questions_whatever_it_holds(client, gwenael, django_assert_max_num_queries):
    for number in range(12):
        brought(photograph(60 + number, 60), f"{number}.jpg", by=gwenael)
    client.force_login(gwenael)

    with django_assert_max_num_queries(14):
        client.get(reverse("publishing:library"))


def test_what_is_said_of_a_medium_is_kept_and_its_file_is_not_touched(client, gwenael, hall):
    client.force_login(gwenael)
    before = hall.path.read_bytes()
    said = {
        "title": "Le hall",
        "alt_fr": "Des étudiants.",
        "alt_en": "Students.",
        "licence": "ours",
        "x": "20",
        "y": "80",
    }

    client.post(hall.get_absolute_url(), said)

    hall.refresh_from_db()
    assert (hall.title, hall.alt, hall.focus_x, hall.focus_y) == (
        "Le hall",
        {"fr": "Des étudiants.", "en": "Students."},
        20,
        80,
    )
    assert hall.path.read_bytes() == before


def test_the_point_that_matters_is_given_by_a_click(client, gwenael, hall):
    client.force_login(gwenael)

    client.post(reverse("publishing:aim_medium", args=[hall.pk]), {"at.x": "70", "at.y": "105"})

    hall.refresh_from_db()
    assert (hall.focus_x, hall.focus_y) == (25, 50)


def test_who_is_shown_is_written_down_and_a_consent_cannot_end_before_it_begins(client, gwenael, hall):
    client.force_login(gwenael)
    address, today = reverse("publishing:add_likeness", args=[hall.pk]), timezone.localdate()

    wrong = client.post(address, {"name": "Lena", "given_on": today, "until": today - timedelta(days=1)})
    page = client.post(address, {"name": "Lena", "given_on": today, "until": today + timedelta(days=30)}, follow=True)

    assert "It ends before it begins." in wrong.text
    assert "consents until" in page.text
    assert "Lena, shown on “hall de la penfeld”, consents until" in page.text


def test_an_erased_person_is_no_longer_named_and_no_longer_shown(hall, lena):
    said = {"name": lena.name, "given_on": timezone.localdate(), "until": None, "proof": "Dossier 12"}
    Likeness.write_down(hall, said, by="the tests")
    holding = next(each for each in register() if each.model == "publishing.likeness")
    exported = holding.export(lena)

    erased = holding.erase(lena)

    assert (exported[0]["proof"], erased) == ("Dossier 12", 1)
    assert lena.name not in str(hall.likenesses.get())
    assert len(Medium.objects.get().why_not(timezone.localdate())) == 1


def test_what_is_in_the_archive_is_no_longer_offered_and_comes_back(client, gwenael, hall, post):
    client.force_login(gwenael)

    client.post(reverse("publishing:archive_medium", args=[hall.pk]))
    hidden = client.get(reverse("publishing:library")).context["page"].rows
    refused = client.post(reverse("publishing:choose_medium", args=[post.pk, hall.pk]))
    client.post(reverse("publishing:restore_medium", args=[hall.pk]))

    assert (hidden, refused.status_code) == ([], 404)
    assert client.get(reverse("publishing:library")).context["page"].rows == [hall]


def test_files_are_served_as_what_they_are_and_never_run(client, gwenael, hall):
    client.force_login(gwenael)
    shown = client.get(reverse("publishing:medium_shown", args=[hall.pk, "petit"]))
    original = client.get(reverse("publishing:medium_file", args=[hall.pk]))

    assert (shown["Content-Type"], original["Content-Type"]) == ("image/jpeg", "image/jpeg")
    assert shown["Content-Disposition"].startswith("inline")
    assert original["Content-Disposition"].startswith("attachment")
    for response in (shown, original):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "script-src" not in response["Content-Security-Policy"]
    assert b"Camera 3000" not in b"".join(shown.streaming_content)
    assert b"".join(original.streaming_content) == hall.path.read_bytes()


@pytest.mark.parametrize("name", ["medium_file", "medium"])
def test_nobody_from_outside_sees_them(client, hall, name, lena):
    address = reverse(f"publishing:{name}", args=[hall.pk])
    signed_out = client.get(address)
    client.force_login(lena)

    assert signed_out.status_code == 302
    assert client.get(address).status_code == 403


def test_choosing_a_medium_keeps_what_was_being_written(client, gwenael, hall, post, by_hand):
    client.force_login(gwenael)

    there = client.post(
        reverse("publishing:post_media", args=[post.pk]), composed(post, by_hand, text="Autrement", media="choose")
    )
    chooser = client.get(there["Location"])
    client.post(reverse("publishing:choose_medium", args=[post.pk, hall.pk]))
    page = client.get(post.get_absolute_url())

    post.refresh_from_db()
    assert post.text == "Autrement"
    assert "Add to the post" in chooser.text
    assert "What “hall de la penfeld” shows" in page.text
    assert "Whoever does not see “hall de la penfeld” is told nothing of it" in page.text


def test_media_are_described_put_in_order_and_taken_off_in_the_composer(client, gwenael, hall, post, by_hand):
    other = brought(photograph(90, 90), "deux.jpg", by=gwenael)
    attach(post, [hall, other], by=gwenael)
    client.force_login(gwenael)
    first, second = post.attachments.in_order()
    act = reverse("publishing:post_media", args=[post.pk])

    client.post(act, composed(post, by_hand, media=f"up-{second.pk}", **{f"alt-{first.pk}": "Des étudiants."}))
    ordered = [each.medium for each in post.attachments.in_order()]
    told = post.attachments.get(pk=first.pk).alt
    client.post(act, composed(post, by_hand, media=f"remove-{first.pk}"))

    assert (ordered, told) == ([other, hall], "Des étudiants.")
    assert [each.medium for each in post.attachments.all()] == [other]


def test_what_is_wrong_with_the_text_is_said_before_a_medium_moves(client, gwenael, hall, post, by_hand):
    attach(post, [hall], by=gwenael)
    client.force_login(gwenael)
    sent = composed(post, by_hand, text="", media=f"remove-{post.attachments.get().pk}")

    page = client.post(reverse("publishing:post_media", args=[post.pk]), sent)

    assert page.status_code == 422
    assert "Write what is to be said." in page.text
    assert post.attachments.count() == 1


def test_files_that_are_brought_for_a_post_are_attached_to_it(client, gwenael, post):
    client.force_login(gwenael)

    client.post(reverse("publishing:bring_media"), {"brought": [upload(photograph(), "hall.jpg")], "post": post.pk})

    assert post.attachments.get().medium.name == "hall.jpg"


def test_a_link_and_its_card_are_typed_with_the_text(client, gwenael, hall, post, by_hand):
    client.force_login(gwenael)
    link = {"link_url": "https://ubn.example/jpo", "link_title": "Portes ouvertes"}

    client.post(reverse("publishing:post_media", args=[post.pk]), composed(post, by_hand, media="card", **link))
    client.post(reverse("publishing:choose_medium", args=[post.pk, hall.pk]), {"card": "1"})
    page = client.get(post.get_absolute_url())

    post.refresh_from_db()
    assert (post.link_url, post.link_title, post.link_image) == (*link.values(), hall)
    assert "Without this image" in page.text


def test_rights_that_are_over_keep_a_post_from_being_planned(client, gwenael, hall, post):
    attach(post, [hall], by=gwenael)
    hall.describe({"until": timezone.localdate() - timedelta(days=1)}, by=gwenael)
    client.force_login(gwenael)

    page = client.post(reverse("publishing:post_act", args=[post.pk, "planifier"]), follow=True)

    post.refresh_from_db()
    assert post.state == "draft"
    assert "The rights on “hall de la penfeld” end on" in page.text


def test_who_publishes_by_hand_takes_the_files_along_without_the_camera(client, gwenael, hall, post):
    hall.describe({"alt": {"fr": "Des étudiants."}}, by=gwenael)
    attach(post, [hall], by=gwenael)
    post.approve(by=gwenael)
    Outbox().once()
    row, attachment = post.deliveries.get(), post.attachments.get()
    client.force_login(gwenael)

    desk = client.get(reverse("publishing:desk"))
    file = client.get(reverse("publishing:delivery_file", args=[row.pk, attachment.pk]))

    assert "Take “hall de la penfeld”" in desk.text
    assert "What it shows: Des étudiants." in desk.text
    content = b"".join(file.streaming_content)
    assert file["Content-Disposition"].startswith("attachment")
    assert content.startswith(b"\xff\xd8\xff")
    assert b"Camera 3000" not in content
    assert BytesIO(content).getbuffer().nbytes > 100
