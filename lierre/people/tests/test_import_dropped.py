"""Files dragged from a folder and dropped on the page are those that are sent."""

import re

import pytest
from playwright.sync_api import expect

from lierre.people.importing.tests.bringing import AMELIE, APOGEE, NIGHT
from lierre.people.models import Delivery

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HELD = """files => {
    const held = new DataTransfer();
    for (const [name, text] of files) held.items.add(new File([text], name, {type: "text/csv"}));
    return held;
}"""
ERWAN_AT_NIGHT = "413\t\tErwan\tBellec\t0\t"


def drag(page, *files: tuple[str, str]):
    """Hold files over the place where they are to be dropped. Returns that place, and what is held."""
    place, held = page.locator("file-drop"), page.evaluate_handle(HELD, list(files))
    for event in ("dragenter", "dragover"):
        place.dispatch_event(event, {"dataTransfer": held})
    return place, held


def test_files_dropped_on_the_page_are_named_then_received_and_recognised(enter, page, solenn):
    enter(solenn, "/imports/nouveau/")

    place, held = drag(
        page, ("apogee.csv", f"{APOGEE}\r\n{AMELIE}\r\n"), ("nuit.tsv", f"{NIGHT}\r\n{ERWAN_AT_NIGHT}\r\n")
    )
    expect(place).to_have_class(re.compile(r"\bover\b"))
    place.dispatch_event("drop", {"dataTransfer": held})
    expect(place).not_to_have_class(re.compile(r"\bover\b"))
    expect(place.locator(".brought li")).to_have_text([re.compile("^apogee.csv, "), re.compile("^nuit.tsv, ")])
    page.get_by_role("button", name="Look at these files").click()

    page.wait_for_url(re.compile(r"/imports/\d+/"))
    expect(page.locator("main")).to_contain_text("apogee.csv")
    received = Delivery.objects.order_by("name")
    assert [(each.name, each.dialect, each.path.read_text().count("\n")) for each in received] == [
        ("apogee.csv", "apogee", 2), ("nuit.tsv", "alumnforce-users", 2),
    ]  # fmt: skip


def test_what_is_dropped_last_is_what_is_sent_and_what_leaves_is_not(enter, page, solenn):
    enter(solenn, "/imports/nouveau/")

    place, held = drag(page, ("premier.csv", "nom;prenom\n"))
    place.dispatch_event("drop", {"dataTransfer": held})
    place, held = drag(page, ("dernier.csv", "nom;prenom\n"))
    place.dispatch_event("drop", {"dataTransfer": held})
    place, _held = drag(page, ("emporte.csv", "nom;prenom\n"))
    place.dispatch_event("dragleave")

    expect(place.locator(".brought li")).to_have_text([re.compile("^dernier.csv, ")])
    assert page.locator("main input[type=file]").evaluate("box => [...box.files].map(file => file.name)") == [
        "dernier.csv"
    ]
