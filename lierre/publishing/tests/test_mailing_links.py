"""Links of a mailing: short, the same for everybody, counted without the robots; those that unsubscribe stay as they are."""

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from lierre.people.directory import snapshot
from lierre.people.segments import reach
from lierre.publishing.mailing.figures import clicks
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.models import Link, Mailing
from lierre.publishing.tests.mailings import SECTION, due, graduate, written

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
SCANNER = {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Barracuda Sentinel; scanner of mail)"}


@pytest.fixture
def sent(settings: Any, gwenael: Any, helene: Any) -> Mailing:
    """To two persons; a button, the same address in the text, an image, and a link of the preference centre."""
    settings.BOUNCES_ADDRESS, settings.ADDRESS = "retours@ubn.example", "https://lierre.ubn.example"
    snapshot.forget()
    reach.forget()
    graduate("Une"), graduate("Deux")
    text = (
        f"Plus : https://ubn.example/portes. Choisir : {settings.ADDRESS}{reverse('privacy:preferences', args=['abc'])}"
    )
    section = SECTION | {
        "text": text,
        "image": "https://ubn.example/hall.jpg",
        "alt": "Le hall",
        "link": "https://ubn.example/venir",
    }
    mailing = due(gwenael, helene, sections=[section], counts_links=True, campaign="Portes ouvertes")
    Mailings().once()
    mailing.refresh_from_db()
    return mailing


def bodies(message: Any) -> list[str]:
    whole = message.message()
    return [part.get_payload(decode=True).decode() for part in whole.walk() if not part.is_multipart()]


def test_everybody_receives_the_same_short_links_and_no_image_nor_choice_is_shortened(sent, settings):
    short = {link.target: link.short for link in sent.links.all()}
    texts = [bodies(message) for message in mail.outbox]

    assert set(short) == {"https://ubn.example/portes", "https://ubn.example/venir"}
    for plain, html in texts:
        for text in (plain, html):
            assert set(re.findall(r"https?://\S+/l/\w+", text)) == set(short.values())
            assert "https://ubn.example/venir" not in text
            assert "/desabonnement/" in text
            assert f"{settings.ADDRESS}{reverse('privacy:preferences', args=['abc'])}" in text
        assert 'src="https://ubn.example/hall.jpg"' in html
        assert html.count("<img") == 1


def test_their_site_is_told_of_the_mailing_and_of_nobody(sent):
    leads = Link.objects.get(target="https://ubn.example/venir").leads_to

    assert leads == "https://ubn.example/venir?utm_source=lettre&utm_medium=email&utm_campaign=portes-ouvertes"


def test_clicks_are_counted_by_mailing_and_by_link_scanners_apart(client, sent, gwenael):
    links = {link.target: link for link in sent.links.all()}
    for target, header, times in (("venir", BROWSER, 3), ("portes", BROWSER, 1), ("venir", SCANNER, 5)):
        for _each in range(times):
            client.get(reverse("publishing:follow", args=[links[f"https://ubn.example/{target}"].code]), **header)
    client.force_login(gwenael)

    found = clicks(sent)
    page = client.get(sent.get_absolute_url()).content.decode()
    table = b"".join(client.get(reverse("publishing:export_links", args=["csv"]), {"lettre": sent.pk})).decode()
    whole = b"".join(client.get(reverse("publishing:export_mailings", args=["csv"]))).decode()
    alone = client.get(reverse("publishing:links"), {"reseau": "lettre"}).content.decode()

    assert found is not None
    assert (found.people, found.robots) == (4, 5)
    assert [(link.target[-5:], people) for link, people, _robots in found.links] == [("venir", 3), ("ortes", 1)]
    assert "5 visits of robots and scanners of mail are left out." in page
    assert len(table.splitlines()) == 3
    assert ";2;2;0;0;0;4;5" in whole
    assert "Je viens" in alone


def test_without_the_choice_addresses_leave_as_they_are_and_begun_again_links_are_the_same(sent, gwenael, helene):
    from lierre.publishing.mailing.links import shorten

    plain = written(gwenael, name="Sans compter")

    assert shorten(sent) == {link.target: link.short for link in sent.links.all()}
    assert sent.links.count() == 2
    assert shorten(plain) == {}
    assert clicks(plain) is None


def test_the_choice_of_counting_is_part_of_what_is_approved(gwenael, helene):
    from lierre.publishing.mailing.composing import change

    snapshot.forget()
    mailing = due(gwenael, helene)

    assert change(mailing, {"counts_links": True}, by=gwenael)
    assert mailing.state == "draft"


def test_the_message_is_seen_as_mail_programs_show_it_and_runs_nothing(client, sent, gwenael):
    client.force_login(gwenael)
    looks = {}
    for look in ("clair", "sombre"):
        looks[look] = client.get(reverse("publishing:mailing_preview", args=[sent.pk, look]))
    page = client.get(sent.get_absolute_url(), {"apercu": "sombre"})

    assert "prefers-color-scheme: dark) {" not in looks["sombre"].content.decode()
    assert "@media all {" in looks["sombre"].content.decode()
    assert "sandbox" in looks["clair"]["Content-Security-Policy"]
    assert looks["clair"]["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "/apercu/sombre/" in page.content.decode()
    assert client.get(reverse("publishing:mailing_preview", args=[sent.pk, "autre"])).status_code == 404
