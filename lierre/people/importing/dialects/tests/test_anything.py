"""Whatever stands in a cell or in an archive, a line is understood or refused: nothing else can happen."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lierre.people.facts import FIELD
from lierre.people.faults import WORDS, Fault
from lierre.people.importing.dialects import DOCUMENTS, TABLES, by_name, mapped
from lierre.people.importing.dialects.hivebrite import FIELDS, understood
from lierre.people.importing.dialects.linkedin import ALLOWED, rows_of
from lierre.people.importing.dialects.linkedin_profile import tell
from lierre.people.importing.dialects.resume import tell_basics, tell_history
from lierre.people.importing.dialects.saying import Telling
from lierre.people.importing.dialects.targets import TARGETS
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Row

CELL = st.text(max_size=20) | st.sampled_from(
    ["0", "1", "O", "31/02/1991", "2014", "29200", "Non renseigné", "17/05/91", "E"]
)
LISTS = {"studies", "positions", "contacts"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def is_in_order(said):
    """The facts have known names, no blanks, and every fault has its sentence."""
    if isinstance(said, Fault):
        return said.code in WORDS
    json.dumps([said.raw, said.facts])
    known = FIELD.keys() | LISTS | {"identifier"}
    blanks = [value for value in said.facts.values() if value in ("", [], {}, None)]
    return said.facts.keys() <= known and not blanks and all(doubt.code in WORDS for doubt in said.doubts)


@pytest.mark.parametrize("name", [dialect.name for dialect in TABLES])
@given(data=st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_cells_under_the_columns_of_a_system(name, data):
    dialect = by_name(name)
    header = tuple(dialect.targets) or tuple(dialect.signature)
    cells = data.draw(st.lists(CELL, min_size=len(header), max_size=len(header)))

    assert is_in_order(dialect.understand(header, {})(Row(2, tuple(cells))))


@given(cells=st.lists(CELL, min_size=len(TARGETS), max_size=len(TARGETS)))
@settings(max_examples=60, deadline=None)
def test_any_cells_under_columns_that_somebody_explained(cells):
    header = tuple(f"Colonne {target}" for target in TARGETS)
    dialect = mapped(dict(zip(header, TARGETS, strict=True)))

    assert is_in_order(dialect.understand(header, {})(Row(2, tuple(cells))))


@given(user=st.fixed_dictionaries({}, optional=dict.fromkeys([*FIELDS, "postal_personal", "custom_attributes"], JSON)))
@settings(max_examples=60, deadline=None)
def test_any_user_of_hivebrite(user):
    assert is_in_order(understood(user, 1))


@given(cv=st.dictionaries(st.sampled_from(["work", "education", "skills", "languages"]), JSON), basics=st.dictionaries(
    st.sampled_from(["name", "label", "email", "phone", "location", "profiles", "summary"]), JSON))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_cv(cv, basics):
    said = Telling()
    tell_basics(said, basics)
    tell_history(said, cv)

    assert is_in_order(Statement(1, cv, said.close(), doubts=tuple(said.doubts)))


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_bytes_in_the_files_of_an_archive(data):
    files = {}
    for name, columns in ALLOWED.items():
        header = f"{sorted(columns)[0]},Title,Started On,Confirmed,Websites\n".encode()
        files[name] = rows_of(name, data.draw(st.sampled_from([b"", header])) + data.draw(st.binary(max_size=60)))
    said = Telling()
    tell(said, files)

    assert is_in_order(Statement(1, files, said.close(), doubts=tuple(said.doubts)))


def test_no_file_about_other_people_is_ever_allowed():
    shut = ("Connections.csv", "messages.csv", "Invitations.csv", "SearchQueries.csv", "Ad_Targeting.csv")

    assert not {name.lower() for name in ALLOWED} & {name.lower() for name in shut}
    assert {dialect.source_kind for dialect in DOCUMENTS} == {"archive", "platform"}
