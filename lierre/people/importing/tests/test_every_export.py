"""Every file that the demonstration institution would have, by every preset: brought twice, then taken back."""

import random
from datetime import date

import pytest

from demo.exports.catalogue import FILES
from demo.loading.deliveries import DELIVERIES, bring
from demo.loading.house import build, source
from demo.loading.story import person_of
from demo.write import write
from lierre.people.importing.dialects import DOCUMENTS, TABLES
from lierre.people.importing.receiving import receive
from lierre.people.importing.tests.bringing import BY, apply, base, counts, rehearse, revert
from lierre.people.models import Delivery, Import
from lierre.people.rebuilding import rebuild

SIZE = 300
# The tables of Apogée apart, which the school of the demonstration gives joined.
NOT_IN_DEMO = {"apogee-individu", "apogee-inscription", "apogee-adresse", "apogee-etape", "apogee-composante"}


@pytest.fixture
def files(db, tmp_path):
    build()
    write(tmp_path, SIZE)
    return tmp_path


@pytest.fixture
def institution(files):
    for delivery in DELIVERIES:
        bring(delivery, files)
    return files


def test_every_file_brought_again_changes_nothing_and_all_of_them_can_be_taken_back(files):
    for delivery in DELIVERIES:
        if bring(delivery, files).state == Import.State.APPLIED:
            before = base()
            again = apply(brought_again(delivery, files))
            told = {name for name in counts(again) if name not in {"rejected", "to_decide"}}
            assert told == {"unchanged"}, delivery.files
            assert base() == before

    imports = list(Import.objects.filter(state="applied"))
    random.Random(2014).shuffle(imports)
    for imported in imports:
        revert(imported)
    assert not any(base().values())
    assert rebuild(only_check=True).differences == 0


def test_every_preset_has_its_file_and_recognises_it(institution):
    met = set(Delivery.objects.values_list("dialect", flat=True))

    assert {dialect.name for dialect in (*TABLES, *DOCUMENTS)} - met == NOT_IN_DEMO


def test_what_a_table_of_somebody_s_own_means_is_remembered(institution):
    """The survey was explained once: the same columns, in capitals and in another order, are known."""
    survey = next(delivery for delivery in DELIVERIES if delivery.meaning and delivery.until == "applied")
    lines = (institution / FILES[survey.files][0]).read_bytes().decode("utf-8-sig").splitlines()
    header, *rest = (line.split(";") for line in lines[:4])
    turned = [";".join(reversed([name.upper() for name in header])), *(";".join(reversed(cells)) for cells in rest)]
    path = institution / "autre.csv"
    path.write_text("\n".join([*turned, ""]))

    imported = receive([path], by=BY, source=source("survey"), asserted_on=date(2020, 1, 18))

    known = imported.deliveries.get()
    assert known.dialect == "generic"
    assert known.mapping == {name.upper(): target for name, target in survey.meaning.items() if target}
    assert rehearse(imported).rehearsal["counts"]["rejected"] < 3


def brought_again(delivery, folder) -> Import:
    return receive(
        [folder / file for file in FILES[delivery.files]],
        by=BY,
        source=source(delivery.source),
        asserted_on=delivery.day,
        member=person_of(delivery.member) if delivery.member else None,
    )
