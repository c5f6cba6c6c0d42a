"""Who a comment calls with an at sign before their name, among those who may read it; and who was called in vain."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from lierre.publishing.charter.flat import flat

# An at sign before a capital: “@Solenn Kerbrat”; a handle of a network (“@ubn”) calls nobody here.
CALL: Final = re.compile(r"(?<![\w.@])@([^\W\d_][\w’'.-]*(?:[ \u00a0][^\W\d_a-zà-ÿ][\w’'.-]*){0,3})")


class Named(Protocol):
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Called:
    """`found`: those who are called; `unknown`: the names that nobody who reads here bears; `shared`: first names of several."""

    found: list[Named]
    unknown: list[str]
    shared: list[str]


def called(body: str, readers: Iterable[Named]) -> Called:
    """
    The longest name that follows the at sign; a first name alone when one reader only bears it.

    >>> from types import SimpleNamespace as One
    >>> readers = [One(pk=1, name="Solenn Kerbrat"), One(pk=2, name="Hélène Morvan")]
    >>> result = called("@Solenn Kerbrat et @helene, voir avec @Nolwenn Abgrall", readers)
    >>> [each.pk for each in result.found], result.unknown
    ([1, 2], ['Nolwenn Abgrall'])
    """
    everybody = sorted(readers, key=lambda each: -len(each.name))
    found: dict[int, Named] = {}
    unknown, shared = [], []
    for call in CALL.finditer(body):
        after = flat(body[call.start(1) :])
        whom = next((each for each in everybody if each.name and begins(after, flat(each.name))), None)
        if whom is None:
            first = flat(call[1]).split()[0]
            bearing = [each for each in everybody if flat(each.name).split()[:1] == [first]]
            alone = len(call[1].split()) == 1
            whom = bearing[0] if len(bearing) == 1 and alone else None
            if len(bearing) > 1 and alone:
                shared.append(call[1])
                continue
        if whom is not None:
            found[whom.pk] = whom
        elif call[1][0].isupper():
            unknown.append(call[1])
    return Called(list(found.values()), unknown, shared)


def begins(text: str, name: str) -> bool:
    """
    >>> begins("yann le goff, bonjour", "yann le goff"), begins("yannick", "yann")
    (True, False)
    """
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
