"""The directory in a real browser: typing, choosing, going back, the keyboard, and the same without JavaScript."""

import pytest
from playwright.sync_api import expect

from lierre.people.directory import snapshot
from lierre.people.tests.townsfolk import AMELIE, settle
from tests.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "de la Tour d’Auvergne-Lauraguais-Kerguiziau de Kervasdoué de Coëtnempren de Kersaint"


@pytest.fixture(autouse=True)
def town(university):
    """Forty people: two with names of their own, one with a very long one, the others to fill pages."""
    snapshot.forget()
    settle(
        AMELIE,
        {"given": "Erwan", "family": "Bellec", "studies": [{"degree": "BUT Génie", "level": "but", "year": 2019}]},
        {"given": "Marie-Antoinette-Joséphine", "family": LONG},
        {
            **AMELIE,
            "given": "Awa",
            "family": "Sarr",
            "usage": "",
            "positions": [{"employer": "Teranga", "country": "SN"}],
        },
        *({"given": "Yann", "family": f"Le Goff {number:02d}"} for number in range(36)),
    )
    yield
    snapshot.forget()


def names(page):
    return page.locator(".roll .name a")


def test_names_come_as_one_types_and_the_count_is_said(enter, solenn):
    page = enter(solenn, "/annuaire/")
    page.locator("#q").press_sequentially("belec")

    expect(names(page)).to_have_text(["Erwan Bellec"])
    expect(page.locator("#said")).to_have_text("1 person")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#facets")).not_to_contain_text("Finistère")
    assert page.url.endswith("/annuaire/?q=belec")


def test_a_filter_is_one_step_and_back_takes_it_off(enter, solenn):
    page = enter(solenn, "/annuaire/")
    box = page.get_by_role("checkbox", name="Finistère", include_hidden=True)
    box.focus()
    page.keyboard.press("Space")

    expect(names(page)).to_have_text(["Amélie Hervé-Cariou"])
    expect(page.get_by_role("checkbox", name="Finistère", include_hidden=True)).to_be_focused()
    expect(page.locator("#chosen-count")).to_have_text("1 filter")
    assert page.url.endswith("?departement=29")

    page.go_back()
    expect(page.locator("#found")).to_have_text("40 people")
    expect(page.get_by_role("checkbox", name="Finistère", include_hidden=True)).not_to_be_checked()


def test_a_filter_and_a_name_narrow_each_other_without_losing_either(enter, solenn):
    page = enter(solenn, "/annuaire/?niveau=master")
    page.locator("#q").press_sequentially("sarr")
    expect(names(page)).to_have_text(["Awa Sarr"])

    page.locator("#results .chosen a").click()
    expect(page.locator("#q")).to_have_value("sarr")
    assert page.url.endswith("?q=sarr")


def test_pages_follow_each_other_and_come_back(enter, solenn):
    page = enter(solenn, "/annuaire/?q=le+goff")
    first = names(page).all_text_contents()
    page.get_by_role("link", name="The next ones").press("Enter")
    expect(names(page)).to_have_count(16)
    second = names(page).all_text_contents()
    page.get_by_role("link", name="The previous ones").press("Enter")
    expect(names(page)).to_have_count(20)

    assert names(page).all_text_contents() == first
    assert not set(first) & set(second)


def test_a_hexagon_leads_to_its_departement_and_a_country_to_its_own(enter, solenn):
    page = enter(solenn, "/annuaire/?vue=carte")
    page.locator(".hexmap:not(.world) a", has_text="29").click()
    expect(page.locator("#found")).to_have_text("1 person")

    page = enter(solenn, "/annuaire/")
    page.locator(".hexmap.world a", has_text="Sénégal").or_(page.locator(".hexmap.world a", has_text="Senegal")).click()
    expect(names(page)).to_have_text(["Awa Sarr"])


def test_the_filters_stay_open_on_a_telephone_while_one_chooses(enter, solenn, page):
    page.set_viewport_size({"width": 360, "height": 740})
    enter(solenn, "/annuaire/")
    expect(page.get_by_role("checkbox", name="Finistère", include_hidden=True)).to_be_hidden()

    page.locator("#filters > summary").click()
    page.get_by_role("checkbox", name="Finistère", include_hidden=True).check()

    expect(page.locator("#found")).to_have_text("1 person")
    expect(page.get_by_role("checkbox", name="Finistère", include_hidden=True)).to_be_checked()
    expect(page.get_by_role("checkbox", name="Finistère", include_hidden=True)).to_be_visible()


def test_columns_are_chosen_where_the_table_is(enter, solenn):
    page = enter(solenn, "/annuaire/?vue=tableau&q=herve")
    page.get_by_text("Choose the columns").click()
    page.locator("#c-discipline").check()

    expect(page.locator("thead")).to_contain_text("Discipline")
    expect(page.locator("tbody")).to_contain_text("Statistique")
    assert "colonne=discipline" in page.url


def test_a_search_is_kept_and_forgotten(enter, solenn):
    page = enter(solenn, "/annuaire/?q=sarr")
    page.get_by_text("Keep this search").click()
    page.get_by_label("Name of this search").fill("Awa")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.goto(page.url.partition("?")[0])
    page.get_by_text("My searches").click()
    page.get_by_role("link", name="Awa", exact=True).click()
    expect(names(page)).to_have_text(["Awa Sarr"])

    page.get_by_text("My searches").click()
    page.get_by_role("button", name="Forget the search").click()
    expect(page.get_by_text("is forgotten")).to_be_visible()
    expect(page.get_by_text("My searches")).to_have_count(0)


def test_everything_is_there_without_javascript(browser, live_server, client, solenn):
    client.force_login(solenn)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/annuaire/")

    page.locator("#q").fill("sarr")
    page.get_by_role("checkbox", name="Master 2", exact=True).check()
    page.get_by_role("button", name="Apply these filters").click()

    expect(names(page)).to_have_text(["Awa Sarr"])
    expect(page.locator("input[value=master]")).to_be_checked()
    context.close()


VIEWS = ["/annuaire/", "/annuaire/?vue=tableau", "/annuaire/?vue=vignettes&q=herve", "/annuaire/?vue=carte&departement=29",
         "/annuaire/?q=zzz", "/annuaire/filtre/employeur/"]  # fmt: skip


@pytest.mark.one_engine("what a page looks like once it is written")
@pytest.mark.parametrize("path", VIEWS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_view_breaks_no_rule_of_axe_with_all_unfolded(enter, page, solenn, path, theme):
    page.emulate_media(color_scheme=theme)
    enter(solenn, path)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    page.wait_for_load_state("networkidle")  # what is unfolded asks for its values

    assert faults(page) == []


@pytest.mark.one_engine("what a page looks like once it is written")
@pytest.mark.parametrize("path", VIEWS)
def test_each_view_fits_a_narrow_screen(enter, page, solenn, path):
    page.set_viewport_size({"width": 320, "height": 700})
    enter(solenn, path)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    page.wait_for_load_state("networkidle")  # what is unfolded asks for its values

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
