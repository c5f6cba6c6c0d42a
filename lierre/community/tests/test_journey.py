"""From the office to the graduate and back, in a real browser, through a real mail server."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from lierre.community.asking.sending import send_due
from lierre.community.asking.weighing import weigh
from lierre.community.models import Ask
from lierre.community.tests.graduates import TODAY, graduate, renew_purposes
from lierre.community.tests.sink import mail_server
from lierre.people.models import Record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 720}


@pytest.fixture
def sink(settings, live_server):
    with mail_server() as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.BOUNCES_ADDRESS, settings.ADDRESS = "retours@ubn.example", live_server.url
        yield sink


def test_the_office_asks_nolwenn_answers_on_her_phone_and_her_page_says_so(enter, solenn, sink, live_server, browser):
    renew_purposes()
    nolwenn = graduate("Nolwenn")
    weigh(TODAY)

    office = enter(solenn, reverse("community:asking"))
    office.get_by_label("A word from the office").fill("Le réseau a vingt ans.")
    office.get_by_role("button", name="Prepare").click()
    office.get_by_role("heading", name="To be read, then sent").wait_for()
    assert office.get_by_text("Hello Nolwenn,").is_visible()
    assert sink.received == []
    office.get_by_role("button", name=re.compile("Send 1 message")).click()
    office.get_by_text("1 message waits for its turn.").wait_for()
    send_due()

    yes, changed, _stop, _preferences = sink.links()
    records = Record.objects.count()
    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    for link in (yes, changed):  # a program that reads mails follows them all
        phone.goto(link)
    assert (Record.objects.count(), Ask.objects.get().answer) == (records, "")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    phone.goto(changed)
    phone.get_by_label("What do you do?").fill("Directrice des archives")
    phone.get_by_label("Where?").fill("Houle Vive")
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("What you told us is noted.").wait_for()
    assert urlsplit(phone.url).path == urlsplit(changed).path
    phone.context.close()

    office.goto(live_server.url + nolwenn.get_absolute_url())
    career = office.locator("main")
    assert career.get_by_text("Directrice des archives").first.is_visible()
    assert career.get_by_text("Houle Vive").first.is_visible()
    office.goto(live_server.url + Ask.objects.get().campaign.get_absolute_url())
    assert office.get_by_text("1 sent, 1 answered.").is_visible()
