"""Erasing is the only way to remove what was said: afterwards nothing names the person, nowhere."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from conftest import someone
from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.people.choosing import archive_source
from lierre.people.erasing import erase
from lierre.people.importing.receiving import receive
from lierre.people.linking import link, undo
from lierre.people.models import Import, Person, QuarantinedLine, Record
from lierre.people.rebuilding import rebuild
from lierre.people.saying import correct
from lierre.people.tests.imports import applied, rehearsed
from lierre.people.tests.witnesses import source

# Words that nobody else bears here, as they are written and as they are searched.
HERS = ["trégastel", "tregastel", "quéménéven", "quemeneven", "enora.t@", "21999999", "0639980199", "639980199"]
ENORA = {
    "NOM": "TRÉGASTEL", "PRENOM": "Enora", "USAGE": "Quéménéven", "NE_LE": "03/04/1992", "NUMERO": "21999999",
    "MEL": "enora.t@courriel.example", "POSTE": "Gérante", "EMPLOYEUR": "Cabinet Trégastel", "ANNEE": "2015",
}  # fmt: skip
ERWAN = {
    "NOM": "Bellec", "PRENOM": "Erwan", "NUMERO": "21700002", "MEL": "erwan@courriel.example", "ANNEE": "2015",
    "DIPLOME": "Licence",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def everything_in_the_base() -> str:
    """Every cell of every table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        else:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        cells: list[Any] = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            cells += [cell for row in cursor.fetchall() for cell in row]
    told = (cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)
    return b"\n".join(bytes(cell) for cell in told).decode("utf-8", "replace").lower()


def everything_in_the_files() -> str:
    kept = [path for path in (settings.DATA_DIR / "imports").rglob("*") if path.is_file()]
    kept += [path for path in settings.WATCHED_DIR.rglob("*") if path.is_file()]
    texts = []
    for path in kept:
        content = path.read_bytes()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                content = b"\n".join(archive.read(name) for name in archive.namelist() if not name.endswith("npz"))
        texts += [content.decode("utf-8", "replace"), content.decode("cp1252", "replace")]
    return "\n".join([*texts, *(path.name for path in kept)]).lower()


def named_in(text: str) -> list[str]:
    return [word for word in HERS if word in text]


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path) -> None:
    settings.DATA_DIR, settings.WATCHED_DIR = tmp_path, tmp_path / "watched"


@pytest.fixture
def enora_user(university) -> User:
    return someone("Enora Trégastel", "enora.t@courriel.example", "graduate", university)


@pytest.fixture
def enora(solenn, enora_user, university) -> Person:
    """Everything that leaves a trace: files of three kinds, waiting lines, corrections, links, an account, an archive."""
    applied([ENORA, ERWAN], source("school"), date(2026, 10, 1), by=solenn, encoding="cp1252")
    her = Person.objects.get(given="Enora")
    her.account = enora_user
    her.save(update_fields=["account"])
    correct(
        her, {"former": "Trégastel-Bihan"}, reason="Mme Trégastel a écrit depuis enora.t@courriel.example.", by=solenn
    )
    archive = receive(
        [("CV Enora Quéménéven.json", io.BytesIO(RESUME))], by=enora_user, source=archive_source(), member=her
    )
    archive.ask_rehearsal(by=enora_user).run_now()
    archive.refresh_from_db()
    archive.ask_apply(by=enora_user).run_now()
    # Not applied yet: it names her in its samples, and its line would bring her back.
    rehearsed([ENORA | {"POSTE": "Directrice"}, ERWAN], source("third"), date(2026, 11, 1), by=solenn, name="asso.csv")
    # A line that could not be taken: it waits, with her name.
    applied([ENORA | {"NE_LE": "31/02/1992"}, ERWAN], source("survey"), date(2026, 11, 2), by=solenn)
    assert QuarantinedLine.objects.filter(state="waiting").exists()
    with zipfile.ZipFile(archived := io.BytesIO(), "w") as archive_file:
        archive_file.writestr("export.csv", "NOM;PRENOM;MEL\nTRÉGASTEL;Enora;enora.t@courriel.example\n")
    archived.seek(0)
    receive([("envoi.zip", archived)], by=solenn, source=source("third"))
    (settings.WATCHED_DIR / "refused").mkdir(parents=True, exist_ok=True)
    (settings.WATCHED_DIR / "refused" / "abc.csv").write_text("x;enora.t@courriel.example\n")
    her.refresh_from_db()
    return her


RESUME = """{"basics": {"name": "Enora Quéménéven", "email": "enora.t@courriel.example", "phone": "+33639980199"},
 "work": [{"name": "Cabinet Trégastel", "position": "Gérante", "startDate": "2020-01-01"}]}""".encode()


