"""Every facet, every order, every page, map, suggestion and file, compared with a plain reading of who may see what."""

import re
from collections.abc import Mapping
from itertools import combinations
from random import Random

import pytest
from django.test import Client

from lierre.people.directory import maps
from lierre.people.directory.answering import Answer, answer
from lierre.people.directory.facets import FACET
from lierre.people.directory.paging import ORDERS
from lierre.people.directory.question import Question
from lierre.people.directory.rows import all_rows
from lierre.people.directory.suggesting import suggestions
from lierre.people.directory.viewer import Viewer
from lierre.people.models import DirectoryEntry
from lierre.people.tests.parish import answering, counted, parish, shown, token, tokens, visible
from lierre.people.tests.townsfolk import AMELIE, rewrite, settle

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"\b[NDETC]\d\d\b")
VIEWERS = {
    "staff": Viewer(everything=True),
    "graduate of 2014": Viewer.among("graduates", years=[2014]),
    "student": Viewer.among("students"),
    "recruiter": Viewer.among("recruiters"),
    "anybody": Viewer.among(),
}
each_viewer = pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS)


def shown_tokens(found: Answer) -> set[str]:
    return {TOKEN.findall(row.name)[0] for row in all_rows(found.sight, found.all_ids())}


def choices(people, viewer) -> list[Mapping[str, tuple[str, ...]]]:
    """Nothing, each value that anybody has, hidden or not, and some pairs and triples of them."""
    everything = counted(people, Viewer(everything=True), {})
    single = [(name, value) for name, values in everything.items() for value in values]
    some = Random(1).sample(list(combinations(single, 2)), 60) + Random(2).sample(list(combinations(single, 3)), 30)
    chosen: list[Mapping[str, tuple[str, ...]]] = [{}, *({name: (value,)} for name, value in single)]
    for several in some:
        grouped: dict[str, tuple[str, ...]] = {}
        for name, value in several:
            grouped[name] = (*grouped.get(name, ()), value)
        chosen.append(grouped)
    return [*chosen, {"year": ("2010-2014",)}, {"year": ("2012-2021",), "level": ("master",)}]


@each_viewer
def test_every_choice_finds_and_counts_those_who_show_it(viewer):
    people = parish(seed=7)
    settle(*people)

    for chosen in choices(people, viewer):
        found = answer(Question(chosen=chosen), viewer)

        expected = answering(people, viewer, chosen)
        assert found.total == len(expected), chosen
        assert shown_tokens(found) == {token(facts) for facts in expected}, chosen
        counts = counted(people, viewer, chosen)
        for name in FACET:
            values = {value.value: value.count for value in found.values(FACET[name])}
            assert values == counts[name], (chosen, name)
        for value in found.panels[0].values if counts["year"] else ():
            first, last = map(int, value.value.split("-")) if "-" in value.value else (int(value.value),) * 2
            years = tuple(str(year) for year in range(first, last + 1))
            assert value.count == len(answering(people, viewer, {**chosen, "year": years})), (chosen, value)
        places = maps.places(found)
        assert {place.code: place.count for place in places.departments} == counts["department"], chosen
        assert {place.code: place.count for place in places.countries} == counts["country"], chosen


@each_viewer
def test_the_map_tells_how_many_places_are_known_among_those_who_exist(viewer):
    people = parish(seed=8)
    settle(*people)

    places = maps.places(answer(Question(), viewer))

    existing = answering(people, viewer, {})
    abroad = [facts for facts in existing if shown(facts, "country", viewer) not in {"", "FR"}]
    known = [facts for facts in existing if shown(facts, "country", viewer)]
    assert (places.total, places.known, places.abroad) == (len(existing), len(known), len(abroad))


@each_viewer
@pytest.mark.parametrize("order", ORDERS)
def test_every_order_is_that_of_what_is_shown_page_after_page_and_back(viewer, order):
    people = parish(seed=9)
    ids = [person.pk for person in settle(*people)]
    names = {pk: sort.encode() for pk, sort in DirectoryEntry.objects.values_list("pk", "sort")}
    heard = {pk: facts["heard"] for pk, facts in zip(ids, people, strict=True)}
    years = {pk: int(shown(facts, "year", viewer) or 0) for pk, facts in zip(ids, people, strict=True)}
    first = {"promotion": years, "fraicheur": heard if viewer.everything else {}, "nom": {}}[order]
    existing = [pk for pk, facts in zip(ids, people, strict=True) if visible(facts, viewer)]
    expected = sorted(existing, key=lambda pk: (-first.get(pk, 0), names[pk], pk))

    pages = [answer(Question(order=order), viewer, size=7)]
    while not pages[-1].page.is_last:
        last = pages[-1].rows[-1].public_id
        pages.append(answer(Question(order=order, after=last), viewer, size=7))
    back = [answer(Question(order=order, before=page.rows[0].public_id), viewer, size=7) for page in pages[1:]]

    assert [number for page in pages for number in page.page.ids] == expected
    assert [page.page.first for page in pages] == [1 + 7 * at for at in range(len(pages))]
    assert [page.page.ids for page in back] == [page.page.ids for page in pages[:-1]]


