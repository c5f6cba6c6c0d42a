"""What a viewer may not see does not exist for them.

Two properties, for people and viewers drawn at random. Totals and counts are those of a plain filter written here. And
nothing in an answer changes when all that the viewer may not see is taken out of the base: neither results, nor
order, totals, pages, facets, suggestions, corrections of typing errors, nor exports.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lierre.people.directory import snapshot
from lierre.people.directory.answering import Answer, answer
from lierre.people.directory.facets import FACET, FACETS
from lierre.people.directory.listing import columns_asked
from lierre.people.directory.panels import all_values
from lierre.people.directory.question import Question
from lierre.people.directory.rows import all_rows
from lierre.people.directory.suggesting import suggestions
from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import mask_of, sees
from lierre.people.tests.townsfolk import in_groups, leave, settle

pytestmark = pytest.mark.django_db
FAMILIES = ("name", "study", "position", "place")
FIELDS = {"position": ("employer", "title", "city"), "place": ("department",)}
YEARS = (2012, 2014, 2020)
GROUPS = (1, 2)
audiences = st.lists(st.sampled_from(list(AUDIENCES)), max_size=3, unique=True)
viewers = st.builds(
    lambda names, years, groups: Viewer.among(*names, years=years, groups=groups),
    st.lists(st.sampled_from(["graduates", "students", "recruiters"]), max_size=2, unique=True),
    st.lists(st.sampled_from(YEARS), max_size=2, unique=True),
    st.lists(st.sampled_from(GROUPS), max_size=2, unique=True),
)
names = st.sampled_from(["Hervé", "Herve-Cariou", "Bellec", "Bellek", "Le Goff", "Jaouen", "Cadiou"])
people = st.fixed_dictionaries(
    {
        "given": st.sampled_from(["Amélie", "Emelie", "Yann", "Yan", "Erwan", "Solenn"]),
        "family": names,
        "studies": st.lists(
            st.fixed_dictionaries({
                "degree": st.sampled_from(["Master Droit", "BUT Génie", "Doctorat Bellec"]),
                "level": st.sampled_from(["master", "but", "doctorate"]),
                "year": st.sampled_from(YEARS),
            }),
            max_size=1,
        ),
        "positions": st.lists(
            st.fixed_dictionaries({
                "employer": st.sampled_from(["Armor Énergies", "Cabinet Jaouen", "Houle Vive"]),
                "title": st.sampled_from(["Juriste", "Ingénieure"]),
                "city": st.sampled_from(["Brest", "Rennes"]),
                "department": st.sampled_from(["29", "35"]),
            }),
            max_size=1,
        ),
        "heard": st.sampled_from([100, 10_000, 20_000]),
        "within": st.lists(st.sampled_from(GROUPS), max_size=2, unique=True),
    },
    optional={"usage": names, "died": st.just("2020"), **{f"audience_{family}": audiences for family in FAMILIES}},
)  # fmt: skip
QUESTIONS = (
    {}, {"text": "herve"}, {"text": "hevre"}, {"text": "b"}, {"text": "bellec yann"}, {"text": "jaouen"},
    {"text": "droit"}, {"chosen": {"degree": ("Master Droit",)}},
    {"chosen": {"employer": ("Armor Énergies",), "department": ("29", "35")}},
    {"text": "le", "chosen": {"year": ("2012-2014",)}}, {"chosen": {"freshness": ("six-mois", "a-confirmer")}},
    {"order": "promotion"}, {"order": "fraicheur"},
)  # fmt: skip
with_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def visible(facts: Mapping[str, Any], viewer: Viewer, family: str = "name") -> bool:
    """The plain definition, one person at a time."""
    year = facts["studies"][0]["year"] if facts["studies"] else None
    belongs = [*viewer.audiences, *(["class"] if year in viewer.years else [])]
    belongs += ["groups"] if set(facts["within"]) & set(viewer.groups) else []
    return viewer.everything or sees(mask_of(facts), belongs, family)


def known(facts: Mapping[str, Any], facet: str) -> str | None:
    """The value of a facet in what was said of someone."""
    study = next(iter(facts["studies"]), {})
    position = next(iter(facts["positions"]), {})
    values = {**study, **position, "country": "FR" if position else None}
    return None if values.get(facet) is None else str(values[facet])


@with_database
@given(st.lists(people, max_size=8), viewers | st.just(Viewer(everything=True)))
def test_counts_and_totals_are_those_of_a_plain_filter(everybody, viewer):
    with living(everybody):
        check_counts(everybody, viewer)


def check_counts(everybody: Sequence[Mapping[str, Any]], viewer: Viewer) -> None:
    found = answer(Question(chosen={"level": ("master",)}), viewer)

    shown = [facts for facts in everybody if visible(facts, viewer)]
    masters = [facts for facts in shown if visible(facts, viewer, "study") and known(facts, "level") == "master"]
    assert found.total == len(masters)
    for name in ("year", "degree", "level", "employer", "department", "country"):
        among = shown if name == "level" else masters
        expected = Counter(
            known(facts, name) for facts in among if known(facts, name) and visible(facts, viewer, FACET[name].family)
        )
        values = all_values(found.sight, FACET[name], found.question, found.counts[name])
        assert {value.value: value.count for value in values} == expected, name


@contextmanager
def living(everybody: Sequence[Mapping[str, Any]]) -> Iterator[None]:
    """A base with these persons, in their groups; then as it was."""
    town = settle(*({name: value for name, value in facts.items() if name != "within"} for facts in everybody))
    pairs = list(zip(town, everybody, strict=True))
    snapshot.forget()
    with in_groups({number: [each for each, facts in pairs if number in facts["within"]] for number in GROUPS}):
        yield
    leave(town)


@with_database
@given(st.lists(people, min_size=4, max_size=12), viewers)
def test_nothing_changes_when_what_is_hidden_is_taken_out_of_the_base(everybody, viewer):
    with living(everybody):
        before = [everything_said(Question(**asked), viewer) for asked in QUESTIONS]
    with living([seen_by(facts, viewer) for facts in everybody if visible(facts, viewer)]):
        after = [everything_said(Question(**asked), viewer) for asked in QUESTIONS]

    for asked, said, expected in zip(QUESTIONS, before, after, strict=True):
        assert said == expected, asked


def seen_by(facts: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    """The same person, without what this viewer may not see."""
    kept = {**facts, "heard": 1}
    if "usage" in kept:
        kept["family"] = kept.pop("usage")
    if not visible(facts, viewer, "study"):
        # The year of their own class is known to those who are told the name because of it.
        kept["studies"] = [{"year": study["year"]} for study in facts["studies"] if study["year"] in viewer.years]
    seen = {name for family, of_it in FIELDS.items() if visible(facts, viewer, family) for name in of_it}
    if not {"title", "department"} <= seen:
        seen -= {"city"}
    kept["positions"] = [{name: each[name] for name in each if name in seen} for each in facts["positions"]]
    return kept


def everything_said(question: Question, viewer: Viewer) -> dict[str, Any]:
    """All that an answer tells, pages and files included, without the identifiers, which are drawn at random."""
    found = answer(question, viewer)
    columns = [column for column in columns_asked(viewer, ["nom", *EVERY]) if column.name != "fiche"]
    return {
        "how": found.how,
        "total": found.total,
        "pages": pages(question, viewer),
        "file": [[column.value(row) for column in columns] for row in all_rows(found.sight, found.all_ids())],
        "facets": {
            facet.name: [(value.label, value.count) for value in found.values(facet)] for facet in FACETS
        },
        "panels": [(panel.facet.name, [(one.label, one.count) for one in panel.values]) for panel in found.panels],
        "tags": [(tag.label, tag.lost) for tag in found.tags],
        "proposed": [(facet.name, value.label, value.count) for facet, value in found.suggested],
        "typed": [(one.label, one.detail) for word in TYPED for one in suggestions(viewer, word)],
    }  # fmt: skip


EVERY = ("nom-de-naissance", "promotion", "diplome", "niveau", "fonction", "employeur", "ville", "departement", "pays")
TYPED = ("he", "ja", "bel", "arm", "dro", "em yan")


def pages(question: Question, viewer: Viewer) -> list[list[tuple[str, str, str]]]:
    """Page after page, three at a time."""
    found: list[Answer] = [answer(question, viewer, size=3)]
    while not found[-1].page.is_last:
        following = Question(question.text, question.chosen, question.order, after=found[-1].rows[-1].public_id)
        found.append(answer(following, viewer, size=3))
    return [[(row.name, row.doing, row.studied) for row in each.rows] for each in found]
