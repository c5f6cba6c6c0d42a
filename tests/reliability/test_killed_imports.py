"""A worker is killed in the middle of an import: once it is over, the base is that of a run that nothing interrupted."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.conftest import PATIENCE, Base, kill

pytestmark = pytest.mark.crash
HEADER = "COD_ETU;LIB_NOM_PAT_IND;LIB_PR1_IND;DATE_NAI_IND;LIB_AD1;COD_BDI;COD_ANU;COD_ETP;ETA_IAE;TEM_DIP_IAE;LIB_ETP"
FIRST, SECOND = range(500), range(250, 9_000)  # half of the first are spoken of again
COMPARED = {
    "people_person": "id, given, family, sort, born, heard, completeness, record_id",
    "people_record": "id, line, person_id, source_id, asserted, linked_by, digest, raw, facts",
    "people_recordkey": "hash, record_id",
    "people_study": "person_id, degree_id, year, unit_id, level, record_id",
    "people_position": "person_id, employer_id, title, city, record_id",
    "people_contactpoint": "person_id, kind, value, record_id",
    "people_directoryentry": "person_id, sort, hidden_names, mask, year, degree_id, department_id, heard",
    "people_quarantinedline": "line, code, state",
    "people_import": "id, state, written, first_record, last_record, first_person",
}


def student(number: int, street: str) -> str:
    day = "31/02/1991" if number % 1_000 == 999 else f"{1 + number % 28:02}/05/{1960 + number % 40}"
    name = "".join(chr(65 + number // 26**place % 26) for place in range(3))
    return f"{20_000_000 + number};LE {name};AMELIE;{day};{street};29200;{1990 + number % 30};M2;E;O;Master Statistique"


def write(path: Path, numbers: range, street: str) -> Path:
    path.write_text("\r\n".join([HEADER, *(student(number, street) for number in numbers), ""]))
    return path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    base, files = Base(tmp_path_factory.mktemp("told"), "told"), tmp_path_factory.mktemp("files")
    try:
        base.make()
        bring(base, write(files / "first.csv", FIRST, "3 rue Haute"), "--apply")
        bring(base, write(files / "second.csv", SECOND, "14 rue des Sternes"))
        yield base
    finally:
        base.unmake()


@pytest.fixture
def twins(tmp_path: Path, told: Base) -> Iterator[tuple[Base, Base]]:
    """Two bases that were told the same: one will be left in peace, the other will not."""
    calm, hurt = (Base(tmp_path / name, name) for name in ("calm", "hurt"))
    try:
        yield calm.make(told), hurt.make(told)
    finally:
        calm.unmake()
        hurt.unmake()


def bring(base: Base, path: Path, *words: str) -> None:
    asked = base.lierre("import", str(path), "--source", "Scolarité", *words, output=subprocess.DEVNULL)
    assert asked.wait(PATIENCE * 2) == 0


def ask(base: Base, what: str) -> None:
    code = f"from lierre.people.models import Import; Import.objects.latest('pk').ask_{what}(by='the tests')"
    assert base.shell(code).wait(PATIENCE) == 0


def finish(base: Base) -> None:
    base.let_leases_end()
    assert base.worker("--once").wait(PATIENCE * 2) == 0


def one(base: Base, question: str) -> Any:
    return base.rows(question)[0][0]


def contents(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: sorted(tuple(map(str, row)) for row in base.rows(f"SELECT {columns} FROM {table}"))
        for table, columns in COMPARED.items()
    }


def assert_the_same(calm: Base, hurt: Base) -> None:
    one_base, other = contents(calm), contents(hurt)
    for table in COMPARED:
        assert other[table] == one_base[table], table
    check = hurt.lierre("rebuild", "--check", output=subprocess.PIPE)
    told, _nothing = check.communicate(timeout=PATIENCE * 2)
    assert check.returncode == 0, told


def test_an_apply_that_is_killed_twice_goes_on_and_writes_nothing_twice(twins: tuple[Base, Base]) -> None:
    calm, hurt = twins
    ask(calm, "apply")
    finish(calm)
    ask(hurt, "apply")
    written = "SELECT max(written) FROM people_import WHERE state = 'applying'"

    for least in (1, 4_000):
        worker = hurt.worker()
        hurt.until(lambda least=least: (one(hurt, written) or 0) >= least)
        kill(worker)
        assert least <= one(hurt, written) < len(SECOND)
        hurt.let_leases_end()
    finish(hurt)

    assert one(hurt, "SELECT attempts FROM foundation_work ORDER BY id DESC LIMIT 1") == 3
    assert one(hurt, "SELECT count(*) FROM people_record") > len(SECOND)
    assert_the_same(calm, hurt)


def test_a_revert_that_is_killed_goes_on_to_its_end(twins: tuple[Base, Base]) -> None:
    calm, hurt = twins
    for base in twins:
        ask(base, "apply")
        finish(base)
        ask(base, "revert")
    finish(calm)
    records = "SELECT count(*) FROM people_record"
    whole, first = one(hurt, records), one(calm, records)

    worker = hurt.worker()
    hurt.until(lambda: one(hurt, records) < whole)
    kill(worker)
    assert one(hurt, "SELECT state FROM people_import ORDER BY id DESC LIMIT 1") == "reverting"
    assert first < one(hurt, records) < whole
    finish(hurt)

    assert first == 500
    assert_the_same(calm, hurt)


def test_a_rehearsal_that_is_killed_begins_again_and_judges_the_same(twins: tuple[Base, Base]) -> None:
    calm, hurt = twins
    for base in twins:
        ask(base, "rehearsal")
    finish(calm)

    worker = hurt.worker()
    hurt.until(lambda: one(hurt, "SELECT state FROM people_import ORDER BY id DESC LIMIT 1") == "rehearsing")
    kill(worker)
    finish(hurt)

    counts = "SELECT state FROM people_import ORDER BY id"
    assert hurt.rows(counts) == calm.rows(counts) == [("applied",), ("rehearsed",)]
    assert_the_same(calm, hurt)
