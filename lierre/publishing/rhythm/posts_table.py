"""A table of posts that somebody prepared elsewhere: its columns are recognised, each line is understood or refused."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.faults import Fault, advice, sentence
from lierre.people.importing.reading import Limits, open_upload
from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.statement import Unreadable
from lierre.people.importing.table import Row, Table
from lierre.publishing.models import Account, Post
from lierre.publishing.models.post import split
from lierre.publishing.network_names import name_of
from lierre.publishing.rhythm.clock import instant

MOST_LINES: Final = 2_000
LIMITS: Final = Limits(file=10 * 1024 * 1024)
LONGEST: Final = 20_000
NINE: Final = time(9)
# What each column may be called, in French and in English, as `fold_header` writes it.
COLUMNS: Final = {
    "day": {"date", "jour", "day", "date de publication", "publication date", "scheduled date", "date prevue"},
    "hour": {"heure", "hour", "time", "heure de publication", "horaire"},
    "text": {"texte", "text", "message", "contenu", "content", "post", "publication", "corps"},
    "accounts": {
        "comptes", "compte", "accounts", "account", "reseaux", "reseau", "networks", "network", "canal", "canaux", "channel",
        "channels",
    },
    "title": {"titre", "title", "intitule", "sujet", "subject"},
    "campaign": {"campagne", "campaign"},
    "objective": {"objectif", "objective"},
    "audience": {"public", "cible", "audience", "pour qui"},
    "kind": {"type", "genre", "kind", "nature"},
    "language": {"langue", "language", "lang"},
}  # fmt: skip
NEEDED: Final = ("text", "accounts")
LENGTHS: Final = {"title": 150, "campaign": 100, "objective": 200, "audience": 200}
DAY: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
HOUR: Final = re.compile(r"(\d{1,2})\s*(?:[h:]\s*(\d{2})?)?(?::\d{2})?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Reader:
    """`known`: what accounts may be called → the account; None when several are. `zone`: the clock of the hours."""

    known: Mapping[str, Account | None]
    zone: str

    def understood(self, line: Mapping[str, str]) -> dict[str, Any]:
        """What is to be written. Refuses with a sentence."""
        text = line.get("text", "").strip()
        if not text:
            raise Refused(_("There is no text."))
        if len(text) > LONGEST:
            raise Refused(_("The text is longer than any network takes."))
        parts, accounts, due_at = split(text), self.accounts(line.get("accounts", "")), self.due_at(line)
        intent = {name: short(line.get(name, ""), most) for name, most in LENGTHS.items() if line.get(name, "").strip()}
        intent |= {"kind": kind(line.get("kind", "")), "language": language(line.get("language", ""))}
        names = sorted(account.name for account in accounts)
        said = "\n".join([due_at.isoformat() if due_at else "", *names, *parts])
        return {
            "parts": parts, "accounts": [account.pk for account in accounts], "names": [str(each) for each in accounts],
            "due_at": due_at.isoformat() if due_at else "", "intent": intent,
            "reference": f"line:{sha256(said.encode()).hexdigest()}",
        }  # fmt: skip

    def accounts(self, cell: str) -> list[Account]:
        names = [name.strip() for name in re.split(r"[,;|\n]", cell) if name.strip()]
        if not names:
            raise Refused(_("There is no account."))
        found = {}
        for name in names:
            key = fold_header(name.removeprefix("@"))
            account = self.known.get(key)
            if account is None and key in self.known:
                raise Refused(_("“%(name)s” may be several accounts: give its short name.") % {"name": name})
            if account is None:
                raise Refused(_("No account on which you write is called “%(name)s”.") % {"name": name})
            found[account.pk] = account
        return list(found.values())

    def due_at(self, line: Mapping[str, str]) -> datetime | None:
        day_said, hour_said = line.get("day", "").strip(), line.get("hour", "").strip()
        if not day_said:
            if hour_said:
                raise Refused(_("There is an hour without a date."))
            return None
        day, _t, rest = day_said.replace("T", " ").partition(" ")
        if rest and not HOUR.fullmatch(rest.strip()):
            day = day_said  # no hour follows it: the whole of it is quoted
        at = instant(day_of(day), hour_of(hour_said or rest) if hour_said or rest else NINE, self.zone)
        if at <= timezone.now():
            raise Refused(_("This moment has passed."))
        return at


def day_of(said: str) -> date:
    """
    >>> day_of("1/12/2026"), day_of("2026-12-01")
    (datetime.date(2026, 12, 1), datetime.date(2026, 12, 1))
    """
    try:
        if found := DAY.fullmatch(said):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(said)
    except ValueError:
        raise Refused(_("“%(value)s” is not a date that exists: write 01/12/2026.") % {"value": said}) from None


def hour_of(said: str) -> time:
    """
    >>> [hour_of(said).isoformat("minutes") for said in ("9h", "9 h 30", "14:05:00", "8")]
    ['09:00', '09:30', '14:05', '08:00']
    """
    found = HOUR.fullmatch(said.strip())
    try:
        if found is None:
            raise ValueError(said)
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise Refused(_("“%(value)s” is not an hour: write 9:30.") % {"value": said}) from None


def short(said: str, most: int) -> str:
    text = " ".join(said.split())
    if len(text) > most:
        raise Refused(_("“%(start)s…” is too long: %(most)d signs at most.") % {"start": text[:30], "most": most})
    return text


def kind(said: str) -> str:
    """By its code, or by its name in the language of whoever reads; news when nothing is said."""
    if not said.strip():
        return str(Post.Kind.NEWS)
    names = {fold_header(str(label)): code for code, label in Post.Kind.choices} | {
        code: code for code in Post.Kind.values
    }
    found = names.get(fold_header(said))
    if found is None:
        known = ", ".join(str(label) for _code, label in Post.Kind.choices)
        raise Refused(_("“%(value)s” is no kind of post. Known: %(known)s.") % {"value": said, "known": known})
    return str(found)


def language(said: str) -> str:
    code = fold_header(said)[:2] or "fr"
    if code not in {"fr", "en", "br"}:
        raise Refused(_("“%(value)s” is no language of ours: fr, en or br.") % {"value": said})
    return code


def names_of(accounts: Iterable[Account]) -> dict[str, Account | None]:
    """An account goes by its short name, its label, its name over there; and by its network, when it is alone on it."""
    found: dict[str, Account | None] = {}
    every = list(accounts)
    for account in every:
        for name in {account.label, account.handle, name_of(account.network), account.network} - {""}:
            key = fold_header(name.removeprefix("@"))
            found[key] = None if found.get(key, account) != account else account
    return found | {fold_header(account.name): account for account in every}


def columns(header: Sequence[str]) -> dict[str, int]:
    """Which column is which. Refuses a table without those that are needed."""
    folded = fold_header(header)
    found = {name: place for name, known in COLUMNS.items() for place, cell in enumerate(folded) if cell in known}
    missing = [name for name in NEEDED if name not in found]
    if missing:
        words = {"text": _("text"), "accounts": _("accounts")}
        raise Refused(
            _("There is no column for: %(missing)s. The columns are: date, hour, text, accounts, title, campaign.")
            % {"missing": ", ".join(words[name] for name in missing)}
        )
    return found


def table_of(path: Path, name: str) -> Table:
    """The first table of the file, whatever the file is."""
    try:
        for found in open_upload(path, name, LIMITS):
            if isinstance(found, Table):
                return found
    except Unreadable as refusal:
        raise Refused(f"{sentence(refusal.fault)} {advice(refusal.fault)}") from None
    raise Refused(_("There is no table in this file."))


def lines_of(table: Table, reader: Reader) -> Iterator[dict[str, Any]]:
    """Each line, understood, or with the reason why not."""
    places = columns(table.header)
    for count, row in enumerate(table.rows()):
        if count >= MOST_LINES:
            raise Refused(_("There are more than %(most)d lines: cut the file.") % {"most": MOST_LINES})
        if isinstance(row, Fault):
            cells = list(getattr(row, "cells", ()))
            yield {"number": row.line, "cells": cells, "reason": f"{sentence(row)} {advice(row)}".strip()}
        elif any(cell.strip() for cell in row.cells):
            yield line_of(row, places, reader)


def line_of(row: Row, places: Mapping[str, int], reader: Reader) -> dict[str, Any]:
    cells = list(row.cells)
    said = {name: cells[place] for name, place in places.items() if place < len(cells)}
    try:
        return {"number": row.number, "cells": cells, "reason": ""} | reader.understood(said)
    except Refused as refusal:
        return {"number": row.number, "cells": cells, "reason": str(refusal)}
