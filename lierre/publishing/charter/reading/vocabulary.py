"""Words to avoid and what to say instead; names written right; claims that want a source."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.finding import Passage
from lierre.publishing.charter.flat import flat, pattern, without_addresses

SOURCE: Final = re.compile(r"https?://|\bsources?\s*:|\(source|\bselon\b|\bd'apres\b|\baccording to\b")


def words_to_avoid(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> rule = Asked("avoid", words=("synerg*",), replacement="travail commun")
    >>> [(found.start, found.end, found.replacement) for found in words_to_avoid(rule, Said(("Des synergies",)))]
    [(4, 13, 'travail commun')]
    """
    for part, start, end in expressions(asked, said):
        yield Passage(part, start, end, _("We avoid this word."), cased(said.texts[part][start:end], asked.replacement))


def names_written_right(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    The name in other capitals or accents, or one of the wrong names that are listed.

    >>> rule = Asked("spelling", words=("fac de Brest",), replacement="Université de Bretagne-Nord")
    >>> [said[0] for said in [("x", names_written_right(rule, Said(("A l’universite de bretagne-nord, fac de Brest",))))]]
    ['x']
    """
    right, spoken = (
        asked.replacement,
        re.compile(r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", flat(asked.replacement))))),
    )
    for part, text in enumerate(said.texts):
        sentence = _("This name is written: %(name)s.") % {"name": right}
        for found in spoken.finditer(flat(without_addresses(text))):
            start, end = found.span()
            inside = (
                text[start - 1 : start].isalnum()
                or text[end : end + 1].isalnum()
                or text[start - 1 : start] in {"#", "@"}
            )
            if not inside and text[start:end].replace("\u00a0", " ") != right:
                yield Passage(part, start, end, sentence, right)
    for part, start, end in expressions(asked, said):
        if said.texts[part][start:end] != right:
            yield Passage(part, start, end, _("This name is written: %(name)s.") % {"name": right}, right)


def claims_without_source(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> rule = Asked("claim", words=("premiere universite",))
    >>> [len(list(claims_without_source(rule, Said((text,))))) for text in (
    ...     "La première université de l’Ouest", "La première université de l’Ouest, selon https://rang.example/2026")]
    [1, 0]
    """
    for part, start, end in expressions(asked, said):
        if not SOURCE.search(flat(said.texts[part])):
            yield Passage(part, start, end, _("This claim needs its source, beside it."), None)


def expressions(asked: Asked, said: Said) -> Iterator[tuple[int, int, int]]:
    for part, text in enumerate(said.texts):
        read = flat(without_addresses(text))
        for words in asked.words:
            yield from ((part, *found.span()) for found in pattern(words).finditer(read))


def cased(passage: str, replacement: str) -> str | None:
    """
    The capital of what is replaced is kept; nothing to say instead is nothing to propose.

    >>> cased("Synergies", "travail commun"), cased("synergies", "")
    ('Travail commun', None)
    """
    if not replacement:
        return None
    return replacement[0].upper() + replacement[1:] if passage[:1].isupper() else replacement
