"""Names are looked for in memory: what is found there is what a plain reading of the names says, whatever has changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from lierre.people import projection
from lierre.people.directory import snapshot
from lierre.people.directory.answering import answer
from lierre.people.directory.bearers import Bearers, Names
from lierre.people.directory.names import Wanted, Word
from lierre.people.directory.postings import Postings
from lierre.people.directory.question import Question
from lierre.people.directory.searching import How
from lierre.people.directory.suggesting import suggestions
from lierre.people.directory.viewer import Viewer
from lierre.people.tests.townsfolk import AMELIE, HIDDEN, rewrite, settle

STAFF = Viewer(everything=True)
GRADUATE = Viewer.among("graduates")
KATELL = {"given": "Katell", "family": "Jaouen"}

a_word = st.text("abé李", min_size=1, max_size=4)
some_words = st.builds(str.join, st.sampled_from([" ", "  "]), st.lists(a_word, max_size=3, unique=True))
town = st.dictionaries(st.integers(1, 12), st.tuples(some_words, some_words))
wanted = st.lists(st.lists(st.builds(Word, a_word, st.booleans()), min_size=1, max_size=3), min_size=1, max_size=3)


def bears(names: tuple[str, str], words: Wanted, hidden_names: bool) -> bool:
    borne = " ".join(names[: 1 + hidden_names]).split()
    return all(
        any(other == word.text if word.whole else other.startswith(word.text) for other in borne for word in some)
        for some in words
    )


@given(town, town, st.sets(st.integers(1, 12)), wanted, st.booleans())
def test_those_who_bear_the_words_are_found_before_and_after_names_change(
    before, since, forgotten, words, hidden_names
):
    bearers = Bearers(3, [[(number, *names) for number, names in before.items()]] if before else [])
    found = bearers.named(words, hidden_names).tolist()
    bearers.put(Names(number, *names) for number, names in since.items())
    found_since = bearers.named(words, hidden_names).tolist()
    bearers.forget(forgotten)

    def expected(people):
        return [number for number, names in sorted(people.items()) if bears(names, words, hidden_names)]

    assert found == expected(before)
    assert found_since == expected({**before, **since})
    left = {number: names for number, names in {**before, **since}.items() if number not in forgotten}
    assert bearers.named(words, hidden_names).tolist() == expected(left)


@given(
    st.sets(st.text("abcdé李'", min_size=1, max_size=8)), st.text("abcdé李'", min_size=3, max_size=8), st.integers(1, 2)
)
def test_no_word_that_is_near_is_left_aside(words, typed, errors):
    near = Postings.of_words(sorted(words)).near(typed, errors)

    assert sorted(near) == sorted(
        (OSA.distance(typed, word), word) for word in words if word != typed and OSA.distance(typed, word) <= errors
    )


def total(text: str, viewer: Viewer) -> int:
    return answer(Question(text=text), viewer).total


@pytest.mark.django_db
def test_someone_is_found_by_the_name_taken_since_and_no_more_by_the_one_left():
    she, _other = settle(KATELL, AMELIE)
    before = total("jaouen", GRADUATE)

    rewrite(she, {**KATELL, "usage": "Roux"})

    assert before == 1
    assert (total("roux kat", GRADUATE), total("jaouen", GRADUATE)) == (1, 0)
    assert (total("roux", STAFF), total("jaouen", STAFF)) == (1, 1)
    rewrite(she, {**KATELL, "family": "Bellec"})
    assert (total("roux", STAFF), total("jaouen", STAFF), total("katell bellec", STAFF)) == (0, 0, 1)


@pytest.mark.django_db
def test_typing_errors_are_forgiven_in_names_that_came_since():
    settle(AMELIE)
    before = total("kattel", GRADUATE)

    settle(KATELL)
    found = answer(Question(text="kattel"), GRADUATE)

    assert (before, found.total, found.how) == (0, 1, How.NEARLY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("legoff", ["Anne-Lise Le Goff", "Paul Legoff"]),
        ("le goff", ["Anne-Lise Le Goff", "Paul Legoff"]),
        ("paul le gof", ["Paul Legoff"]),
        ("lher", ["Maël L’Her"]),
        ("DHERVÉ", ["Éloïse D'Hervé"]),
        ("d’hervé", ["Éloïse D'Hervé"]),
        ("vandermeer ilse", ["Ilse van der Meer"]),
        ("meer van der", ["Ilse van der Meer"]),
        ("annelise", ["Anne-Lise Le Goff"]),
        ("ledu", ["Nolwenn Le Dû"]),
        ("le gouf", ["Anne-Lise Le Goff"]),
        ("goff lise", ["Anne-Lise Le Goff"]),
    ],
)
def test_a_name_is_found_in_one_word_or_in_several(typed, expected):
    names = ("Anne-Lise|Le Goff", "Paul|Legoff", "Maël|L’Her", "Éloïse|D'Hervé", "Ilse|van der Meer", "Nolwenn|Le Dû")
    settle(*({"given": given, "family": family} for given, family in (name.split("|") for name in names)), KATELL)

    assert sorted(row.name for row in answer(Question(text=typed), GRADUATE).rows) == sorted(expected)


@pytest.mark.django_db
def test_a_name_of_birth_written_in_one_word_is_found_by_staff_alone():
    settle({"given": "Katell", "family": "Le Goff", "usage": "Roux"})

    assert (total("legoff", STAFF), total("legoff", GRADUATE)) == (1, 0)


@pytest.mark.django_db
def test_a_name_left_amid_very_many_changes_leads_to_nobody_from_the_next_search_on():
    she, he = settle(KATELL, {"given": "Erwan", "family": "Jaouen"})
    before = total("jaouen", GRADUATE)

    with snapshot.current().loading:  # all is read again later
        rewrite(she, {**KATELL, "usage": "Roux"})
        projection.changed([he.pk] * (snapshot.BULK + 1))
        found = answer(Question(text="jaouen"), GRADUATE)
        names = [row.name for row in found.rows]
        behind = snapshot.current().behind

    assert (before, behind, found.total, names) == (2, True, 1, ["Erwan Jaouen"])


@pytest.mark.django_db
def test_those_whose_family_name_begins_so_are_proposed_first():
    settle(
        {"given": "Martin", "family": "Abgrall"},
        *({"given": f"Yann{letter}", "family": "Martin"} for letter in "abcdef"),
    )

    for typed in ("mart", "mart yan"):
        assert [one.label for one in suggestions(STAFF, typed)] == [f"Yann{letter} Martin" for letter in "abcdef"]
    assert [one.label for one in suggestions(STAFF, "mart abg")] == ["Martin Abgrall"]


@pytest.mark.django_db
def test_a_name_is_proposed_in_one_word_or_in_two():
    settle({"given": "Anne-Lise", "family": "Le Goff"}, {"given": "Paul", "family": "Le Goff", **HIDDEN})

    assert [one.label for one in suggestions(STAFF, "legof")] == ["Anne-Lise Le Goff", "Paul Le Goff"]
    assert [one.label for one in suggestions(GRADUATE, "legof")] == ["Anne-Lise Le Goff"]


@pytest.mark.django_db
def test_the_first_of_many_are_proposed_without_those_who_hide():
    settle(*({"given": "Yann", "family": f"Le A{number:03d}", **HIDDEN} for number in range(30)))
    settle(*({"given": "Yann", "family": f"Le B{number:03d}"} for number in range(30)))

    assert [one.label for one in suggestions(GRADUATE, "le")] == [f"Yann Le B00{number}" for number in range(6)]
    assert [one.label for one in suggestions(STAFF, "le")] == [f"Yann Le A00{number}" for number in range(6)]
