"""The tone: words shouted in capitals, exclamation marks."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.finding import Passage
from lierre.publishing.charter.flat import flat, without_addresses

WORD: Final = re.compile(r"(?<![#@\w])[^\W\d_]{2,}(?!\w)")
MARKS: Final = re.compile(r"[ \u00a0\u202f]?!+")
# Shorter alone, it is most often the name of something: CNRS, UBN, IUT.
SHOUTED: Final = 7
# Somebody, or something, is named: l’IFREMER, avec l’UNESCO, du PARCOURSUP.
NAMES: Final = re.compile(r"(?:\b[ld]'|\b(?:le|la|du|de|au|a|par|avec|et|chez|the|of|by|with|and) )$")


def shouted_words(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    Two words or more in capitals, or a long one. `words`: names that are written so.

    >>> [found.replacement for found in shouted_words(Asked("capitals"), Said(("VENEZ NOUS VOIR à l’IUT",)))]
    ['Venez nous voir']
    """
    spared = {flat(word) for word in asked.words}
    for part, text in enumerate(said.texts):
        for start, end, count in runs(without_addresses(text), spared):
            passage = text[start:end]
            named = count == 1 and NAMES.search(flat(text[max(0, start - 8) : start]))
            if not named and (count > 1 or len(passage) >= SHOUTED):
                calm = passage.capitalize() if begins(text, start) else passage.lower()
                yield Passage(part, start, end, _("Words in capitals are read as shouting."), calm)


def runs(text: str, spared: set[str]) -> Iterator[tuple[int, int, int]]:
    """Words in capitals that follow one another: where, and how many."""
    start = end = count = 0
    for found in WORD.finditer(text):
        shouted = found[0].isupper() and flat(found[0]) not in spared
        if count and (not shouted or text[end : found.start()].strip(" '’-\u00a0\u202f")):
            yield start, end, count
            count = 0
        if shouted:
            start = start if count else found.start()
            end, count = found.end(), count + 1
    if count:
        yield start, end, count


def begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \u00a0\u202f«")
    return not before or before[-1] in ".!?…\n"


def exclamation_marks(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> [found.replacement for found in exclamation_marks(Asked("exclamations", most=1), Said(("Bravo !! Venez !",)))]
    ['\\u202f!', '.']
    """
    most = asked.most
    sentence = ngettext("At most %(count)d exclamation mark.", "At most %(count)d exclamation marks.", most)
    for part, text in enumerate(said.texts):
        for place, found in enumerate(MARKS.finditer(text)):
            if place >= most:
                yield Passage(part, *found.span(), sentence % {"count": most}, ".")
            elif found[0].count("!") > 1:
                lead = "\u202f" if found[0][0] != "!" else ""
                yield Passage(part, *found.span(), _("One exclamation mark is enough."), f"{lead}!")
