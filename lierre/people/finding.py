"""Someone that staff means to name: by a name, a student number, an e-mail, or the address of their page."""

from typing import Any, Final

from lierre.people.directory import looks
from lierre.people.directory.answering import answer
from lierre.people.directory.question import LONGEST_TEXT, Question
from lierre.people.directory.rows import Row, rows_of
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import Viewer
from lierre.people.matching.keys import Key
from lierre.people.models import Person, Record, RecordKey

MOST: Final = 8
STAFF: Final = Viewer(everything=True)


def persons_meant(text: str, but: Person | None = None, *, by: Any) -> list[Row]:
    """
    A few persons, those found by a number or an address first; never the one who is left out.

    Who is shown here is looked at as in the directory, so that the journal says it alike.
    """
    text = " ".join(text[:LONGEST_TEXT].replace("\0", " ").split())
    if not text:
        return []
    sight = sight_of(STAFF)
    found = rows_of(sight, known_as(text))
    known = {row.public_id for row in found} | ({but.public_id} if but else set())
    named = answer(Question(text=text), STAFF, MOST)
    rows = [*(row for row in found if but is None or row.public_id != but.public_id),
            *(row for row in named.rows if row.public_id not in known)][:MOST]  # fmt: skip
    looks.saw_list(rows, named, by=by)
    return rows


def known_as(text: str) -> list[int]:
    """Numbers of the persons whose public identifier, student number or proven e-mail this is."""
    keys = [Key("student_number", text), Key("ine", text.upper()), Key("email", text.lower())]
    records = RecordKey.objects.filter(hash__in=[key.hash for key in keys]).values("record_id")
    bearers = Record.objects.filter(pk__in=records, person__isnull=False).values_list("person_id", flat=True)
    address = Person.objects.filter(public_id=text.rstrip("/").rsplit("/", 1)[-1]).values_list("pk", flat=True)
    return list(dict.fromkeys([*address, *bearers]))
