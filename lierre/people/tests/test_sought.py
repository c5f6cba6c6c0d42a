"""Several persons looked for at once: the answer is the one that each person’s own marks give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lierre.people import sought
from lierre.people.marks import Marks
from lierre.people.sought import Sought

NUMBERS = [
    "amelie.herve@courriel.example", "herve@courriel.example", "+33639980199", "0639980199", "21999999",
    "https://reseau.example/in/amelie-herve/", "0123456789A", "erwan.bellec@courriel.example",
]  # fmt: skip
NAMES = ["herve", "herve cariou", "le goff", "bellec", "tregastel"]
GIVEN = ["amelie", "erwan", "anne marie"]
WORDS = [
    *NUMBERS,
    "AMELIE",
    "Hervé",
    "Hervé-Cariou",
    "Le Goff",
    "Anne-Marie",
    "Erwan",
    "Bellec",
    "courriel",
    "x",
    "é",
    "_",
]

marks = st.builds(
    Marks,
    st.frozensets(st.sampled_from(NUMBERS), max_size=4),
    st.frozensets(st.sampled_from(NAMES), max_size=2),
    st.frozensets(st.sampled_from(GIVEN), max_size=2),
)
texts = st.lists(st.sampled_from(WORDS) | st.sampled_from([" ", ";", ",", ".", "", "<", "/", "\n"]), max_size=9).map(
    "".join
)


@pytest.mark.parametrize("few", [0, 30])
def test_several_are_found_as_each_would_be(few, monkeypatch):
    monkeypatch.setattr(sought, "FEW", few)

    @given(st.lists(marks, max_size=4), texts)
    def same(persons, text):
        together = Sought(persons)
        assert together.number_in(text) == any(each.number_in(text) for each in persons)
        assert together.are_in(text) == any(each.are_in(text) for each in persons)

    same()
