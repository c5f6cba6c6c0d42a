"""Short links: they lead where they were told and nowhere else, count days and not persons, and leave with what is approved."""

import json
from http.cookies import SimpleCookie
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing import approving
from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Account, Click, Delivery, Link, LinkTemplate, Step
from lierre.publishing.models.delivery import hash_of

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
TARGET = "https://ubn.example/jpo"
COUNTED = {"counts_links": True}


@pytest.fixture(autouse=True)
def address(settings):
    settings.ADDRESS = "https://lierre.ubn.example"


@pytest.fixture
def poster(gwenael, university):
    said = {"label": "Affiche du hall B", "target": TARGET, "place": "Affiche, hall B", "medium": "print",
            "campaign": "Portes ouvertes", "unit": None}  # fmt: skip
    return Link.objects.make(said, by=gwenael)


@pytest.fixture
def mastodon(db):
    return Account.objects.create(name="mastodon", network="mastodon", label="@ubn")


def texts():
    return dict(Delivery.objects.values_list("account__name", "text"))


def test_whoever_opens_a_link_goes_where_it_leads_and_leaves_nothing(client, poster):
    answer = client.get(f"/l/{poster.code}", headers=BROWSER)

    assert answer.status_code == 302
    assert answer["Location"] == f"{TARGET}?utm_source=affiche-hall-b&utm_medium=print&utm_campaign=portes-ouvertes"
    assert answer.cookies == SimpleCookie()
    assert "no-store" in answer["Cache-Control"]
    assert Click.objects.values_list("people", "robots").get() == (1, 0)
    assert {field.name for field in Click._meta.get_fields()} == {"id", "link", "day", "people", "robots"}


@pytest.mark.parametrize(
    "headers",
    [{"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/)"}, BROWSER | {"Sec-Purpose": "prefetch"},
     BROWSER | {"Sec-Fetch-Mode": "no-cors"}, {"User-Agent": ""}],
)  # fmt: skip
def test_robots_are_led_there_too_and_counted_apart(client, poster, headers):
    answer = client.get(f"/l/{poster.code}", headers=headers)

    assert answer.status_code == 302
    assert Click.objects.values_list("people", "robots").get() == (0, 1)


def test_a_look_at_the_headers_is_no_click(client, poster):
    assert client.head(f"/l/{poster.code}", headers=BROWSER).status_code == 302
    assert Click.objects.get().people == 0


def test_clicks_of_a_day_are_one_row(client, poster):
    for _each in range(3):
        client.get(f"/l/{poster.code}", headers=BROWSER)
    client.get(f"/l/{poster.code}", headers={"User-Agent": "LinkedInBot/1.0 (compatible; Mozilla/5.0)"})

    assert Click.objects.values_list("people", "robots").get() == (3, 1)


@pytest.mark.parametrize("code", ["jjjjjjj", "https", "bcdfghj"])
def test_only_codes_that_exist_lead_somewhere(client, poster, code):
    answer = client.get(f"/l/{code}", {"url": "https://elsewhere.example", "next": "https://elsewhere.example"})

    assert answer.status_code == 404
    assert "No such link" in answer.content.decode()
    assert not Click.objects.exists()


