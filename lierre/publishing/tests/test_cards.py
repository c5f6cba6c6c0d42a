"""The card of a link is what its page says of itself, read ahead of approval; then it is the author's to change."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.publishing import composing
from lierre.publishing.cards.fetching import Unread, card_at
from lierre.publishing.cards.filling import fill, first_time
from lierre.publishing.cards.reading import Card, card_in
from lierre.publishing.models import Medium, Post, Step
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.media import photograph
from simulators.faults import Faults
from simulators.serving import Request, Response, living

pytestmark = pytest.mark.django_db
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Accueil – UBN</title>
<meta property="og:title" content="Portes ouvertes &amp; visites"><meta name="description" content="Une autre phrase">
<meta property="og:description" content="Le 6 mars, de 9 heures à 17 heures."><meta property="og:image" content="/hall.jpg">
</head><body><meta property="og:title" content="Un piège"><title>Un autre</title></body></html>"""


@dataclass
class Site:
    """Pages of a university. `pages`: path → (status, headers, content)."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def shows(self, path: str, content: str | bytes, kind: str = "text/html; charset=utf-8") -> str:
        self.pages[path] = 200, {"Content-Type": kind}, content.encode() if isinstance(content, str) else content
        return self.address + path

    def leads(self, path: str, where: str) -> str:
        self.pages[path] = 302, {"Location": where}, b""
        return self.address + path

    def answer(self, request: Request) -> Response:
        self.asked.append(request.path)
        status, headers, content = self.pages.get(request.path, (404, {}, b""))
        return Response(status, None, headers, content)

    def publishes(self, _request: Request) -> bool:
        return False


@pytest.fixture
def site(settings, tmp_path, monkeypatch) -> Iterator[Site]:
    settings.MEDIA_ROOT, settings.DATA_DIR, settings.ALLOW_LOOPBACK = tmp_path / "files", tmp_path, True
    # Pages are asked for as a reader does, and other simulators show something else to a reader.
    monkeypatch.setattr("simulators.serving.struck", lambda simulator, request: simulator.answer(request))
    found = Site()
    with living(found):
        yield found


@pytest.fixture
def jpo(site) -> str:
    site.shows("/hall.jpg", photograph(), "image/jpeg")
    return site.shows("/jpo", PAGE)


def written(text: str, *accounts, **fields) -> Post:
    return composing.write(composing.Draft([text], accounts, intent=fields), by="the tests")


def test_the_page_says_its_title_its_sentence_and_its_image(jpo, site):
    assert card_at(jpo) == Card(
        "Portes ouvertes & visites", "Le 6 mars, de 9 heures à 17 heures.", f"{site.address}/hall.jpg"
    )


def test_a_page_without_a_card_gives_its_own_title(site):
    assert card_at(
        site.shows("/", "<title>\n La houle\n </title><meta name=description content='Des vagues'>")
    ) == Card("La houle", "Des vagues")
    old = "<title>Thèse soutenue</title>".encode("latin-1")
    assert card_at(site.shows("/old", old, "text/html; charset=iso-8859-1")).title == "Thèse soutenue"


def test_what_would_lead_astray_is_left_aside():
    astray = "<title>T</title><meta property='og:image' content='{}'>"

    assert [
        card_in(astray.format(each), "https://ubn.example/a").image for each in ("file:///etc/passwd", "data:,a")
    ] == ["", ""]
    assert (
        card_in(astray.format("//images.ubn.example/b.png"), "https://ubn.example/a").image
        == "https://images.ubn.example/b.png"
    )
    assert len(card_in(f"<title>{'mot ' * 500}</title>", "https://ubn.example/").title) <= 400


def test_a_page_that_moved_is_followed_and_never_to_the_inside(jpo, site, settings):
    assert card_at(site.leads("/court", "/jpo")).title == "Portes ouvertes & visites"
    site.leads("/rond", "/rond")
    for where, code in (
        ("http://10.0.0.7/", "inside"),
        ("https://169.254.169.254/", "inside"),
        ("ftp://ubn.example/", "address"),
    ):
        with pytest.raises(Unread) as told:
            card_at(site.leads("/dehors", where))
        assert told.value.code == code
    with pytest.raises(Unread, match="without end"):
        card_at(site.address + "/rond")
    settings.ALLOW_LOOPBACK = False
    with pytest.raises(Unread):
        card_at(jpo)


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("application/pdf", b"%PDF-1.7", "it is not a page"),
        ("text/html", b"<p>Rien</p>", "says nothing of itself"),
        ("text/html", b"<title>T</title>" + b" " * 2_100_000, "too heavy"),
    ],
)
def test_why_a_page_gives_no_card_is_said(site, kind, content, said):
    with pytest.raises(Unread, match=said):
        card_at(site.shows("/page", content, kind))


def test_the_card_of_the_page_is_what_leaves(jpo, world, bluesky):
    post = written("Venez !", bluesky, link_url=jpo)

    fill(post, by="the tests")
    post.approve(by="the tests")
    Outbox().once()

    (record,) = world.bluesky.records.values()
    card = record["value"]["embed"]["external"]
    assert (card["uri"], card["title"]) == (jpo, "Portes ouvertes & visites")
    assert card["thumb"]["mimeType"] == "image/jpeg"
    assert Medium.objects.get().credit == "127.0.0.1"


def test_another_card_must_be_approved_again(jpo, site, bluesky, gwenael):
    Step.objects.create(account=bluesky, position=1, person=gwenael)
    post = written("Venez !", bluesky, link_url=jpo)
    fill(post, by=gwenael)
    Post.objects.filter(pk=post.pk).update(state=Post.State.SUBMITTED)
    post.refresh_from_db()
    same = fill(post, by=gwenael)
    site.shows("/jpo", PAGE.replace("6 mars", "7 mars"))

    fell = fill(post, by=gwenael)

    assert (same, fell, post.state) == (False, True, Post.State.DRAFT)
    assert post.versions.latest_first().first().said["link"]["description"].startswith("Le 7 mars")


def test_the_address_of_the_text_gives_a_card_too(jpo, bluesky):
    post = written(f"Venez : {jpo}", bluesky)

    fill(post, by="the tests")

    assert (post.link_url, post.link_title) == (jpo, "Portes ouvertes & visites")
    with pytest.raises(Refused, match="Give the address"):
        fill(written("Rien", bluesky), by="the tests")


def test_an_image_that_is_none_keeps_no_card(site, jpo, bluesky):
    site.shows("/hall.jpg", b"<svg/>", "image/jpeg")
    post = written("Venez !", bluesky, link_url=jpo)

    fill(post, by="the tests")

    assert (post.link_title, post.link_image) == ("Portes ouvertes & visites", None)


def test_a_page_is_read_when_its_address_is_kept_once_and_the_button_reads_it_again(
    client, gwenael, jpo, site, by_hand
):
    client.force_login(gwenael)
    post = written("Venez !", by_hand)
    sent = {"text": post.text, "accounts": [by_hand.pk], "language": "fr", "title": post.title, "link_url": jpo}

    page = client.post(post.get_absolute_url(), sent | {"version": post.version}, follow=True)
    post.refresh_from_db()
    assert "Portes ouvertes &amp; visites" in page.content.decode()

    composing.change(
        post, composing.Draft(post.parts, [by_hand], intent={"link_title": "", "link_description": ""}), by=gwenael
    )
    kept = first_time(post, by=gwenael)
    post.refresh_from_db()
    assert (kept, post.link_title) == ("", "")

    client.post(reverse("publishing:post_media", args=[post.pk]), sent | {"version": post.version, "media": "read"})
    post.refresh_from_db()
    assert post.link_title == "Portes ouvertes & visites"


def test_a_page_that_cannot_be_read_is_said_and_the_link_stays(client, gwenael, site, by_hand):
    client.force_login(gwenael)
    post = written("Venez !", by_hand)
    sent = {"text": post.text, "accounts": [by_hand.pk], "language": "fr", "title": post.title, "version": post.version}

    page = client.post(post.get_absolute_url(), sent | {"link_url": site.address + "/nulle-part"}, follow=True)

    post.refresh_from_db()
    assert "The page of the link could not be read" in page.content.decode()
    assert post.link_url == site.address + "/nulle-part"
