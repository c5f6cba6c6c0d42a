"""Every code that is used has its sentence and its advice, in both languages."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import lierre.people
from lierre.people.faults import WORDS, Fault, advice, sentence

USED = re.compile(
    r"""\b(?:Fault|Unreadable|BadLine|fault|doubt|_unsplit)\(\s*(?:lines?\[[^]]*\],\s*)?"([a-z_]+)"|\bcode="([a-z_]+)\""""
)
PLACES = re.compile(r"%\((\w+)\)s")


def used():
    """Codes as they stand in the sources of the domain."""
    for path in sorted(Path(lierre.people.__file__).parent.rglob("*.py")):
        if "tests" not in path.parts:
            for one, other in USED.findall(path.read_text()):
                yield one or other


def test_every_code_that_is_used_has_its_words():
    codes = set(used())

    assert {"zip_ratio", "no_line", "duplicate_header", "unclosed_quote"} <= codes
    assert sorted(codes - set(WORDS)) == []


@pytest.mark.parametrize("code", WORDS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sentence_fills_all_its_places(code, language):
    with translation.override(language):
        for fault in (Fault(code, 3, "Né le", "31/02/1991"), Fault(code, 0, "", "diplomes.csv"), Fault(code)):
            assert "%" not in sentence(fault)
            assert advice(fault)


def test_a_sentence_names_the_column_and_the_value():
    with translation.override("en"):
        assert sentence(Fault("impossible_date", 12, "Né le", "31/02/1991")) == (
            "Column “Né le”: “31/02/1991” is not a date that exists."
        )
        assert sentence(Fault("wrong_column_count", 12, "", "15/12")) == (
            "This line has 15 cells, where the header has 12."
        )


def test_a_truncated_file_and_a_truncated_line_are_said_differently():
    with translation.override("en"):
        assert sentence(Fault("truncated", 0, "", "diplomes.csv")) == "“diplomes.csv” is cut short: its end is missing."
        assert sentence(Fault("truncated", 9, "", "Riou;Gwe")).startswith("The file stops in the middle of this line")


def test_an_unknown_code_is_a_mistake():
    with pytest.raises(KeyError):
        sentence(Fault("nothing_of_the_kind"))


def test_sentences_hold_no_place_that_a_fault_cannot_fill():
    for words in WORDS.values():
        for text in words:
            assert set(PLACES.findall(str(text))) <= {"value", "column", "found", "expected"}
