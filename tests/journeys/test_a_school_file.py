"""Solenn brings what the school system gives, from the file to the person and back: the whole life of an import."""

import re

import pytest

from tests.journeys.townspeople import extract, graduates
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("mark", "script", "width"),
    [(1, True, 1280), (2, False, 1280), (3, True, 360)],
    ids=["at a desk", "without JavaScript", "on a phone"],
)
def test_solenn_brings_a_school_file_reads_corrects_and_reverts(browser, served, tmp_path, mark, script, width):
    bleuenn, gwendal = graduates(mark)
    solenn = Visitor(browser, served, script=script, width=width).sign_in("solenn.kerbrat@ubn.example")

    # Brings the file, and is told what it is.
    solenn.go("/imports/nouveau/")
    solenn.bring(extract(tmp_path, mark))
    solenn.press("Look at these files")
    solenn.page.wait_for_url(re.compile(r"/imports/\d+/$"))
    brought = solenn.path
    solenn.sees("Apogée")
    solenn.fits()

    # Rehearses: two persons would enter, one line is refused, and nobody is there yet.
    solenn.press("Rehearse")
    solenn.wait_for_the_worker()
    tally = solenn.main.locator(".outcome dd.value").all_inner_texts()
    assert (tally[0], tally[4]) == ("2", "1")
    solenn.sees(bleuenn.family)
    solenn.fits()
    solenn.find(bleuenn.family)
    assert not solenn.main.locator(f"a:has-text('{bleuenn.given}')").count()

    # Applies.
    solenn.go(f"{brought}appliquer/")
    solenn.main.locator("form.action-bar button").click()
    solenn.wait_for_the_worker()
    assert solenn.path == brought

    # Finds one of them, reads who says what.
    solenn.find(bleuenn.family)
    solenn.main.get_by_role("link", name=bleuenn.given).first.click()
    person = solenn.path
    solenn.sees("Bleuenn", "Scolarité", bleuenn.student_number)
    solenn.fits()

    # Corrects a value, with a reason, after having seen what would change.
    solenn.go(f"{person}corriger/profil/")
    solenn.page.locator("[name=headline]").fill("Éolien en mer")
    solenn.page.locator("[name=reason]").fill("Au téléphone, ce matin.")
    solenn.press("See what would change")
    solenn.sees("Éolien en mer")
    solenn.press("Write it")
    solenn.sees("Éolien en mer")
    solenn.go(f"{person}historique/")
    solenn.sees("Au téléphone, ce matin.", "Scolarité", "IND_2026.csv")
    solenn.fits()

    # Takes the import back: who was known by it alone is gone, what was said since stays.
    solenn.go(f"{brought}defaire/")
    solenn.press("Revert this import")
    solenn.wait_for_the_worker()
    solenn.find(gwendal.family)
    assert not solenn.main.locator(f"a:has-text('{gwendal.given}')").count()
    solenn.go(person)
    solenn.sees("Éolien en mer")
    solenn.sees_not(bleuenn.student_number)
