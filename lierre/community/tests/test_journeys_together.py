"""Graduates come together, in a real browser: at the ceremony on a phone, in a group, and a classmate who is found again."""

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.community.graduating.duties import confirm_addresses
from lierre.community.models import Capture, Ceremony, Membership, Proposal
from lierre.community.reaching.duties import send_invitations
from lierre.community.tests.graduates import graduate, renew_purposes
from lierre.people.claiming.recognising import see_to_claims
from lierre.people.models import Claim, Delegate, Person
from lierre.people.tests.test_claims import SAID
from lierre.people.tests.witnesses import amelie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 720}


def phone_of(browser: Any) -> Any:
    return browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])


def path_in(message: Any, beginning: str) -> str:
    found = re.search(rf"/{beginning}/\S+", message.body)
    assert found is not None
    return found[0]


def account(person: Person, unit: Any, kind: str = "graduate") -> Any:
    user = someone(str(person), f"{person.given.lower()}@ici.example", kind, unit)
    Person.objects.filter(pk=person.pk).update(account=user)
    return user


def test_at_the_ceremony_somebody_scans_the_poster_and_the_office_sees_it(
    enter, solenn, university, live_server, browser
):
    renew_purposes()
    nolwenn = graduate("Nolwenn")
    office = enter(solenn, reverse("community:ceremonies"))
    office.get_by_label("Name of the ceremony").fill("Remise des diplômes")
    office.get_by_label("Class of").fill("2014")
    office.get_by_label("Degree").fill("statistique")
    office.get_by_label("Day").fill(timezone.localdate().isoformat())
    office.get_by_role("button", name="Prepare the poster").click()
    office.get_by_role("heading", name="Remise des diplômes").wait_for()
    assert office.get_by_role("img", name="QR code that leads to the page").is_visible()

    user = account(nolwenn, university, "student")
    phone = phone_of(browser)
    phone.goto(
        live_server.url
        + reverse("account_login")
        + f"?next={reverse('community:welcome', args=[Ceremony.objects.get().token])}"
    )
    phone.get_by_label("E-mail").fill(user.email)
    phone.get_by_label("Password").fill("ivy on the old wall")
    phone.get_by_role("button", name="Sign in").click()
    phone.get_by_role("heading", name="Congratulations, Nolwenn.").wait_for()
    assert fits(phone)
    phone.get_by_label("Personal e-mail").fill("nolwenn@courriel.example")
    phone.get_by_label("Lettre de l’association").check()
    phone.get_by_role("button", name="Stay in touch").click()
    phone.get_by_role("heading", name="One gesture more.").wait_for()
    confirm_addresses()
    phone.goto(live_server.url + path_in(mail.outbox[-1], "confirmer"))
    assert Capture.objects.get().state == "sent"
    phone.get_by_role("button", name="Yes, it is mine").click()
    phone.get_by_text("We know where to find you.").wait_for()
    assert fits(phone)
    phone.context.close()

    office.reload()
    assert office.get_by_text("confirmed a personal address").is_visible()


def test_a_group_is_joined_hosted_and_left(enter, solenn, university, live_server):
    renew_purposes()
    nolwenn, goulven = graduate("Nolwenn"), graduate("Goulven", year=2018)
    hers, his = account(nolwenn, university), account(goulven, university)
    office = enter(solenn, reverse("community:groups"))
    office.get_by_label("Name", exact=True).fill("Voile de Morlaix")
    office.get_by_label("Kind").select_option("association")
    office.get_by_role("button", name="Make it").click()
    office.get_by_role("link", name="Voile de Morlaix").click()
    group = office.url
    office.get_by_label("Their name").fill("Nolwenn")
    office.get_by_role("button", name="Find").click()
    office.get_by_role("button", name="Invite Nolwenn Le Ster").click()
    office.get_by_text("The invitation is made").or_(office.get_by_text("They are invited")).first.wait_for()

    page = enter(hers, reverse("community:groups"))
    page.get_by_role("button", name="Join").click()
    page.get_by_text("You are in the group.").wait_for()
    Membership.objects.update(hosts=True)
    page = enter(his, group.removeprefix(live_server.url))
    page.get_by_role("button", name="Ask to join").click()
    page.get_by_text("whoever hosts the group answers").first.wait_for()
    page = enter(hers, group.removeprefix(live_server.url))
    page.get_by_role("button", name="Let in Goulven Le Ster").click()
    page.get_by_role("link", name="Goulven Le Ster").wait_for()
    page.get_by_role("button", name="Leave the group").click()
    page.get_by_text("You are not in this group any more.").wait_for()

    assert set(Membership.objects.within().values_list("person__given", flat=True)) == {"Goulven"}


def test_a_classmate_is_found_again_and_nobody_else_learns(enter, university, live_server, browser):
    renew_purposes()
    nolwenn = graduate("Nolwenn")
    denez = graduate("Denez", contacts=None)
    page = enter(account(nolwenn, university), reverse("community:lost"))
    page.get_by_role("link", name="I know how to reach them Denez Le Ster").click()
    page.get_by_label("An e-mail address that may be theirs").fill("denez@courriel.example")
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("Thank you.").wait_for()
    send_invitations()

    phone = phone_of(browser)
    phone.goto(live_server.url + path_in(mail.outbox[-1], "retrouvailles"))
    assert fits(phone)
    phone.get_by_label("Your family name").fill("Le Ster")
    phone.get_by_label("Year of your degree").fill("2014")
    phone.get_by_role("button", name="It is me: write to me here").click()
    phone.get_by_role("heading", name="Welcome back.").wait_for()
    phone.context.close()

    page.reload()
    assert page.get_by_text("What they answer is theirs").is_visible()
    assert Proposal.objects.get().address == ""
    assert denez.contact_points.get(kind="email").value == "denez@courriel.example"


def test_two_delegates_say_who_was_of_their_class(enter, solenn, university, client):
    renew_purposes()
    amelie()
    client.post(reverse("people:claim_record"), {"way": "number", **SAID})
    see_to_claims()
    for given in ("Nolwenn", "Goulven"):
        user = account(graduate(given), university)
        Delegate.appoint(user, 2014, "", by=solenn)
        page = enter(user, reverse("people:own_record"))
        page.get_by_role("link", name="Were they of your class?").click()
        page.get_by_role("button", name="Yes, they were of my class Amelie Herve").click()
        page.get_by_text("It is noted.").first.wait_for()

    see_to_claims()

    assert Claim.objects.get().state == "sent"
    assert mail.outbox[-1].to == ["a.h@ailleurs.example"]
