"""The catalogue of components, and what each of them does with what it is given."""

import re
from pathlib import Path

import pytest
from django.forms import CharField
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

import lierre
from lierre.foundation.figures import Figure
from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.periods import Period
from lierre.foundation.views.catalogue import COMPONENTS
from lierre.foundation.views.examples import ExampleForm

pytestmark = pytest.mark.django_db
TEMPLATES = Path(lierre.__file__).parent.rglob("templates/**/*.html")


def drawn(lines: str, **context) -> str:
    request = RequestFactory().get("/annuaire/", context.pop("asked", {}))
    return Template("{% load components %}" + lines).render(Context({"request": request, **context}))


def test_every_component_is_shown_with_the_lines_to_write(client, yann):
    client.force_login(yann)

    page = client.get(reverse("foundation:components")).content.decode()

    for component in COMPONENTS:
        assert f'<section class="chapter" id="{component.name}"' in page
        assert f'id="{component.name}-lines"' in page
    assert "{% chart line %}" in page


def test_the_catalogue_is_for_those_who_are_signed_in(client):
    assert client.get(reverse("foundation:components")).status_code == 302


def test_the_example_form_says_what_is_to_be_corrected(client, yann):
    client.force_login(yann)

    page = client.post(reverse("foundation:components"), {"email": "amelie"})

    assert page.status_code == 422
    assert '<a href="#id_email">E-mail</a>' in page.content.decode()


def test_the_example_form_keeps_nothing_and_says_so(client, yann):
    client.force_login(yann)

    page = client.post(reverse("foundation:components"), {"name": "Amélie", "reason": "she told me"}, follow=True)

    assert "Nothing was kept" in page.content.decode()


def test_the_example_table_is_narrowed_sorted_and_read_page_by_page(client, yann):
    client.force_login(yann)
    address = reverse("foundation:components")

    first = client.get(address, {"dans": "lannion", "tri": "-promotion"}).context["rows"]
    page = client.get(address)
    second = client.get(address, {"apres": page.context["following"]})

    assert [row.year for row in first] == [2022, 2019]
    assert not {row.name for row in page.context["rows"]} & {row.name for row in second.context["rows"]}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_example_table_is_taken_away_as_it_is_narrowed(client, yann, form):
    client.force_login(yann)

    answer = client.get(reverse("foundation:export_example", args=[form]), {"dans": "lannion"})

    content = b"".join(answer.streaming_content)
    assert content.startswith(b"PK" if form == "xlsx" else b"\xef\xbb\xbf")
    if form == "csv":
        assert "BUT Informatique" in content.decode()
        assert "Licence Breton" not in content.decode()


def test_a_heading_sorts_one_way_then_the_other_and_forgets_the_cursor():
    never = drawn('{% sort "nom" "Name" %}', asked={"q": "her", "before": "12"})
    once = drawn('{% sort "nom" "Name" %}', asked={"tri": "nom"})
    back = drawn('{% sort "nom" "Name" %}', asked={"tri": "-nom"})

    assert 'href="?q=her&amp;tri=nom"' in never
    assert "aria-sort" not in never
    assert 'aria-sort="ascending"' in once
    assert 'href="?tri=-nom"' in once
    assert 'aria-sort="descending"' in back
    assert 'href="?tri=nom"' in back


def test_crumbs_lead_up_and_say_where_one_is():
    found = drawn('{% crumbs "Imports" "/imports/" "Import 12" %}')

    assert '<a href="/imports/">Imports</a>' in found
    assert '<li aria-current="page">Import 12</li>' in found


def test_crumbs_take_names_of_addresses_things_that_have_one_and_lists_of_them(university, iut):
    found = drawn(
        '{% crumbs "Units" "accounts:units" above unit act %}', above=[university], unit=iut, act="Rename"
    )  # fmt: skip

    assert re.findall(r'<li><a href="([^"]+)">', found) == [
        reverse("accounts:units"), university.get_absolute_url(), iut.get_absolute_url(),
    ]  # fmt: skip
    assert '<li aria-current="page">Rename</li>' in found


def test_crumbs_end_where_there_is_something_to_say(university):
    found = drawn('{% crumbs "Units" "accounts:units" none university act %}', none=None, university=university)

    assert f'<li aria-current="page">{university}</li>' in found


def test_that_a_field_may_be_left_empty_is_said_only_where_others_may_not():
    class Search(HouseForm):
        words = CharField(required=False)

    class Note(Search):
        title = CharField()

    assert "if you wish" not in drawn("{% field form.words %}", form=Search())
    assert "if you wish" in drawn("{% field form.words %}", form=Note())
    assert "if you wish" not in drawn("{% field form.title %}", form=Note())


def test_each_kind_of_thing_has_one_component_and_no_copy():
    """Breadcrumbs, fields and the summary of errors are drawn in one place."""
    copies = ('<nav class="crumbs"', 'class="error" id="{{ field', "to be corrected.{% plural")
    drawers = {
        path.name: copy
        for app in ("accounts", "site", "foundation")
        for path in (Path(lierre.__file__).parent / app).rglob("templates/**/*.html")
        for copy in copies
        if copy in path.read_text() and path.parent.name != "components"
    }
    assert drawers == {}


def test_what_is_bad_is_said_at_once_and_the_rest_when_there_is_silence():
    assert 'role="alert"' in drawn('{% notice "It failed." "bad" %}')
    assert 'role="status"' in drawn('{% notice "It is done." "good" %}')


def test_a_field_leads_to_its_hint_and_to_its_fault():
    found = drawn("{% field form.reason %}{% field form.email %}", form=ExampleForm({"email": "amelie"}))

    assert 'aria-describedby="id_reason_helptext id_reason_error"' in found
    assert 'id="id_reason_helptext"' in found
    assert 'id="id_reason_error"' in found
    assert 'aria-invalid="true"' in found
    assert 'most="120"' in found
    assert "if you wish" in found


def test_a_figure_says_its_doubt_its_change_and_what_it_counts():
    year = Period.academic_year(2025)
    before = Figure("reach", 65, "%", year.previous(), "Graduates with an address.", doubt=1)

    found = drawn(
        "{% figure f %}", f=Figure("reach", 71, "%", year, "Graduates with an address.", doubt=1, compared=before)
    )

    assert "71\u202f%" in found
    assert "between 70 and 72\u202f%" in found
    assert "<b>+6\u202fpoints</b> since the period before." in found
    assert "Graduates with an address." in found


def test_an_unknown_figure_is_written_unknown():
    figure = Figure("reach", None, "%", Period.academic_year(2025), "Nobody measures it.")

    assert '<p class="value soft">unknown</p>' in drawn("{% figure f %}", f=figure)


def test_no_template_asks_for_what_the_content_policy_forbids():
    """No inline script nor style; of htmx, nothing that has to be compiled: filters, `hx-on`, `js:`."""
    forbidden = re.compile(
        r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]+src=)|hx-on|js:|javascript:|hx-trigger="[^"]*\w\["""
    )

    # A message for mail programs, which read no style but their own: it is no page, and a browser shows it in a sandbox.
    letters = {"publishing/mailing/message.html", "publishing/ambassador_digest.html"}
    pages = [path for path in TEMPLATES if str(path).rpartition("templates/")[2] not in letters]

    faulty = [str(path) for path in pages if forbidden.search(path.read_text())]

    assert faulty == []
