"""The alumni office goes through the queue without touching the mouse: one key for each answer."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from lierre.people.duplicates.searching import search
from lierre.people.models import Judgement, Merge, Person, Suspicion
from lierre.people.tests.test_judging_duplicates import known

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAIR = re.compile(r"/doublons/\d+/")


@pytest.fixture
def three_pairs(db) -> list[Person]:
    persons = [
        known(given, family, born)
        for given, family, born in (
            ("Amélie", "Hervé", "1991-05-17"), ("Yann", "Le Goff", "1988-02-03"), ("Lena", "Cadiou", "2003-01-01")
        )
        for _twice in range(2)
    ]  # fmt: skip
    search()
    assert Suspicion.objects.waiting().count() == 3
    return persons


def test_three_pairs_are_answered_with_three_keys_and_the_last_is_undone(enter, solenn, three_pairs):
    page = enter(solenn, reverse("people:duplicates"))
    page.get_by_role("link", name="Begin").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(PAIR)

    page.keyboard.press("s")
    expect(page.get_by_text("One person:")).to_be_visible()
    page.keyboard.press("d")
    expect(page.get_by_text("it will not be asked again")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("1 answer is taken back.")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_text("Put off:")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_text("No pair is left to look at.")).to_be_visible()

    assert page.url.endswith(reverse("people:duplicates"))
    assert Merge.objects.standing().count() == 2
    assert list(Judgement.objects.standing().order_by("pk").values_list("answer", flat=True)) == [
        "same",
        "later",
        "same",
    ]


def test_keys_are_letters_while_a_reason_is_typed_and_can_be_turned_off(enter, solenn, three_pairs):
    page = enter(solenn, reverse("people:next_duplicate"))
    page.get_by_text("Add why").click()
    page.get_by_label("Why", exact=True).focus()
    page.keyboard.type("des sdl")
    assert not Judgement.objects.exists()

    page.get_by_label("Answer with one key").uncheck()
    page.reload()
    page.keyboard.press("s")
    assert not page.get_by_label("Answer with one key").is_checked()
    page.get_by_label("Answer with one key").check()
    page.keyboard.press("s")

    expect(page.get_by_text("One person:")).to_be_visible()
    assert Judgement.objects.count() == 1


def test_without_a_script_the_buttons_answer(browser, live_server, client, solenn, three_pairs):
    client.force_login(solenn)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("people:next_duplicate"))
    assert not page.get_by_label("Answer with one key").is_visible()

    page.get_by_role("button", name="They are two persons").click()
    expect(page.get_by_text("it will not be asked again")).to_be_visible()
    page.get_by_role("button", name="Undo my last answer").click()

    expect(page.get_by_text("1 answer is taken back.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_of_the_queue_is_wider_than_the_screen(enter, page, solenn, three_pairs, width):
    page.set_viewport_size({"width": width, "height": 800})
    enter(solenn, reverse("people:next_duplicate"))

    for address in (
        page.url,
        *(page.url.split("/doublons/")[0] + reverse(name) for name in ("people:duplicates", "people:judgements")),
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
