"""Somebody stops an import, or two of them meet: the base is never left half-way."""

import pytest

from lierre.foundation.errors import Refused
from lierre.foundation.models import Work
from lierre.foundation.models.work import Cancelled
from lierre.people.importing.tests.bringing import (
    AMELIE,
    APOGEE,
    BY,
    ERWAN,
    GWEN,
    apply,
    base,
    bring,
    counts,
    file,
    rehearse,
    revert,
)
from lierre.people.models import Import
from lierre.people.rebuilding import rebuild

pytestmark = pytest.mark.django_db
SCHOOL = file(APOGEE, AMELIE, ERWAN)


def stopped(work: Work) -> Work:
    """Somebody has pressed the button, and the worker will see it at its next step."""
    Work.objects.filter(pk=work.pk).update(cancel_asked=True)
    return work


def test_an_apply_that_somebody_stops_takes_back_what_it_had_written_and_can_be_asked_again():
    apply(bring(file(APOGEE, GWEN)))
    before = base()
    imported = rehearse(bring(SCHOOL))

    with pytest.raises(Cancelled):
        stopped(imported.ask_apply(by=BY)).run_now()

    imported.refresh_from_db()
    assert imported.state == Import.State.READY
    assert base() == before
    assert counts(apply(imported)) == {"new": 2}


def test_a_revert_goes_to_its_end_whoever_asks_it_to_stop():
    imported = apply(bring(SCHOOL))

    stopped(imported.ask_revert(by=BY)).run_now()

    imported.refresh_from_db()
    assert imported.state == Import.State.REVERTED
    assert not any(base().values())


def test_a_rehearsal_that_somebody_stops_leaves_the_import_ready():
    imported = bring(SCHOOL)

    with pytest.raises(Cancelled):
        stopped(imported.ask_rehearsal(by=BY)).run_now()

    imported.refresh_from_db()
    assert (imported.state, imported.rehearsal) == (Import.State.READY, {})


def test_two_imports_never_write_at_once():
    first, second = rehearse(bring(SCHOOL)), rehearse(bring(file(APOGEE, GWEN)))
    Import.objects.filter(pk=first.pk).update(state=Import.State.APPLYING)

    with pytest.raises(Refused, match="Another import is being written"):
        second.ask_apply(by=BY).run_now()

    second.refresh_from_db()
    assert second.state == Import.State.REHEARSED


def test_an_import_is_asked_one_thing_at_a_time():
    imported = rehearse(bring(SCHOOL))
    imported.ask_apply(by=BY)

    for ask in (imported.ask_apply, imported.ask_rehearsal):
        with pytest.raises(Refused, match="already under way"):
            ask(by=BY)


def test_what_was_asked_of_an_import_that_has_changed_since_is_refused():
    """Somebody says who speaks between the moment an apply is asked for and the moment a worker takes it."""
    imported = rehearse(bring(SCHOOL))
    work = imported.ask_apply(by=BY)
    imported.describe(source=imported.source, asserted_on=imported.asserted_on, by=BY)

    with pytest.raises(Refused, match="cannot be done now"):
        work.run_now()

    assert not any(base().values())


def test_a_worker_that_died_five_times_leaves_an_import_that_can_still_be_rehearsed():
    imported = bring(SCHOOL)
    Import.objects.filter(pk=imported.pk).update(state=Import.State.REHEARSING)
    imported.refresh_from_db()

    assert counts(rehearse(imported)) == {"new": 2}


def test_files_that_have_gone_are_a_sentence_and_no_accident():
    imported = rehearse(bring(SCHOOL))
    for path in imported.folder.iterdir():
        path.unlink()

    with pytest.raises(Refused):
        imported.ask_apply(by=BY).run_now()
    imported.refresh_from_db()
    with pytest.raises(Refused):
        imported.ask_rehearsal(by=BY).run_now()

    assert not any(base().values())
    assert rebuild(only_check=True).differences == 0


def test_an_import_can_be_taken_back_after_its_files_have_gone():
    imported = apply(bring(SCHOOL))
    for path in imported.folder.iterdir():
        path.unlink()

    revert(imported)

    assert not any(base().values())