@each_viewer
def test_suggestions_name_only_those_who_exist_and_count_only_what_is_shown(viewer):
    people = parish(seed=10)
    settle(*people)

    for typed in (
        "n",
        "he",
        "herve",
        "goff am",
        "am herve n",
        "bel",
        "armor",
        "droit d",
        "juriste",
        "brest",
        "e0",
        "d1",
    ):
        for one in suggestions(viewer, typed):
            assert set(TOKEN.findall(f"{one.label} {one.detail}".replace("(", " "))) <= set(tokens(people, viewer)), (
                typed
            )
    for name in ("employer", "degree"):
        for facts in people:
            value = facts["positions" if name == "employer" else "studies"]
            if value and not shown(facts, name, viewer):
                hidden = value[0][name]
                assert hidden not in [one.label for one in suggestions(viewer, hidden)]


def everything_read(client: Client) -> str:
    """All pages of the directory, seen every way, the lists of every facet, what is proposed, and the palette."""
    read, query = [], ""
    for view in ("liste", "tableau", "vignettes", "carte"):
        query = f"vue={view}" + "".join(f"&colonne={column}" for column in COLUMNS)
        while query is not None:
            text = client.get(f"/annuaire/?{query}").content.decode()
            read.append(text)
            following = re.search(r'rel="next" href="\?([^"]+)"', text)
            query = following[1].replace("&amp;", "&") if following else None
    read += [client.get(f"/annuaire/filtre/{facet.parameter}/").content.decode() for facet in FACET.values()]
    for typed in ("N0", "E1", "D2", "herve", "juriste", "C3"):
        read.append(client.get("/annuaire/suggestions/", {"q": typed}).content.decode())
        read.append(client.get("/aller/", {"q": typed}).content.decode())
    return "".join(read)


COLUMNS = (
    "nom",
    "promotion",
    "diplome",
    "employeur",
    "fonction",
    "metier",
    "ville",
    "departement",
    "pays",
    "nouvelles",
)


@pytest.mark.parametrize("who", ["solenn", "amelie_user", "lena", "hugo", "yann"])
def test_the_pages_together_show_what_may_be_shown_and_not_a_word_more(client, request, who):
    user = request.getfixturevalue(who)
    people = parish(seed=11, size=30)
    settle(*people)
    client.force_login(user)

    read = everything_read(client)

    assert set(TOKEN.findall(read)) == set(tokens(people, Viewer.of(user)))


@pytest.mark.parametrize(
    "address",
    ["/annuaire/", "/annuaire/?q=n0", "/annuaire/suggestions/?q=n0", "/annuaire/filtre/employeur/",
     "/annuaire/annuaire.csv", "/annuaire/annuaire.xlsx", "/aller/?q=n0"],
)  # fmt: skip
def test_whoever_has_not_signed_in_is_shown_the_door(client, address):
    settle(*parish(seed=12, size=5))

    found = client.get(address)

    assert found.status_code == 302
    assert found["Location"].startswith("/compte/login/")
    assert not TOKEN.findall(found.content.decode())


def test_somebody_who_hides_is_gone_from_the_next_answer_on(client, amelie_user):
    (she,) = settle(AMELIE)
    address = "/annuaire/?diplome=Master+Statistique+et+soci%C3%A9t%C3%A9"
    client.force_login(amelie_user)
    client.post("/annuaire/recherches/", {"nom": "Statisticiennes", "recherche": address.partition("?")[2]})
    before = client.get(address).content.decode()

    rewrite(she, {**AMELIE, "audience_name": []})
    after = client.get(address).content.decode()

    assert "Hervé-Cariou" in before
    assert "Hervé-Cariou" not in after
    assert "leads to nobody you may see" in after
    assert "Statisticiennes" in after


@pytest.mark.parametrize("typed", ["herve", "am herve", "herve ameli", "zo", "amelie herve zo"])
def test_those_who_hide_take_no_place_among_the_suggestions(typed):
    settle(*[{"given": "Amélie", "family": f"Hervé Ab{letter}", "audience_name": []} for letter in "abcdefghij"])
    settle(*[{"given": "Amélie", "family": f"Hervé Zo{letter}"} for letter in "abcdefgh"])

    proposed = [one.label for one in suggestions(VIEWERS["graduate of 2014"], typed)]

    assert proposed == [f"Amélie Hervé Zo{letter}" for letter in "abcdef"]