def test_a_closed_link_says_so_and_can_be_brought_back(client, poster, gwenael):
    client.force_login(gwenael)
    client.post(reverse("publishing:archive_link", args=[poster.pk]))
    client.logout()

    closed = client.get(f"/l/{poster.code}", headers=BROWSER)
    client.force_login(gwenael)
    again = client.post(reverse("publishing:archive_link", args=[poster.pk]), follow=True).content.decode()
    client.post(reverse("publishing:bring_link_back", args=[poster.pk]))

    assert closed.status_code == 410
    assert "This link is closed" in closed.content.decode()
    assert "in the archive already" in again
    assert client.get(f"/l/{poster.code}").status_code == 302
    assert list(Entry.objects.about(poster).order_by("pk").values_list("verb", flat=True)) == [
        "link.made", "link.archived", "link.brought_back",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("javascript:alert(1)", "begins with https"),
        ("//elsewhere.example", "begins with https"),
        ("http://192.168.1.12/", "inside the institution"),
        ("http://intranet/", "inside the institution"),
        ("http://2130706433/", "inside the institution"),
        ("http://127.1/", "inside the institution"),
        ("http://[::1]/", "inside the institution"),
        ("https://ubn.example@elsewhere.example/", "name or a password"),
        ("https://lierre.ubn.example/l/bcdfghj", "a short link already"),
        ("https://ubn.example/\\elsewhere.example", "begins with https"),
    ],
)
def test_a_link_leads_to_the_open_web_and_nowhere_else(client, gwenael, university, target, why):
    client.force_login(gwenael)
    said = {"label": "Affiche", "target": target, "medium": "print"}

    page = client.post(reverse("publishing:new_link"), said)

    assert page.status_code == 422
    assert why in page.content.decode()
    assert not Link.objects.exists()
    with pytest.raises(Refused):
        Link.objects.make(said | {"place": "", "campaign": "", "unit": None}, by=gwenael)


def test_a_poster_has_its_square_to_print(client, poster, gwenael):
    client.force_login(gwenael)

    page = client.get(poster.get_absolute_url()).content.decode()
    drawing = client.get(reverse("publishing:link_square", args=[poster.pk, "svg"]))
    image = client.get(reverse("publishing:link_square", args=[poster.pk, "png"]))

    assert f"lierre.ubn.example/l/{poster.code}" in page
    assert drawing.content.startswith(b"<svg")
    assert image.content.startswith(b"\x89PNG")


def test_each_account_has_its_own_link_and_the_row_says_what_really_leaves(by_hand, mastodon, gwenael):
    write(Draft([f"Venez : {TARGET}."], [by_hand, mastodon], intent=COUNTED), by=gwenael)

    links = {link.account.name: link for link in Link.objects.all()}
    assert texts() == {name: f"Venez : {link.short}." for name, link in links.items()}
    assert len(links) == 2
    assert links["mastodon"].leads_to == f"{TARGET}?utm_source=mastodon&utm_medium=social"
    assert {row.text_hash for row in Delivery.objects.all()} == {hash_of(text) for text in texts().values()}


def test_laid_out_again_it_bears_the_same_links(by_hand, gwenael):
    post = write(Draft([f"Venez : {TARGET}"], [by_hand], intent=COUNTED), by=gwenael)
    before = texts()

    change(post, Draft([f"Venez : {TARGET}"], [by_hand], intent=COUNTED | {"campaign": "JPO"}), by=gwenael)
    post.lay_out()

    assert texts() == before
    assert Link.objects.get().leads_to.endswith("utm_campaign=jpo")


def test_what_one_typed_on_the_way_leaves_no_link_behind(by_hand, gwenael):
    post = write(Draft(["Venez : https://ubn.example/j"], [by_hand], intent=COUNTED), by=gwenael)
    for end in ("jp", "jpo"):
        change(post, Draft([f"Venez : https://ubn.example/{end}"], [by_hand], intent=COUNTED), by=gwenael)
    assert [link.target for link in Link.objects.all()] == [TARGET]

    change(post, Draft([f"Venez : {TARGET}"], [by_hand], intent={"counts_links": False}), by=gwenael)
    assert texts() == {"linkedin": f"Venez : {TARGET}"}
    assert not Link.objects.exists()


def test_what_left_keeps_its_links(by_hand, mastodon, gwenael):
    post = write(Draft([f"Venez : {TARGET}"], [by_hand, mastodon], intent=COUNTED), by=gwenael)
    before = texts()
    Delivery.objects.filter(account=by_hand).update(state="confirmed", permalink="https://ubn.example/1")

    said = {"counts_links": False, "campaign": "Autre"}
    change(post, Draft(["Autre chose"], [mastodon], intent=said), by=gwenael)

    assert texts() == {"linkedin": before["linkedin"], "mastodon": "Autre chose"}
    assert Link.objects.get().short in before["linkedin"]


