"""What a process of its own does, on a folder of its own: twelve persons reach the end of the clock, and the power fails.

`prepare`, then `die` (killed -9 while the seventh goes), then `go on`. Prints what stands in the base and in the raw files.
"""

import json
import os
import signal
from datetime import date, timedelta
from pathlib import Path

MANY = 12
WORDS = ("trégastel", "tregastel", "courriel.example", "cabinet pors")


def main(folder: str, step: str, way: str) -> None:
    {"prepare": prepare, "die": die, "go_on": go_on}[step](way)
    print(json.dumps(told(Path(folder))))  # noqa: T201


def prepare(way: str) -> None:
    from django.utils import timezone

    from lierre.people.models import Import, Person, Source
    from lierre.people.tests.imports import applied
    from lierre.privacy.models import Clock, Letter, Purpose

    school = Source.objects.create(name="Scolarité", kind="school", siglum="S")
    rows = [
        {"NOM": f"Trégastel{at:02d}x" if way == "leave" else f"Riou{at}", "PRENOM": "Enora", "NUMERO": f"2199{at:04d}",
         "MEL": f"enora{at}@courriel.example", "ANNEE": "2015", "DIPLOME": "Licence", "EMPLOYEUR": "Cabinet Pors",
         "POSTE": "Gérante"}
        for at in range(MANY)
    ]  # fmt: skip
    applied(rows, school, date(2020, 1, 5), by="the tests")
    Import.objects.update(applied_at=timezone.now() - timedelta(days=5 * 365))
    Clock.turn(True, by="the tests", reason="Tests.")
    if way == "stay":
        annuaire = Purpose.objects.get(key="annuaire")
        annuaire.keep({"families": ["identity", "studies"], "retention_months": 120}, by="the tests", reason="Dix ans.")
    lately = timezone.now() - timedelta(days=31)
    for person in Person.objects.all():
        Letter.objects.create(person=person, kind="permission", turn=lately.year * 10 + 2, written_at=lately)


def die(way: str) -> None:
    """While the seventh is being written, in the middle of its transaction."""
    from lierre.people import erasing, erasing_families

    module, name = (erasing, "write_off") if way == "leave" else (erasing_families, "replace")
    do, count = getattr(module, name), 0
    erasing.AT_ONCE = erasing_families.AT_ONCE = 3

    def until_the_seventh(*values, **options):  # type: ignore[no-untyped-def]
        nonlocal count
        count += 1
        do(*values, **options)
        if count == 7:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, until_the_seventh)
    go_on(way)


def go_on(_way: str) -> None:
    """The duty of the night; then, as every ten minutes, whatever the list of erasings says was begun and not ended."""
    from lierre.privacy import ledger
    from lierre.privacy.duties import let_people_go

    let_people_go()
    ledger.erase_again(by="privacy")


def told(folder: Path) -> dict[str, object]:
    from lierre.foundation.models import Entry
    from lierre.people.models import ContactPoint, Person
    from lierre.people.rebuilding import rebuild
    from lierre.privacy.models import ArchivedDegree

    found = {}
    for path in folder.rglob("*"):
        text = path.read_bytes().decode("utf-8", "replace").lower() if path.is_file() else ""
        found |= {word: path.name for word in WORDS if word in text}
    return {
        "persons": Person.objects.count(), "contacts": ContactPoint.objects.count(),
        "archived": ArchivedDegree.objects.count(), "differences": rebuild(only_check=True).differences,
        "erased": Entry.objects.of_verb("person.erased").count(),
        "pruned": Entry.objects.of_verb("person.families_erased").count(), "found": found,
    }  # fmt: skip
