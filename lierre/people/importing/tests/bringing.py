"""Files brought as an office brings them, and what the base then holds."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from lierre.people.importing.receiving import receive
from lierre.people.models import Import, Source

BY = "Solenn Kerbrat"
APOGEE = (
    "COD_ETU;COD_NNE_IND;COD_CLE_NNE_IND;LIB_NOM_PAT_IND;LIB_PR1_IND;DATE_NAI_IND;LIB_AD1;COD_BDI;COD_ANU;COD_ETP;ETA_IAE;"
    "TEM_DIP_IAE;LIB_ETP"
)
AMELIE = "20901412;1407412058;K;HERVE;AMELIE;17/05/1991;14 rue des Sternes;29600;2013;MASSS2;E;O;Master Statistique et société"
ERWAN = "21001733;1507412059;L;BELLEC;ERWAN;28/02/1994;3 rue du Port;29200;2016;GEII3;E;O;Licence Génie électrique"
GWEN = "21101999;1607412050;M;RIOU;GWENAELLE;02/11/1995;9 quai Est;22300;2017;BIO2;E;O;Master Biologie marine"
NIGHT = "Identifiant AF\tIdentifiant école\tPrénom\tNom d'état civil\tNPAI\tEmail personnel 1"
# What stands for a person, and nothing that only remembers: files, marks of changes, words once met.
TABLES = (
    "people_person", "people_record", "people_recordkey", "people_study", "people_position", "people_contactpoint",
    "people_directoryentry",
)  # fmt: skip
NOT_COMPARED = {"public_id", "delivery_id", "account_id"}


def witness(kind: str = "school", name: str = "", **fields: Any) -> Source:
    names = {"school": "Scolarité", "platform": "AlumnForce", "third": "Association des diplômés"}
    return Source.objects.get_or_create(
        name=name or names[kind], defaults={"kind": kind, "siglum": kind[0].upper(), **fields}
    )[0]


def file(header: str, *lines: str) -> bytes:
    return "\r\n".join((header, *lines, "")).encode()


def bring(
    *files: bytes | tuple[str, bytes], source: Source | None = None, day: date = date(2026, 10, 1), **more: Any
) -> Import:
    named = [each if isinstance(each, tuple) else (f"envoi-{at}.csv", each) for at, each in enumerate(files)]
    streams = [(name, io.BytesIO(content)) for name, content in named]
    return receive(streams, by=BY, source=source or witness(), asserted_on=day, **more)


def rehearse(imported: Import) -> Import:
    imported.ask_rehearsal(by=BY).run_now()
    imported.refresh_from_db()
    return imported


def apply(imported: Import) -> Import:
    """Rehearsed first when it is not yet."""
    if imported.state != Import.State.REHEARSED:
        rehearse(imported)
    imported.ask_apply(by=BY).run_now()
    imported.refresh_from_db()
    return imported


def revert(imported: Import) -> Import:
    imported.ask_revert(by=BY).run_now()
    imported.refresh_from_db()
    return imported


def counts(imported: Import) -> dict[str, int]:
    """The outcomes that occur."""
    return {name: count for name, count in imported.rehearsal["counts"].items() if count}


def base(but: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row about persons, whatever its number."""
    held = {}
    for table in TABLES:
        if table in but:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            kept = [
                at for at, name in enumerate(names) if name not in NOT_COMPARED and (name != "id" or table == "people_person")
            ]  # fmt: skip
            held[table] = sorted(tuple(str(row[at]) for at in kept) for row in cursor.fetchall())
    return held
