"""The five minutes of an ambassador: from the link of a message to a text of their own, copied, on a telephone as well."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from playwright.sync_api import expect

from lierre.publishing.ambassadors.sending import send_due, write_rows
from lierre.publishing.models import OwnText
from lierre.publishing.tests.speakers import FACT, morning, speaker, topic
from tests.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "Ma première bouée, je l’ai posée sous la neige. Elle mesure encore : https://ubn.example/houle"


@pytest.mark.parametrize("width", [360, 1280])
def test_yann_writes_his_own_text_and_copies_it(enter, page, settings, live_server, university, yann, gwenael, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    settings.ADDRESS = live_server.url
    speaker(yann, university, networks=["bluesky"])
    topic(gwenael)
    write_rows(morning())
    send_due()
    link = re.search(r"/ambassadeurs/ecrire/\d+/", str(mail.outbox[0].body))
    assert link is not None

    enter(yann, link[0])
    own = page.get_by_label("My text")
    own.fill(FACT * 5)
    expect(page.locator("text-measure")).to_contain_text("too many")  # while he types
    own.fill(FACT)
    page.get_by_role("button", name="Keep, and look").click()
    expect(page.get_by_text("These are the words of the topic.")).to_be_visible()
    own.fill(OWN)
    expect(page.locator("#preview-bluesky")).to_contain_text("sous la neige")
    page.get_by_role("button", name="Keep, and look").click()
    expect(page.get_by_text("These are the words of the topic.")).to_have_count(0)
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_text("The text is copied.")).to_be_visible()

    assert page.evaluate("navigator.clipboard.readText()") == OWN
    opens = str(page.get_by_role("link", name="Open Bluesky").get_attribute("href"))
    there = page.request.get(live_server.url + opens, max_redirects=0)
    assert parse_qs(urlsplit(there.headers["location"]).query)["text"] == [OWN]
    page.get_by_role("button", name="I have published").click()
    expect(page.get_by_text("published, you said")).to_be_visible()
    assert OwnText.objects.get().text == OWN
