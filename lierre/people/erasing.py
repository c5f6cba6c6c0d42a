"""Erasing a person: the only way to remove what was said. The journal keeps that it was done, not what was said.

Nothing that names them stays: neither rows, nor words to search, nor waiting lines, nor the files that were brought.
"""

import shutil
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lierre.accounts.models import Invitation
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.foundation.models.work import Work
from lierre.people import projection
from lierre.people.forgetting import Forgotten, forget_in_files, scrubbed
from lierre.people.marks import Marks
from lierre.people.models import Decision, Import, NameWord, Person, QuarantinedLine, Record, RecordKey
from lierre.people.rebuilding import USES, stored, words_of

# While one of these is under way, its file and its lines are being read by somebody else.
BUSY: Final = ("rehearsing", "applying", "reverting")


def erase(person: Person, *, by: Any, reason: str) -> None:
    """Remove the person, their records and keys, and what names them elsewhere. Nothing brings them back but a new file."""
    if not reason.strip():
        raise Refused(_("Say why this person is erased: the register must show it."))
    if Import.objects.filter(state__in=BUSY).exists():
        raise Refused(_("An import is being read or written just now: wait until it is finished, then ask again."))
    records = list(Record.objects.filter(person=person))
    marks = Marks.of(person)
    # The files first, outside the transaction: it is long, and stopped half-way it can be begun again.
    forgotten = forget_in_files(records, marks)
    folders = [imported.folder for imported in Import.objects.filter(member_id=person.pk)]
    with transaction.atomic():
        forget_imports(person, marks, forgotten)
        forget_waiting_lines(person, records, marks, forgotten)
        forget_records(person, records)
        account = person.account
        forget_words(person)
        journal("person.erased", person, by=by, why=marks.veil(reason), records=len(records),
                files_emptied=len(forgotten.emptied), files_destroyed=len(forgotten.destroyed))  # fmt: skip
        person.delete()
        Invitation.objects.filter(email__in=marks.numbers).delete()
        if account is not None and account.unnamed_in_journal:
            Invitation.objects.filter(Q(accepted_by=account) | Q(email=account.email)).delete()
            Work.objects.asked_by(account).update(by_name="", title="")
            account.delete()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def forget_records(person: Person, records: list[Record]) -> None:
    numbers = [record.pk for record in records]
    hashes = {key.hash for record in records for key in record.keys}
    RecordKey.objects.filter(hash__in=hashes, record_id__in=numbers).delete()
    Decision.objects.filter(Q(record__in=numbers) | Q(before=person) | Q(after=person)).delete()
    Record.objects.filter(pk__in=numbers).delete()


def forget_waiting_lines(person: Person, records: list[Record], marks: Marks, forgotten: Forgotten) -> None:
    """Lines put aside that came with them, point at them, or bear their numbers or their name."""
    numbers = {record.pk for record in records}
    hashes = {key.hash for record in records for key in record.keys}
    theirs = [
        line.pk
        for line in QuarantinedLine.objects.iterator(chunk_size=2_000)
        if line.record_id in numbers
        or person.pk in line.candidates
        or hashes & set(line.keys)
        or (line.delivery_id, line.line) in forgotten.lines
        or marks.are_in(f"{line.value} {line.raw}")
    ]
    QuarantinedLine.objects.filter(pk__in=theirs).delete()


def forget_imports(person: Person, marks: Marks, forgotten: Forgotten) -> None:
    """What they brought themselves goes whole; what was not applied yet must be rehearsed again without them."""
    for imported in Import.objects.filter(member_id=person.pk):
        Work.objects.filter(arguments__import_id=imported.pk).delete()
        Record.objects.filter(delivery__imported=imported, person=person).delete()
        # A record that was given to somebody else keeps the name of the file it came in.
        if not Record.objects.filter(delivery__imported=imported).exists():
            imported.delete()
    for imported in Import.objects.exclude(rehearsal={}):
        if scrubbed(imported, marks, person.public_id):
            imported.save(update_fields=["rehearsal"])
    for imported in Import.objects.filter(pk__in=forgotten.imports, state__in=["rehearsed", "reverted"]):
        imported.become_ready()


def forget_words(person: Person) -> None:
    """Words of names and of employers that nobody else bears. The index is rewritten, for it remembers what it lost."""
    terms = {number for (number,) in terms_of(person)}
    words = {
        word
        for _person, *names in stored("people_names", ("rowid", "n0", "n1"), "rowid", person.pk, person.pk)
        for text in names
        for word in words_of(text)
    }
    projection.clear([person.pk])
    projection.changed([person.pk])
    NameWord.objects.filter(word__in=[word for word in words if not is_borne(word)]).delete()
    unused = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {table} WHERE {column} = term.id)" for table, column in USES)
    with connection.cursor() as cursor:
        for number in sorted(terms):
            cursor.execute(f"DELETE FROM people_term AS term WHERE id = %s AND {unused}", [number])
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO people_names (people_names) VALUES ('optimize')")


def terms_of(person: Person) -> list[tuple[int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT employer_id FROM people_position WHERE person_id = %s AND employer_id IS NOT NULL", [person.pk]
        )
        return list(cursor.fetchall())


def is_borne(word: str) -> bool:
    """Whether a name of somebody holds this word."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            phrase = '"' + word.replace('"', '""') + '"'
            cursor.execute("SELECT 1 FROM people_names WHERE people_names MATCH %s LIMIT 1", [phrase])
        else:
            query = projection.lexemes(word)
            cursor.execute("SELECT 1 FROM people_names WHERE (n0 || n1) @@ %s::tsquery LIMIT 1", [query])
        return cursor.fetchone() is not None
