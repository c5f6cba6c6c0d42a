"""The components under the fingers of someone: keyboard, screen reader, and without JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lierre.foundation.models.work import Work, long_work
from lierre.people.tests.townsfolk import AMELIE, leave, settle
from tests.axe import faults

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.one_engine("what components do in a browser"),
]  # fmt: skip


@long_work("tests.components", label="Count the graduates")
def count_graduates(work):
    return {"sentence": "There are 48 of them."}


@pytest.fixture
def amelie():
    people = settle(AMELIE, {"given": "Erwan", "family": "Bellec"})
    yield people[0]
    leave(people)


@pytest.fixture
def plain(browser: Browser, client: Any, live_server: Any) -> Any:
    """A browser without JavaScript: `plain(solenn, "/annuaire/")`."""
    context = browser.new_context(java_script_enabled=False)

    def open_as(user: Any, path: str) -> Page:
        client.force_login(user)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_as
    context.close()


def test_no_page_breaks_its_own_content_policy(enter, page, solenn):
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    for path in ("/composants/", "/annuaire/", "/imports/nouveau/", "/travaux/"):
        enter(solenn, path)

    assert [text for text in said if "favicon" not in text and "404" not in text] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_open_breaks_no_rule_of_axe(enter, page, solenn, amelie, theme):
    page.emulate_media(color_scheme=theme)
    enter(solenn, "/composants/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert faults(page) == []

    box = page.locator("#combobox combo-box").get_by_role("combobox")
    box.press_sequentially("m")
    expect(page.locator("#combobox combo-box").get_by_role("option").first).to_be_visible()
    assert faults(page, "#combobox") == []

    page.get_by_role("button", name="Erase this person").click()
    assert faults(page, "#forget") == []
    page.keyboard.press("Escape")

    page.keyboard.press("Control+k")
    page.keyboard.type("herve")
    expect(page.locator("dialog.palette").get_by_role("option").first).to_contain_text("Amélie")
    assert faults(page, "dialog.palette") == []


def test_a_long_list_is_typed_in_and_chosen_by_keyboard(enter, page, solenn):
    enter(solenn, "/composants/#combobox")
    box = page.locator("#combobox combo-box").get_by_role("combobox")

    box.focus()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("cotes")
    options = page.locator("#combobox combo-box").get_by_role("option")
    expect(options).to_have_text(["Côtes-d’Armor"])
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Enter")

    expect(box).to_have_value("Côtes-d’Armor")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert page.locator("#combobox select").input_value() == "22"


def test_escape_and_leaving_give_back_what_was_chosen(enter, page, solenn):
    enter(solenn, "/composants/")
    box = page.locator("#combobox combo-box").get_by_role("combobox")

    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    chosen = box.input_value()
    box.fill("zzz")
    box.press("Escape")

    expect(box).to_have_value(chosen)
    assert chosen


def test_without_javascript_a_long_list_is_a_list(plain, solenn):
    page = plain(solenn, "/composants/")

    assert page.locator("#combobox select").is_visible()
    assert page.get_by_role("combobox", name="Département").count() == 2


def test_tabs_are_moved_through_by_arrows(enter, page, solenn):
    enter(solenn, "/composants/")
    tabs = page.locator("#tabs").get_by_role("tab")

    expect(tabs.first).to_have_attribute("aria-selected", "true")
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    expect(page.locator("#tabs").get_by_role("tabpanel")).to_contain_text("Armor Énergies, Brest.")
    page.keyboard.press("End")
    expect(tabs.nth(2)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tabs.first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#tabs").get_by_role("tabpanel")).to_be_focused()


def test_an_address_opens_the_tab_it_aims_at(enter, page, solenn):
    enter(solenn, "/composants/#tab-contact")

    expect(page.locator("#tab-contact")).to_be_visible()
    expect(page.locator("#tab-studies")).to_be_hidden()


def test_without_javascript_the_parts_follow_one_another(plain, solenn):
    page = plain(solenn, "/composants/")

    assert page.locator("#tab-studies").is_visible()
    assert page.locator("#tab-contact").is_visible()
    assert page.get_by_role("link", name="Positions").get_attribute("href") == "#tab-positions"


def test_a_dialog_holds_the_keyboard_and_gives_the_focus_back(enter, page, solenn):
    enter(solenn, "/composants/")
    opener = page.get_by_role("button", name="Erase this person")

    opener.focus()
    page.keyboard.press("Space")
    dialog = page.get_by_role("dialog", name="Erase this person?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    dialog.get_by_role("link", name="Give up").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_without_javascript_the_link_leads_to_the_dialog(plain, solenn):
    page = plain(solenn, "/composants/")

    page.get_by_role("link", name="Erase this person").click()
    assert page.locator("#forget").is_visible()
    page.get_by_role("link", name="Give up").last.click()
    assert not page.locator("#forget").is_visible()


def test_the_palette_finds_places_and_people(enter, page, solenn, amelie):
    enter(solenn, "/composants/")

    page.locator("body").press("/")
    box = page.get_by_role("combobox", name="A page or a name")
    expect(box).to_be_focused()
    expect(page.locator("dialog.palette").get_by_role("option", name="Quarantine")).to_be_visible()
    box.press_sequentially("herve am")
    first = page.locator("dialog.palette").get_by_role("option").first
    expect(first).to_contain_text("Amélie Hervé-Cariou")
    expect(first).to_have_attribute("aria-selected", "true")
    box.press("Enter")

    page.wait_for_url(f"**/personnes/{amelie.public_id}/")


def test_the_palette_closes_and_gives_the_focus_back(enter, page, solenn):
    enter(solenn, "/composants/")
    before = page.get_by_role("button", name="Save").first
    before.focus()

    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("dialog.palette")).to_be_hidden()
    expect(before).to_be_focused()


def test_a_slash_is_a_letter_where_one_writes(enter, page, solenn):
    enter(solenn, "/composants/")
    field = page.locator("#in-table")

    field.press_sequentially("a/b")

    expect(field).to_have_value("a/b")
    expect(page.locator("dialog.palette")).to_be_hidden()


def test_the_slash_can_be_turned_off(enter, page, solenn):
    enter(solenn, "/composants/")
    page.keyboard.press("Control+k")
    # What is suggested comes above it and moves it down.
    expect(page.locator("dialog.palette").get_by_role("option", name="Quarantine")).to_be_visible()
    page.get_by_label("The key / opens this search").uncheck()
    page.reload()

    page.locator("body").press("/")
    expect(page.locator("dialog.palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()


def test_without_javascript_the_magnifying_glass_leads_to_a_page(plain, solenn, amelie):
    page = plain(solenn, "/composants/")

    page.get_by_role("link", name="Go to, find a person").click()
    page.locator("main").get_by_label("A page or a name").fill("cariou")
    page.locator("main").get_by_role("button", name="Search").click()

    assert page.get_by_role("link", name="Amélie Hervé-Cariou").is_visible()


def test_dropped_files_are_named_sent_and_their_faults_shown(enter, page, solenn, tmp_path):
    file = tmp_path / "notes.csv"
    file.write_bytes(b"")
    enter(solenn, "/imports/nouveau/")

    page.get_by_label("Files").set_input_files(str(file))
    expect(page.locator("file-drop .brought")).to_have_text("notes.csv, 0 kB")
    page.get_by_role("button", name="Look at these files").click()

    expect(page.locator("main [role=alert]")).to_be_focused()
    expect(page.locator("file-drop.ready")).to_be_visible()


def test_the_sending_says_how_far_it_is_and_can_be_stopped(enter, page, solenn, tmp_path):
    file = tmp_path / "long.csv"
    file.write_bytes(b"nom;prenom\n" * 800_000)
    enter(solenn, "/imports/nouveau/")
    # A line so slow that someone has the time to change their mind.
    network = page.context.new_cdp_session(page)
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000},
    )

    page.get_by_label("Files").set_input_files(str(file))
    page.get_by_role("button", name="Look at these files").click()
    expect(page.get_by_role("progressbar", name="Sending")).to_be_visible()
    expect(page.locator(".sending [role=status]")).to_contain_text("% sent")
    page.get_by_role("button", name="Stop").click()

    expect(page.get_by_role("progressbar", name="Sending")).to_be_hidden()
    expect(page.get_by_role("button", name="Look at these files")).to_be_enabled()


def test_files_sent_lead_where_the_form_would_have_led(enter, page, solenn, tmp_path):
    file = tmp_path / "anciens.csv"
    file.write_text("nom;prenom\nHervé;Amélie\n")
    enter(solenn, "/imports/nouveau/")

    page.get_by_label("Files").set_input_files(str(file))
    page.get_by_role("button", name="Look at these files").click()

    page.wait_for_url(re.compile(r"/imports/\d+/"))


def test_a_tree_opens_closes_and_moves_by_arrows(enter, page, solenn):
    enter(solenn, "/composants/")
    tree = page.get_by_role("tree", name="Units")
    top = tree.get_by_role("treeitem", name="Université de Bretagne-Nord")

    top.focus()
    expect(top).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    faculty = tree.get_by_role("treeitem", name="Faculté des sciences")
    expect(faculty).to_be_focused()
    expect(faculty).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("treeitem", name="Département d’informatique")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(faculty).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("i")
    expect(tree.get_by_role("treeitem", name="IUT de Lannion")).to_be_focused()
    page.keyboard.press("Home")
    expect(top).to_be_focused()


def test_a_word_in_passing_is_said_and_can_be_closed(enter, page, solenn):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter(solenn, "/composants/")

    page.locator("#toast").get_by_role("button", name="Copy").first.click()
    toast = page.locator("toast-region .toast")
    expect(toast).to_contain_text("The address is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "amelie.herve@courriel.example"
    toast.get_by_role("button", name="Close").click()

    expect(toast).to_have_count(0)


def test_columns_hidden_once_stay_hidden(enter, page, solenn):
    enter(solenn, "/composants/")
    page.get_by_text("Columns shown").click()
    page.locator("column-choice").get_by_label("Unit").uncheck()
    expect(page.get_by_role("columnheader", name="Unit")).to_be_hidden()

    page.reload()

    expect(page.get_by_role("columnheader", name="Class")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Unit")).to_be_hidden()


def test_signs_are_counted_and_too_many_are_said(enter, page, solenn):
    enter(solenn, "/composants/")
    field = page.locator("#id_reason")

    field.fill("a" * 100)
    count = page.locator("char-count[for=id_reason]")
    expect(count).to_contain_text("100 of 120 signs")
    page.evaluate("document.getElementById('id_reason').removeAttribute('maxlength')")
    field.fill("a" * 125)

    expect(count).to_contain_text("5 signs too many")


def test_a_long_work_is_followed_without_reloading(enter, page, malo):
    work = Work.ask("tests.components", by=malo, title="Class of 2014")
    work.claim("a worker")
    work.advance(12, 48)
    enter(malo, f"/travaux/{work.pk}/")
    expect(page.locator(".tally .value").first).to_have_text("12")
    page.evaluate("window.sameDocument = true")

    work.advance(36, 48)
    expect(page.locator(".tally .value").first).to_have_text("36", timeout=10_000)

    assert page.evaluate("window.sameDocument")


def test_the_directory_answers_while_someone_types(enter, page, solenn, amelie):
    enter(solenn, "/annuaire/")
    page.evaluate("window.sameDocument = true")

    page.locator("#q").press_sequentially("cariou", delay=20)

    expect(page.locator("main")).not_to_contain_text("Erwan Bellec")
    expect(page.locator("main")).to_contain_text("Amélie Hervé-Cariou")
    assert page.evaluate("window.sameDocument")
    assert "q=cariou" in page.url


def test_when_the_session_is_over_the_door_fills_the_page(enter, page, solenn, amelie):
    enter(solenn, "/annuaire/")
    page.context.clear_cookies()
    page.locator("#q").press_sequentially("cariou")
    page.wait_for_url("**/compte/login/**")


def test_what_an_act_answered_is_kept_for_the_page_that_follows_the_sending(enter, page, solenn, tmp_path):
    file = tmp_path / "notes.csv"
    file.write_text("nom;prenom\n")
    enter(solenn, "/composants/")

    page.locator("#upload input[type=file]").set_input_files(str(file))
    page.locator("#upload").get_by_role("button", name="Look at these files").click()

    expect(page.locator("main > .notice")).to_contain_text("This is what is said when all is well.")
