"""Every page can be read by a screen reader, in both themes, and fits a screen of 320 pixels."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "/", "/maison/", "/annuaire/", "/imports/", "/imports/nouveau/", "/quarantaine/", "/sources/", "/sources/nouvelle/",
    "/confiance/", "/confiance/modifier/", "/personnes/nouvelle/", "/travaux/", "/taches/", "/journal/",
]  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def everything(university):
    """Someone who may open every page: no real person holds all these roles."""
    from conftest import someone
    from lierre.accounts.models import Role

    user = someone("Nolwenn Toutes-Portes", "nolwenn@ubn.example", "alumni_office", university)
    for kind in ("it", "data_protection", "direction"):
        Role.objects.create(user=user, unit=university, kind=kind)
    return user


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_breaks_no_rule_of_axe(enter, page, everything, path, theme):
    page.emulate_media(color_scheme=theme)
    enter(everything, path)
    found = Axe().run(page, options=RULES)
    told = [
        f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']][:3]}"
        for each in found.response["violations"]
    ]
    assert told == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_narrow_screen(enter, page, everything, path):
    page.set_viewport_size({"width": 320, "height": 700})
    enter(everything, path)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


@pytest.mark.parametrize("path", ["/compte/login/"])
def test_the_door_can_be_opened_by_everyone(enter, page, db, path):
    enter(None, path)
    assert Axe().run(page, options=RULES).response["violations"] == []
