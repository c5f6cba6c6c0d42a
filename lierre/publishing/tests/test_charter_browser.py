"""The charter while one writes: what it says comes by itself, one click writes it otherwise, and Enter never does."""

import pytest

from lierre.publishing.charter.changing import write_rule
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import Rule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_whoever_writes_is_helped_and_never_surprised(enter, by_hand, gwenael):
    said = {
        "kind": "avoid",
        "name": "Pas de jargon",
        "words": ["synergie*"],
        "replacement": "travail commun",
        "why": "?",
    }
    write_rule(said, by=gwenael)
    post = write(Draft(["Nos projets"], [by_hand]), by=gwenael)
    page = enter(gwenael, post.get_absolute_url())

    page.get_by_label("What we want to say").fill("Nos synergies")
    page.locator(".finding q", has_text="synergies").wait_for()
    page.locator("summary", has_text="Title, objective").click()
    page.get_by_label("Title, for the calendar").fill("Projets")
    page.get_by_label("Title, for the calendar").press("Enter")
    page.get_by_text("Kept.").first.wait_for()
    kept = page.get_by_label("What we want to say").input_value()
    page.get_by_role("button", name="Write “travail commun”").click()
    page.get_by_text("Kept.").first.wait_for()

    assert kept == "Nos synergies"
    assert page.get_by_label("What we want to say").input_value() == "Nos travail commun"
    assert page.locator(".finding").count() == 0
    assert Rule.objects.count() == 1
