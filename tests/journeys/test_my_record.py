"""Members at home: who sees what of them, the archive they bring, the directory as their classmates see it."""

import pytest

from demo.characters import AMELIE
from demo.exports import linkedin
from tests.journeys.townspeople import CLASSMATES
from tests.journeys.visitor import Visitor, french

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def classmates(served):
    served.python(CLASSMATES)


def test_amelie_chooses_who_sees_what_and_brings_her_archive(browser, served, tmp_path):
    linkedin.write([AMELIE], tmp_path)
    amelie = Visitor(browser, served).sign_in("amelie.herve@ubn.example")

    amelie.go("/ma-fiche/")
    amelie.sees("Amélie Hervé")

    amelie.go("/ma-fiche/qui-voit-quoi/")
    box = amelie.page.locator("input[name=position][value=recruiters]")
    assert not box.is_checked()
    box.check()
    amelie.press("This is my choice")
    amelie.page.wait_for_url("**/ma-fiche/")
    amelie.go("/ma-fiche/qui-voit-quoi/")
    assert amelie.page.locator("input[name=position][value=recruiters]").is_checked()

    amelie.go("/ma-fiche/archive/")
    amelie.bring(tmp_path / linkedin.FILES[0])
    amelie.press("Read this file")
    amelie.sees("Data engineer", "messages.csv", "Connections.csv")
    amelie.sees(french("The file is destroyed already: what you leave unticked was never kept."))
    amelie.sees_not("Maëlle", "salaire")
    refused = amelie.page.locator("tr", has_text="Data engineer chez Armor Énergies").get_by_role("checkbox")
    refused.uncheck()
    amelie.press("Keep the lines I ticked")
    amelie.page.wait_for_url("**/ma-fiche/")
    amelie.sees_not("Data engineer chez Armor Énergies")
    amelie.sees("Data engineer", "Agence d’urbanisme du Trégor")


def test_amelie_sees_herself_with_other_eyes_and_takes_a_pause(browser, served):
    amelie = Visitor(browser, served).sign_in("amelie.herve@ubn.example")

    amelie.go("/ma-fiche/?comme=students")
    amelie.sees(french("This page, exactly as %(looker)s sees it.") % {"looker": french("a student")})
    amelie.go("/ma-fiche/")
    amelie.press("Put me out of sight")
    amelie.page.wait_for_url("**/ma-fiche/")
    amelie.sees(french("You are out of sight: nobody but staff sees you here, and nobody writes to you."))
    amelie.go("/ma-fiche/?comme=class")
    amelie.sees(french("For them this person does not exist: neither in a list, nor in a count, nor at this address."))
    amelie.go("/ma-fiche/")
    amelie.press("Come back as before")
    amelie.page.wait_for_url("**/ma-fiche/")
    amelie.sees_not(french("You are out of sight: nobody but staff sees you here, and nobody writes to you."))


def test_a_member_hides_and_is_gone_for_a_classmate(browser, served, classmates):
    annaig = Visitor(browser, served).sign_in("annaig.kermarec@ubn.example")
    goulven = Visitor(browser, served).sign_in("goulven.quiniou@ubn.example")
    goulven.find("Kermarec")
    goulven.main.get_by_role("link", name="Annaïg").first.click()
    her_page = goulven.path
    goulven.sees("Master Statistique et société")

    annaig.go("/ma-fiche/qui-voit-quoi/")
    for box in annaig.page.locator("main input[type=checkbox]").all():
        box.uncheck()
    annaig.press("This is my choice")
    annaig.page.wait_for_url("**/ma-fiche/")
    annaig.sees("Annaïg Kermarec")

    goulven.find("Kermarec")
    assert not goulven.main.get_by_role("link", name="Annaïg").count()
    assert goulven.page.request.get(served.address + her_page).status == 404
    solenn = Visitor(browser, served).sign_in("solenn.kerbrat@ubn.example")
    solenn.find("Kermarec")
    assert solenn.main.get_by_role("link", name="Annaïg").count()
