"""However many processors there are, what is found is the same."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from lierre.people.matching import batch
from lierre.people.matching.batch import run
from lierre.people.matching.processors import PROCESSORS, Processors
from lierre.people.matching.tests.conftest import Line
from lierre.people.matching.tests.test_command import folder

__all__ = ["folder"]  # a fixture


@pytest.fixture(params=[1, 2, 3])
def several(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(Processors, "count", lambda _self: request.param)
    with PROCESSORS.for_one_work():
        yield request.param


def test_answers_come_in_the_order_of_the_works(several: int) -> None:
    works = [lambda rank=rank: (rank, np.full(3, rank)) for rank in range(20)]
    answers = PROCESSORS.at_once(works)
    assert [rank for rank, _row in answers] == list(range(20))
    assert [int(row.sum()) for _rank, row in answers] == [3 * rank for rank in range(20)]


def test_every_share_is_taken_once(several: int) -> None:
    taken = PROCESSORS.each(list, 50)
    assert len(taken) <= several
    assert sorted(rank for some in taken for rank in some) == list(range(50))


def test_a_fault_is_raised_whoever_meets_it(several: int) -> None:
    def fails(rank: int) -> None:
        if rank == 7:
            raise ValueError("This share cannot be done.")

    with pytest.raises(ValueError, match="cannot be done"):
        PROCESSORS.at_once([lambda rank=rank: fails(rank) for rank in range(12)])


def test_a_copy_does_one_work_while_this_process_does_another(several: int) -> None:
    beside = PROCESSORS.beside(lambda: (os.getpid(), PROCESSORS.workers(8), np.arange(5)))
    assert (beside is None) == (several == 1)
    if beside is not None:
        number, workers, found = beside.answer()
        assert number != os.getpid()
        assert workers == 1  # it makes no copies of its own
        assert found.tolist() == [0, 1, 2, 3, 4]
    failing = PROCESSORS.beside(lambda: 1 // 0)
    if failing is not None:
        with pytest.raises(ZeroDivisionError):
            failing.answer()


def test_a_copy_that_is_stopped_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Processors, "count", lambda _self: 2)
    mine = os.getpid()

    def stops(shares: Iterator[int]) -> int:
        if os.getpid() != mine:
            os._exit(1)
        return sum(shares)

    with PROCESSORS.for_one_work(), pytest.raises(MemoryError, match="has been stopped"):
        PROCESSORS.each(stops, 4)


def test_two_files_have_the_same_pairs_on_any_number_of_processors(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(folder, "link", monkeypatch, 1) == written(folder, "link", monkeypatch, 2)
    assert written(folder, "link", monkeypatch, 3) == written(folder, "link", monkeypatch, None)


def test_one_file_has_the_same_groups_on_any_number_of_processors(
    folder: Path, base: list[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    again = "".join((folder / "left.csv").read_text(encoding="utf-8").splitlines(keepends=True)[1:40])
    with (folder / "left.csv").open("a", encoding="utf-8") as file:
        file.write(again.replace("I", "J"))
    found = [written(folder, "dedupe", monkeypatch, count) for count in (1, 3, None)]
    assert found[0].count("\n") > 20
    assert found[1] == found[0] == found[2]


def written(folder: Path, task: str, monkeypatch: pytest.MonkeyPatch, processors: int | None) -> str:
    """What is written with so many processes; None: by threads."""
    monkeypatch.setattr(batch, "AT_ONCE", 300)  # pairs: many shares
    monkeypatch.setattr(Processors, "count", lambda _self: processors or 2)
    right = f"{folder}/right.csv" if task == "link" else None
    asked = (task, f"{folder}/left.csv", right, f"{folder}/schema.json", f"{folder}/out.csv")
    if processors:
        with PROCESSORS.for_one_work():
            run(*asked)
    else:
        run(*asked)
    return (folder / "out.csv").read_text(encoding="utf-8")
