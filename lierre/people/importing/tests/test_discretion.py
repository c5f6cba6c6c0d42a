"""Nothing of a person reaches a log, nor the row of a work that failed."""

import logging
import traceback

import pytest
from django.db import connection

from lierre.foundation.errors import Refused
from lierre.foundation.models import Work
from lierre.foundation.models.journal import Entry
from lierre.people.importing.discretion import Accident, discreet
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.tests.bringing import AMELIE, APOGEE, ERWAN, bring, file, rehearse

pytestmark = pytest.mark.django_db
SECRETS = ("HERVE", "Herve", "AMELIE", "Amelie", "Sternes", "20901412", "1407412058", "31/02/1994", "BELLEC")


@discreet
def stumble(on: str) -> None:
    int(on)


def test_an_accident_says_where_and_of_what_kind_and_not_on_what():
    name = " ".join(["Amélie", "Hervé"])

    with pytest.raises(Accident) as accident:
        stumble(name)

    told = "".join(traceback.format_exception(accident.value))
    assert "ValueError" in told
    assert "test_discretion.py" in told
    assert name not in told


def test_an_accident_that_passes_through_several_hands_still_says_what_it_was():
    @discreet
    @discreet
    def stumble():
        raise ValueError("Amélie Hervé")

    with pytest.raises(Accident, match=r"^ValueError"):
        stumble()


def test_answers_pass_as_they_are_and_a_file_that_cannot_be_read_is_a_sentence():
    @discreet
    def refuse() -> None:
        raise Refused("No.")

    @discreet
    def misread() -> None:
        raise Unreadable("truncated", "envoi.zip")

    with pytest.raises(Refused, match=r"^No\.$"):
        refuse()
    with pytest.raises(Refused, match="cut short"):
        misread()


def test_an_import_that_the_base_refuses_leaves_no_name_behind(caplog):
    """A rule of the base that quotes what it refuses, as those of PostgreSQL do."""
    imported = rehearse(bring(file(APOGEE, AMELIE, ERWAN.replace("28/02/1994", "31/02/1994"))))
    work = imported.ask_apply(by="Solenn Kerbrat")
    with connection.cursor() as cursor:
        cursor.execute(quoting_rule())

    with caplog.at_level(logging.DEBUG), pytest.raises(Accident) as accident:
        work.run_now()
    logging.getLogger("lierre").exception("Work failed.", exc_info=accident.value)

    work.refresh_from_db()
    kept = [str(accident.value), "".join(traceback.format_exception(accident.value)), caplog.text, work.failure]
    kept += [str(line) for line in work.log] + [str(vars(entry)) for entry in Entry.objects.all()]
    assert work.state == Work.State.FAILED
    assert not [secret for secret in SECRETS if secret in "\n".join(kept)]


def quoting_rule() -> str:
    if connection.vendor == "postgresql":
        return "ALTER TABLE people_record ADD CONSTRAINT nobody CHECK (id < 0) NOT VALID"
    return (
        "CREATE TRIGGER nobody BEFORE INSERT ON people_record BEGIN"
        " SELECT json(substr(new.raw, 2)); SELECT RAISE(ABORT, 'HERVE AMELIE 14 rue des Sternes'); END"
    )


def test_a_rehearsal_logs_nothing_of_the_lines_it_reads(caplog):
    with caplog.at_level(logging.DEBUG, logger="lierre"):
        rehearse(bring(file(APOGEE, AMELIE, ERWAN.replace("28/02/1994", "31/02/1994"))))

    assert not [secret for secret in SECRETS if secret in caplog.text]
    for entry in Entry.objects.all():
        assert not [secret for secret in SECRETS if secret in str(vars(entry))]
