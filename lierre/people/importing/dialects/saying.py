"""What documents share: pairs of a target and a value, put into facts as the columns of a table are."""

from collections.abc import Iterable
from typing import Any, Final

from lierre.people.facts import Facts
from lierre.people.faults import Fault
from lierre.people.importing.dialects.closing import as_facts, close
from lierre.people.importing.dialects.targets import TABLE
from lierre.people.importing.values import Misread
from lierre.people.importing.values.codes import country_of, level_of
from lierre.people.importing.values.dates import date_of

MOST: Final = 300  # things of one kind that one person may list


class Telling:
    """The facts of one document as they are found. What cannot be read is left out, and said."""

    def __init__(self, number: int = 1) -> None:
        self.number = number
        self.facts: dict[str, Any] = {}
        self.doubts: list[Fault] = []

    def put(self, target: str, value: Any, column: str) -> None:
        text = value.strip() if isinstance(value, str) else "" if value is None else str(value)
        if not text:
            return
        try:
            TABLE[target][1](self.facts, text)
        except Misread as misread:
            self.doubts.append(Fault(misread.code, self.number, column, text[:200]))

    def put_all(self, pairs: Iterable[tuple[str, Any, str]]) -> None:
        for target, value, column in pairs:
            self.put(target, value, column)

    def date(self, value: Any, column: str, order: str = "md") -> str:
        """A date, or nothing and a doubt."""
        text = value.strip() if isinstance(value, str) else ""
        try:
            return date_of(text, order)
        except Misread as misread:
            self.doubts.append(Fault(misread.code, self.number, column, text[:200]))
            return ""

    def country(self, value: Any) -> str:
        """A country when it is one: a region at the end of an address is no mistake."""
        try:
            return country_of(value) if isinstance(value, str) else ""
        except Misread:
            return ""

    def add(self, group: str, /, **thing: Any) -> None:
        """One more study, position or language, without its blanks, and once only."""
        said = {key: value for key, value in thing.items() if value not in ("", None)}
        held = self.facts.setdefault(group, [])
        if said and said not in held and len(held) < MOST:
            held.append(said)

    def add_study(self, degree: str, started: str, ended: str, **more: Any) -> None:
        if degree:
            year = int(ended[:4]) if ended else None
            self.add("studies", degree=degree, level=level_of(degree), year=year, started=started, ended=ended, **more)

    def add_position(self, employer: str, title: str, started: str, ended: str, **more: Any) -> None:
        if employer or title:
            self.add("positions", employer=employer, title=title, started=started, ended=ended, **more)

    def add_language(self, name: str, level: str = "") -> None:
        if name:
            self.add("languages", name=name[:60], level=level[:60])

    def add_certification(self, name: str, authority: str, obtained: str) -> None:
        """On one line: a certificate is shown, never compared with another."""
        if name:
            held = self.facts.setdefault("certifications", [])
            line = ", ".join(part for part in (name[:120], authority[:120], obtained[:4]) if part)
            if line not in held and len(held) < MOST:
                held.append(line)

    def close(self) -> Facts:
        ine = self.facts.get("ine", "")
        try:
            close(self.facts)
        except Misread as misread:
            self.doubts.append(Fault(misread.code, self.number, "ine", ine))
        return as_facts(self.facts)


def line_of(value: Any, limit: int = 400) -> str:
    """
    Text on one line, or "" for anything that is no text.

    >>> line_of(" Chargée\\n d’études "), line_of(None), line_of({"a": 1})
    ('Chargée d’études', '', '')
    """
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""
