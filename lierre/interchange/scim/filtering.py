"""The filters of SCIM that are understood: eq, ne, co, sw, ew, pr, joined by `and`. What is not is refused, and said so."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.interchange.problems import Problem

LONGEST: Final = 1_000
MOST: Final = 20
TERM: Final = re.compile(
    r"\s*(?:urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):)?(?P<name>[A-Za-z][\w.$-]*)\s+"
    r'(?:(?P<present>pr)|(?P<how>eq|ne|co|sw|ew)\s+(?P<value>"(?:[^"\\]|\\.)*"|true|false|null|-?\d+))\s*',
    re.IGNORECASE,
)
AND: Final = re.compile(r"and(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """`name` in small letters; `how` is one of eq, ne, co, sw, ew, pr."""

    name: str
    how: str
    value: Any = None


def invalid(detail: str) -> Problem:
    return Problem(400, "invalidFilter", detail)


def terms(text: str) -> list[Term]:
    """
    >>> terms('userName sw "solenn" and active eq true')
    [Term(name='username', how='sw', value='solenn'), Term(name='active', how='eq', value=True)]
    """
    if len(text) > LONGEST:
        raise invalid(_("This filter is too long."))
    found: list[Term] = []
    at = 0
    while True:
        term = TERM.match(text, at)
        if term is None or len(found) == MOST:
            raise invalid(
                _("This filter is not understood: write attribute eq, ne, co, sw, ew or pr, joined by “and”.")
            )
        found.append(read(term))
        at = term.end()
        if at == len(text):
            return found
        joined = AND.match(text, at)
        if joined is None:
            raise invalid(_("Only “and” joins conditions here."))
        at = joined.end()


def read(term: re.Match[str]) -> Term:
    name = term["name"].lower()
    if term["present"]:
        return Term(name, "pr")
    try:
        return Term(name, term["how"].lower(), json.loads(term["value"]))
    except ValueError:
        return (
            Term(name, term["how"].lower(), json.loads(term["value"].lower())) if '"' not in term["value"] else refuse()
        )


def refuse() -> Term:
    raise invalid(_("A value of this filter is not written as JSON writes it."))


def holds(term: Term, values: Mapping[str, list[Any]]) -> bool:
    """
    Whether one of the values of the attribute answers. Texts are compared without case.

    >>> holds(Term("displayname", "co", "BREST"), {"displayname": ["IT, Brest"]})
    True
    """
    if term.name not in values:
        raise invalid(_("“%(name)s” cannot be asked here.") % {"name": term.name})
    known = values[term.name]
    if term.how == "pr":
        return any(value not in ("", None) for value in known)
    if term.how == "ne":
        return not any(compare("eq", value, term.value) for value in known)
    return any(compare(term.how, value, term.value) for value in known)


def compare(how: str, value: Any, wanted: Any) -> bool:
    if how == "eq" and not (isinstance(value, str) and isinstance(wanted, str)):
        return type(value) is type(wanted) and bool(value == wanted)
    if not isinstance(value, str) or not isinstance(wanted, str):
        raise invalid(_("This attribute is compared with eq or ne only, and with a value of its own kind."))
    known, asked = str(value).casefold(), str(wanted).casefold()
    answers = {"eq": known == asked, "co": asked in known, "sw": known.startswith(asked), "ew": known.endswith(asked)}
    return answers[how]