def test_after_erasing_nothing_names_her(client, maiwenn, enora):
    assert set(HERS) - set(named_in(everything_in_the_base() + everything_in_the_files())) <= {"0639980199"}
    client.force_login(maiwenn)

    answer = client.post(
        reverse("people:erase", args=[enora.public_id]),
        {"name": str(enora), "reason": "Demande de Mme Trégastel du 3 mai."},
    )

    assert answer.status_code == 303
    assert named_in(everything_in_the_base()) == []
    assert named_in(everything_in_the_files()) == []


def test_the_journal_says_that_it_was_done_and_by_whom(maiwenn, enora):
    records = Record.objects.filter(person=enora).count()

    erase(enora, by=maiwenn, reason="Demande de Mme Trégastel du 3 mai.")

    line = Entry.objects.of_verb("person.erased").get()
    assert (line.by_name, line.subject_name, line.reason) == ("Maïwenn Tanguy", "", "Demande de Mme … du 3 mai.")
    assert line.details["records"] == records


def test_the_others_lose_nothing(maiwenn, solenn, enora):
    erwan = Person.objects.get(given="Erwan")
    before = list(Record.objects.filter(person=erwan).values_list("pk", "raw"))

    erase(enora, by=maiwenn, reason="À sa demande.")

    assert list(Record.objects.filter(person=erwan).values_list("pk", "raw")) == before
    assert erwan.entry.sort == "bellec, erwan"
    assert rebuild(only_check=True).differences == 0
    school = Import.objects.get(source__kind="school")
    assert "Bellec" in school.deliveries.get().path.read_text("cp1252")
    assert (school.deliveries.get().path.read_bytes().count(b"\r\n")) == 3


def test_what_waits_is_read_again_without_her_and_does_not_bring_her_back(maiwenn, solenn, enora):
    waiting = Import.objects.get(source__kind="third", state="rehearsed")

    erase(enora, by=maiwenn, reason="À sa demande.")
    waiting.refresh_from_db()
    assert waiting.state == "ready"
    waiting.ask_rehearsal(by=solenn).run_now()
    waiting.refresh_from_db()
    waiting.ask_apply(by=solenn).run_now()

    assert not Person.objects.filter(given="Enora").exists()
    assert not QuarantinedLine.objects.filter(value__icontains="enora").exists()


def test_an_import_without_her_can_be_reverted_and_applied_again(maiwenn, solenn, enora):
    erase(enora, by=maiwenn, reason="À sa demande.")
    school = Import.objects.get(source__kind="school")

    school.ask_revert(by=solenn).run_now()
    for step in ("ask_rehearsal", "ask_apply"):
        school.refresh_from_db()
        getattr(school, step)(by=solenn).run_now()

    assert Person.objects.filter(given="Erwan").exists()
    assert not Person.objects.filter(given="Enora").exists()
    assert rebuild(only_check=True).differences == 0


def test_a_colleague_who_is_erased_as_a_graduate_keeps_her_account(maiwenn, enora, enora_user, university):
    from lierre.accounts.models import Role

    Role.objects.create(user=enora_user, unit=university, kind="ambassador")

    erase(Person.objects.select_related("account").get(pk=enora.pk), by=maiwenn, reason="À sa demande.")

    assert User.objects.filter(pk=enora_user.pk).exists()


def test_nobody_is_erased_while_a_file_is_being_read(maiwenn, enora):
    Import.objects.filter(source__kind="third", state="rehearsed").update(state="rehearsing")

    with pytest.raises(Refused):
        erase(enora, by=maiwenn, reason="À sa demande.")

    assert Person.objects.filter(pk=enora.pk).exists()


def test_a_decision_leaves_no_name_in_the_journal_but_keeps_its_reason(solenn, enora):
    erwan = Person.objects.get(given="Erwan")
    record = Record.objects.filter(person=enora).first()

    undo(link(record, erwan, by=solenn, reason="Erwan Bellec et Enora Trégastel confondus."), by=solenn)

    reasons = Entry.objects.filter(verb__in=["record.linked", "record.unlinked"]).values_list("reason", flat=True)
    assert set(reasons) == {"Erwan … et Enora … confondus."}
    assert record.decisions.get().reason == "Erwan Bellec et Enora Trégastel confondus."


@pytest.mark.parametrize("change", [{"raw": "{}"}, {"facts": "{}"}, {"asserted": 1}, {"line": 9}, {"digest": 0}])
def test_the_base_refuses_that_a_record_be_changed(enora, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(person=enora).update(**change)
