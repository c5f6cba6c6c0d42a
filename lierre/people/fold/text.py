"""Text reduced to what two spellings of one thing share."""

import re
import unicodedata
from functools import lru_cache

LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
NOT_A_WORD = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """
    Lower case, no accent, words separated by one space.

    >>> folded("  Université de Bretagne-Nord, L’Œuvre ")
    'universite de bretagne nord l oeuvre'
    >>> folded("李小龍")
    '李小龍'
    """
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    reduced = NOT_A_WORD.sub(" ", plain.lower()).strip()
    return reduced or " ".join(plain.lower().split())


def words_in(names: str) -> list[str]:
    """
    The words of a name that was folded, or of what the directory sorts by.

    >>> words_in("herve cariou, amelie")
    ['herve', 'cariou', 'amelie']
    """
    return names.replace(",", "").split()
