"""Rights in a real browser: erased from the public form to the proof; and what one receives, chosen on a phone."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from lierre.foundation.models import Entry
from lierre.people.models import Person
from lierre.privacy.contacting import may_contact
from lierre.privacy.duties import send_letters
from lierre.privacy.models import Consent, Request, Suppression

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 720}


@pytest.fixture(autouse=True)
def this_house(settings, live_server, tmp_path) -> None:
    settings.ADDRESS, settings.DATA_DIR, settings.WATCHED_DIR = live_server.url, tmp_path, tmp_path / "watched"
    cache.clear()


def phone_without_scripts(browser):
    return browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()


def fits(phone) -> bool:
    return phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_amelie_asks_to_be_forgotten_and_follows_it_to_the_proof(enter, browser, live_server, maiwenn, amelie):
    phone = phone_without_scripts(browser)
    phone.goto(live_server.url + reverse("privacy:ask"))
    assert fits(phone)
    phone.get_by_label("erasure: be forgotten").check()
    phone.get_by_label("Your name, and your name at the time of your studies").fill("Amélie Hervé")
    phone.get_by_label("Where to answer you").fill("amelie.herve@courriel.example")
    phone.get_by_label("If you wish to say more").fill("Je ne veux plus figurer nulle part.")
    phone.get_by_role("button", name="Send my request").click()
    phone.get_by_text("Keep the address of this page").wait_for()
    followed = phone.url
    assert fits(phone)

    office = enter(maiwenn, "/")
    office.get_by_text("1 request of rights").first.wait_for()
    office.get_by_role("link", name=re.compile("^Answer")).first.click()
    office.get_by_role("link", name="Say who asks").click()
    office.get_by_label(re.compile("^Amélie Hervé-Cariou")).check()
    office.get_by_label("wrote from an address that we hold").check()
    office.get_by_role("button", name="It is this person").click()
    office.get_by_role("link", name="Erase this person").click()
    office.get_by_label("What is answered").fill("Tout est effacé.")
    office.get_by_label("I have checked that nothing obliges us").check()
    office.get_by_role("button", name="Erase for ever").click()
    office.get_by_text("Somebody who was erased.").wait_for()

    phone.goto(followed)
    phone.get_by_text("Answered").or_(phone.get_by_text("answered")).first.wait_for()
    assert "Amélie" not in phone.content()
    assert not Person.objects.filter(pk=amelie.pk).exists()
    assert Suppression.objects.exists()
    line = Entry.objects.of_verb("person.erased").get()
    assert (line.actor_id, line.subject_name, line.details["on_request"]) == (maiwenn.pk, "", True)
    assert Request.objects.get().state == "answered"
    phone.context.close()


def test_amelie_chooses_on_her_phone_by_the_link_she_had_sent(browser, live_server, amelie, letter, network):
    phone = phone_without_scripts(browser)
    phone.goto(live_server.url + reverse("privacy:ask_preferences"))
    phone.get_by_label("Your e-mail address").fill("amelie.herve@courriel.example")
    phone.locator("main form button[type=submit]").click()
    phone.get_by_text("If we hold this address").wait_for()
    send_letters()
    link = re.search(r"http\S+/preferences/\S+", mail.outbox[0].body)
    assert link is not None

    phone.goto(link[0])
    assert fits(phone)
    assert Consent.objects.count() == 0
    phone.get_by_label(letter.label).select_option("91")
    phone.get_by_label("All subjects together").select_option("30")
    phone.get_by_role("button", name="This is my choice").click()
    phone.get_by_text("Your choices are kept.").wait_for()
    assert {each.said for each in Consent.objects.all()} == {"yes", "rhythm"}
    assert may_contact(amelie, letter)

    phone.get_by_role("button", name="Never write to me again").click()
    phone.get_by_text("You asked that nothing be sent to you").wait_for()
    assert fits(phone)
    assert not may_contact(amelie, network)
    phone.context.close()
