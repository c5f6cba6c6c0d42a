"""
What somebody brings about themselves: a LinkedIn archive, a CV. Read once, compared line by line, kept where they tick.

The file never has a name of its own on this machine: it is gone when it has been read, even if we die meanwhile. What
it says waits in the page itself, sealed, until the person ticks; what they do not tick was never kept.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any, Final

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors.linkedin import Snapshot
from lierre.foundation.errors import Refused
from lierre.people.choosing import archive_source, member_source
from lierre.people.differences import Change, differences
from lierre.people.facts import FIELD
from lierre.people.faults import Fault, advice, sentence
from lierre.people.fold import Testimony, fold
from lierre.people.importing.dialects import recognise
from lierre.people.importing.dialects.linkedin_profile import tell
from lierre.people.importing.dialects.saying import Telling
from lierre.people.importing.reading import open_upload
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.statement import Statement, Unreadable
from lierre.people.importing.table import Document
from lierre.people.models.imports import EPOCH
from lierre.people.readings.sheet import Sheet
from lierre.people.saying import say

SALT: Final = "lierre.people.brought"
LIFE: Final = timedelta(hours=2)
LAST: Final = 2**62  # the number of a record that is not written yet
LISTS: Final = ("studies", "positions", "contacts")

Piece = tuple[str, Any]  # ("born", "1991-05-17"), ("positions", {"employer": …}): what is ticked or not


@dataclass(frozen=True, slots=True)
class Proposal:
    """One piece that would change something. `against_own`: they said otherwise here themselves, so it is not ticked."""

    number: int
    piece: Piece
    changes: tuple[Change, ...]
    against_own: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file says. `left_closed`: what was in it and was never opened. `doubts`: what could not be understood."""

    pieces: tuple[Piece, ...]
    left_closed: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def sealed(self, sheet: Sheet) -> str:
        """So that it may wait in the page: nobody else's, nothing added to it, for two hours."""
        return signing.dumps([sheet.person.public_id, self.pieces], salt=SALT, compress=True)


def read(name: str, stream: IO[bytes]) -> Brought:
    """Read one file about one person. Refused, with the reason, when it is nothing of the kind."""
    with nameless(stream) as path:
        try:
            found = [part for part in open_upload(path, name) if isinstance(part, Document)]
            dialects = [(document, dialect) for document in found if (dialect := recognise(document))]
            if len(dialects) != 1:
                raise Refused(_("This is neither a LinkedIn archive nor a CV that we can read: see how to have one."))
            document, dialect = dialects[0]
            said = list(dialect.statements(document))  # type: ignore[union-attr]
            closed = dialect.left_aside(document)  # type: ignore[union-attr]
        except Unreadable as refusal:
            raise Refused(f"{sentence(refusal.fault)} {advice(refusal.fault)}".strip()) from refusal
    if len(said) != 1 or isinstance(said[0], Fault):
        faults = [each for each in said if isinstance(each, Fault)]
        raise Refused(sentence(faults[0]) if faults else _("This file speaks of several persons: bring your own only."))
    return brought(said[0], closed)


def brought(said: Statement, closed: Iterable[str]) -> Brought:
    doubts = tuple(dict.fromkeys(sentence(doubt) for doubt in said.doubts))
    return Brought(tuple(pieces(said.facts)), tuple(closed), doubts)


def told_by_linkedin(snapshot: Snapshot) -> Brought:
    """The same as from an archive, by the right of portability. Nothing is said of what LinkedIn has not gathered yet."""
    if not snapshot.is_gathered:
        raise Refused(
            _("LinkedIn has not gathered your data yet: it takes minutes, sometimes a day. Ask again tomorrow.")
        )
    said = Telling()
    files = {name: [columns_folded(row) for row in rows] for name, rows in snapshot.files().items()}
    tell(said, files)
    return brought(Statement(1, {}, said.close(), doubts=tuple(said.doubts)), ())


def columns_folded(row: Mapping[str, str]) -> dict[str, str]:
    return dict(zip(fold_header(list(row)), row.values(), strict=True))


@contextmanager
def nameless(stream: IO[bytes]) -> Iterator[Path]:
    """The file, under a path that exists for this process alone and as long as it is read."""
    with tempfile.TemporaryFile() as file:
        copyfileobj(stream, file)
        file.flush()
        yield Path(f"/dev/fd/{file.fileno()}")


def pieces(facts: Mapping[str, Any]) -> Iterator[Piece]:
    """One by one: each value, each study, each position, each way to reach them."""
    for name, value in facts.items():
        if name in LISTS:
            yield from ((name, item) for item in value)
        elif name in FIELD and value not in ("", [], None):
            yield name, value


def together(some: Iterable[Piece]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, value in some:
        if name in LISTS:
            facts.setdefault(name, []).append(value)
        else:
            facts[name] = value
    return facts


def proposals(sheet: Sheet, some: Iterable[Piece]) -> list[Proposal]:
    """What would change, piece by piece. What is known already, or is the school's to say, proposes nothing."""
    found = []
    for number, piece in enumerate(some):
        if changes := changes_of(sheet, piece, "archive"):
            found.append(Proposal(number, piece, changes))
        elif changes := changes_of(sheet, piece, "member"):
            found.append(Proposal(number, piece, changes, against_own=True))
    return found


def changes_of(sheet: Sheet, piece: Piece, kind: str) -> tuple[Change, ...]:
    today = (timezone.localdate() - EPOCH).days
    said = Testimony(LAST, kind, today, together([piece]))  # type: ignore[arg-type]
    return tuple(differences(sheet.folded, fold([*sheet.testimonies, said], sheet.policy)))


def opened(sheet: Sheet, sealed: str) -> list[Piece]:
    """What waited in the page."""
    try:
        owner, held = signing.loads(sealed, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        raise Refused(_("This page waited too long: bring the file again.")) from None
    if owner != sheet.person.public_id:
        raise Refused(_("This file was brought by somebody else: bring yours."))
    return [(name, value) for name, value in held]


def keep(sheet: Sheet, sealed: str, ticked: Iterable[int], *, by: Any) -> int:
    """Keep what was ticked and still changes something: asked twice, it is kept once. Answers how many lines."""
    wanted = set(ticked)
    chosen = [each for each in proposals(sheet, opened(sheet, sealed)) if each.number in wanted]
    for source, some in (
        (archive_source(), [each.piece for each in chosen if not each.against_own]),
        (member_source(), [each.piece for each in chosen if each.against_own]),
    ):
        if some:
            say(together(some), source=source, by=by, person=sheet.person, verb="person.brought")
    return len(chosen)
