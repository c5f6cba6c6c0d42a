"""Values as real files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lierre.people.importing.values import Misread
from lierre.people.importing.values.codes import country_of, flag_of, ine_of, level_of, sex_of
from lierre.people.importing.values.contacts import department_of, email_of, phone_of
from lierre.people.importing.values.dates import birth_of, date_of, year_of
from lierre.people.importing.values.names import name_of, split_name


@pytest.mark.parametrize(
    ("written", "order", "read"),
    [
        ("17/05/1991", "dm", "1991-05-17"),
        ("05/04/1991", "dm", "1991-04-05"),
        ("05/04/1991", "md", "1991-05-04"),
        ("05/05/1991", "", "1991-05-05"),
        ("17/05/1991", "", "1991-05-17"),
        ("1991-05-17", "", "1991-05-17"),
        ("1991-05-17 00:00:00", "dm", "1991-05-17"),
        ("2026-10-01T09:30:00.000+01:00", "dm", "2026-10-01"),
        ("Mar 2020", "dm", "2020-03"),
        ("mars 2020", "dm", "2020-03"),
        ("1er août 2020", "dm", "2020-08-01"),
        ("May 17, 1991", "md", "1991-05-17"),
        ("3/14/15, 8:14 AM", "md", "2015-03-14"),
        ("12-Mar-24", "dm", "2024-03-12"),
        ("12 Mar 2024", "md", "2024-03-12"),
        ("17-MAI-91", "dm", "1991-05-17"),
        ("06/30/25, 10:00 AM", "md", "2025-06-30"),
        ("2024-03-12 08:14:00", "md", "2024-03-12"),
        ("2024-03-12 08:14:00 UTC", "md", "2024-03-12"),
        ("17 May 1991 10:00", "md", "1991-05-17"),
        ("1991/05/17", "dm", "1991-05-17"),
        ("19910517", "dm", "1991-05-17"),
        ("17.05.1991", "dm", "1991-05-17"),
        ("Mar-20", "dm", "2020-03"),
        ("sept. 2018", "dm", "2018-09"),
        ("09/2016", "dm", "2016-09"),
        ("2020", "dm", "2020"),
        ("33375", "dm", "1991-05-17"),
        ("00/00/0000", "dm", ""),
        ("", "dm", ""),
    ],
)
def test_a_date_is_read_in_every_form_met_and_stays_partial_when_it_is(written, order, read):
    assert date_of(written, order) == read


@pytest.mark.parametrize(
    ("written", "order", "code"),
    [
        ("31/02/1991", "dm", "impossible_date"),
        ("05/17/1991", "dm", "impossible_date"),
        ("2021-02-29", "dm", "impossible_date"),
        ("05/04/1991", "", "ambiguous_date"),
        ("17/05/1791", "dm", "too_old_or_future_date"),
        ("19911317", "dm", "impossible_date"),
        ("5/4/91, 3:04 PM", "", "ambiguous_date"),
        ("99999", "dm", "too_old_or_future_date"),
        ("vers Noël", "dm", "impossible_date"),
    ],
)
def test_a_date_that_cannot_be_is_never_guessed(written, order, code):
    with pytest.raises(Misread) as refused:
        date_of(written, order)
    assert refused.value.code == code


def test_nobody_is_born_next_year_nor_is_a_child():
    with pytest.raises(Misread) as refused:
        birth_of("01/01/2024")
    assert refused.value.code == "too_old_or_future_date"


def test_a_year_is_not_a_word():
    with pytest.raises(Misread) as refused:
        year_of("bientôt")
    assert refused.value.code == "bad_year"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("LE GOFF", "Le Goff"),
        ("N'DIAYE", "N'Diaye"),
        ("HERVÉ-CARIOU", "Hervé-Cariou"),
        ("DE LA ROCHE", "de la Roche"),
        ("LA FONTAINE", "La Fontaine"),
        ("tanguy", "Tanguy"),
        ("McAllister", "McAllister"),
        ("李小龍", "李小龍"),
    ],
)
def test_a_name_is_written_as_its_bearer_would(written, read):
    assert name_of(written) == read


def test_a_placeholder_is_no_national_number_and_nine_figures_are_none():
    assert ine_of("00000000000") == ""
    with pytest.raises(Misread):
        ine_of("123456789")


def test_an_address_without_a_domain_is_no_email():
    for wrong in ("amelie", "amelie@", "amelie@courriel", "a b@courriel.example", "é@courriel.example"):
        with pytest.raises(Misread):
            email_of(wrong)


def test_a_telephone_that_nobody_can_place_stays_as_written():
    assert phone_of("poste 12") == "poste 12"
    assert phone_of("0") == ""


def test_corsica_has_two_departments_and_those_overseas_three_figures():
    assert [department_of(code) for code in ("20000", "20600", "97110", "98800")] == ["2A", "2B", "971", "988"]


READERS = (
    date_of, birth_of, year_of, name_of, sex_of, flag_of, ine_of, country_of, level_of, email_of, phone_of,
    department_of,
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(text=st.text(max_size=40) | st.from_regex(r"[0-9/. -]{1,14}") | st.from_regex(r"[A-Za-z0-9]{1,11}\Z"))
def test_no_text_makes_a_reader_fail_in_another_way(reader, text):
    try:
        read = reader(text)
    except Misread as misread:
        assert misread.code  # noqa: PT017 - a refusal always says why
    else:
        assert isinstance(read, str | int | bool)


@given(text=st.text(max_size=40))
def test_a_name_read_twice_does_not_change(text):
    assert name_of(name_of(text)) == name_of(text)


@given(text=st.text(min_size=1, max_size=40).filter(str.strip))
def test_a_full_name_always_gives_a_family_name(text):
    given_name, family = split_name(text)
    assert family
    assert isinstance(given_name, str)