def test_the_card_leads_through_the_same_link_as_the_text(by_hand, gwenael):
    """Two addresses for one page would be written out twice where a network has no card."""
    from lierre.publishing.library.showing import link

    other = {"counts_links": True, "link_url": "https://ubn.example/autre", "link_title": "Portes ouvertes"}
    post = write(Draft([f"Venez : {TARGET}"], [by_hand], intent=COUNTED | {"link_url": TARGET}), by=gwenael)
    assert link(post, by_hand).url == Link.objects.get().short

    change(post, Draft([f"Venez : {TARGET}"], [by_hand], intent=other), by=gwenael)
    assert link(post, by_hand).url == Link.objects.get(target=other["link_url"]).short
    assert Link.objects.count() == 2


def test_choosing_to_count_takes_the_approval_away(by_hand, gwenael, helene):
    Step.objects.create(account=by_hand, position=1, role="direction")
    post = write(Draft([f"Venez : {TARGET}"], [by_hand]), by=gwenael)
    approving.submit(post, by=gwenael)
    approving.sign(post, approving.digest(post), by=helene)
    assert Delivery.objects.get().state == "waiting"

    fell = change(post, Draft([f"Venez : {TARGET}"], [by_hand], intent=COUNTED), by=gwenael)

    assert fell
    assert Delivery.objects.get().state == "draft"


def test_an_address_from_inside_stays_as_it_is_and_is_refused_before_it_leaves(client, by_hand, gwenael):
    post = write(Draft(["Voir http://intranet/ et https://ubn.example/"], [by_hand], intent=COUNTED), by=gwenael)
    client.force_login(gwenael)

    page = client.get(post.get_absolute_url()).content.decode()

    assert [link.target for link in Link.objects.all()] == ["https://ubn.example/"]
    assert "http://intranet/" in texts()["linkedin"]
    assert "Nobody outside can open this address: http://intranet/" in page


def test_the_counter_counts_what_leaves(client, by_hand, gwenael):
    long = "https://ubn.example/" + "a" * 900
    text = "b" * 2500 + " " + long  # LinkedIn takes 3,000 signs
    post = write(Draft([text], [by_hand]), by=gwenael)
    client.force_login(gwenael)
    accounts = {"accounts": [by_hand.pk], "language": "fr", "text": text}

    before = client.get(post.get_absolute_url()).content.decode()
    client.post(post.get_absolute_url(), accounts | {"version": post.version, "counts_links": "on"})
    after = client.get(post.get_absolute_url()).content.decode()

    assert "signs too many." in before
    assert "signs too many." not in after
    assert Link.objects.get().short in after


def test_a_shorter_address_serves_the_links_and_those_already_given_still_lead(client, poster, gwenael, settings):
    given = poster.short
    settings.LINKS_ADDRESS = "https://ubn.example.link"

    assert poster.short == f"https://ubn.example.link/l/{poster.code}"
    assert client.get(f"/l/{poster.code}").status_code == 302
    for ours in (given, poster.short):
        with pytest.raises(Refused):
            Link.objects.make(
                {"target": ours, "label": "", "place": "", "medium": "", "campaign": "", "unit": None}, by=gwenael
            )


def test_a_command_counts_nothing_unless_it_is_asked(by_hand, monkeypatch):
    lines = [
        {"account": "linkedin", "text": f"Un : {TARGET}"},
        {"account": "linkedin", "text": TARGET, "count_links": True},
    ]
    monkeypatch.setattr("sys.stdin", StringIO("\n".join(json.dumps(line) for line in lines)))

    call_command("publish")

    link = Link.objects.get()
    assert list(Delivery.objects.order_by("pk").values_list("text", flat=True)) == [f"Un : {TARGET}", link.short]


