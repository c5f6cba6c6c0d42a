"""Words to avoid and what to say instead; names written right; claims that want a source."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.finding import Passage
from lierre.publishing.charter.flat import ADDRESS, flat, pattern, without_addresses

SOURCE: Final = re.compile(
    r"\bsources?\s*:|\(source|\bselon\b|\bd'apres\b|\baccording to\b|\b(?:classement|palmares|barometre|ranking|survey)\b"
)
# A sentence ends at its sign; "n. 1", "1.5" and the address that follows go on.
ENDS: Final = re.compile(r"[.!?…]+(?=\s|$)|\n+")
LINK_ALONE: Final = re.compile(r"[\s:→>(]*https?://")
# What is said not to be is not claimed: "pas d'admission garantie", "n'est pas la première université".
DENIED: Final = re.compile(
    r"(?:\b(?:pas|plus|jamais|ni|sans|not|never|without)\s+(?:de\s+|d'|une?\s+|l[ea]\s+|l'|the\s+|an?\s+)?|\b(?:aucune?|no)\s+)$"
)


def words_to_avoid(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> rule = Asked("avoid", words=("synerg*",), replacement="travail commun")
    >>> [(found.start, found.end, found.replacement) for found in words_to_avoid(rule, Said(("Des synergies",)))]
    [(4, 13, 'travail commun')]
    """
    for part, start, end in expressions(asked, said):
        # “Pas d’admission garantie” promises nothing; a single word is avoided whatever is said of it.
        if " " in said.texts[part][start:end] and is_denied(said.texts[part], start):
            continue
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
        if not is_sourced(said.texts[part], start, end) and not is_denied(said.texts[part], start):
            yield Passage(part, start, end, _("This claim needs its source, beside it."), None)


def is_sourced(text: str, start: int, end: int) -> bool:
    """
    In the same sentence, or right after it: a link further on leads elsewhere.

    >>> is_sourced("Première université ! Venez : https://ubn.example", 0, 19)
    False
    >>> is_sourced("Première université ! https://rang.example Venez", 0, 19)
    True
    """
    first = max((found.end() for found in ENDS.finditer(text, 0, start)), default=0)
    last = ENDS.search(text, end)
    sentence, after = text[first : last.start() if last else len(text)], text[last.end() :] if last else ""
    return bool(
        SOURCE.search(flat(sentence))
        or ADDRESS.search(sentence)
        or LINK_ALONE.match(after)
        or SOURCE.match(flat(after.lstrip()))
    )


def is_denied(text: str, start: int) -> bool:
    """
    >>> is_denied("Ce n’est pas une admission garantie", 17), is_denied("Une admission garantie", 4)
    (True, False)
    """
    return DENIED.search(flat(text[max(0, start - 40) : start])) is not None


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