def test_a_unit_says_what_is_added_to_its_addresses(client, by_hand, gwenael, iut, university):
    client.force_login(gwenael)
    said = {"whose": "", "source": "{account}", "medium": "reseaux", "campaign": "{campaign}"}
    client.post(reverse("publishing:link_templates"), said)
    client.post(reverse("publishing:link_templates"), said | {"whose": iut.code, "campaign": "{unit}-{campaign}"})

    write(Draft([TARGET], [by_hand], intent=COUNTED | {"unit": iut, "campaign": "Rentrée"}), by=gwenael)
    write(Draft([TARGET], [by_hand], intent=COUNTED | {"campaign": "Rentrée"}), by=gwenael)

    ours, theirs = Link.objects.all()
    assert theirs.leads_to.endswith(f"utm_source=linkedin&utm_medium=reseaux&utm_campaign={iut.code.lower()}-rentree")
    assert ours.leads_to.endswith("utm_campaign=rentree")
    assert LinkTemplate.objects.count() == 2


def test_a_place_that_means_nothing_is_refused(client, gwenael, university):
    client.force_login(gwenael)

    page = client.post(reverse("publishing:link_templates"), {"whose": "", "source": "{town}"})

    assert page.status_code == 422
    assert "{town} means nothing here" in page.content.decode()


def test_a_unit_does_not_decide_for_the_institution(client, iut, university):
    from conftest import someone

    client.force_login(someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut))

    page = client.post(reverse("publishing:link_templates"), {"whose": "", "source": "x"})

    assert page.status_code == 422
    assert not LinkTemplate.objects.exists()


def test_the_list_is_filtered_and_taken_away(client, poster, by_hand, gwenael):
    write(Draft([f"Venez : {TARGET}"], [by_hand], intent=COUNTED | {"title": "Portes"}), by=gwenael)
    Click.objects.add(poster.pk, is_robot=False)
    client.force_login(gwenael)

    by_network = client.get(reverse("publishing:links"), {"reseau": "linkedin"}).content.decode()
    most = client.get(reverse("publishing:links"), {"tri": "clics"}).content.decode()
    taken = client.get(reverse("publishing:export_links", args=["csv"]))
    rows = b"".join(taken.streaming_content).decode()

    assert "Portes" in by_network
    assert "Affiche du hall B" not in by_network
    assert most.index("Affiche du hall B") < most.index("Portes")
    assert poster.short in rows


def test_a_link_shows_its_days_and_where_its_address_stands(client, poster, by_hand, gwenael):
    write(Draft([f"Venez : {TARGET}"], [by_hand], intent=COUNTED), by=gwenael)
    on_linkedin = Link.objects.get(account=by_hand)
    for _each in range(4):
        Click.objects.add(on_linkedin.pk, is_robot=False)
    Click.objects.add(poster.pk, is_robot=True)
    client.force_login(gwenael)

    page = client.get(poster.get_absolute_url()).content.decode()
    days = b"".join(client.get(reverse("publishing:export_clicks", args=[on_linkedin.pk])).streaming_content).decode()

    assert "Nobody has opened it yet." in page
    assert "One visit of a robot is counted apart." in page
    assert page.index("LinkedIn, UBN") < page.index("Affiche, hall B")
    assert ";4;0" in days


def test_clicks_are_counted_on_the_day_of_the_institution_whoever_reads(poster):
    """Between these two clocks there are twenty-five hours: one of them is always on another day."""
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with timezone.override(zone):
            Click.objects.add(poster.pk, is_robot=False)

    assert Click.objects.get().people == 2


def test_a_lecturer_sees_no_link(client, poster, yann):
    client.force_login(yann)

    assert client.get(reverse("publishing:links")).status_code == 403
    assert client.post(reverse("publishing:archive_link", args=[poster.pk])).status_code == 403


def test_a_code_copied_in_large_letters_leads_and_the_whole_address_finds_its_link(client, poster, gwenael):
    there = client.get(f"/l/{poster.code.upper()}", headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0)"})
    client.force_login(gwenael)

    found = client.get(reverse("publishing:links"), {"q": poster.short}).context["page"].rows

    assert there["Location"] == poster.leads_to
    assert [each.link for each in found] == [poster]
