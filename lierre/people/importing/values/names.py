"""Names as people write their own, from capitals without accents to nobility particles."""

import re
from functools import lru_cache
from typing import Final

PARTICLES: Final = frozenset(
    {"de", "du", "des", "d", "von", "van", "der", "den", "ter", "et", "y", "da", "dos", "di", "del"}
)
WORD: Final = re.compile(r"[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=100_000)
def name_of(text: str) -> str:
    """
    A name. What is not all in capitals or all in small letters was chosen by somebody, and stays.

    >>> name_of("LE GOFF"), name_of("N'DIAYE"), name_of("HERVÉ-KERDRAON"), name_of("DE LA VILLEMARQUÉ")
    ('Le Goff', "N'Diaye", 'Hervé-Kerdraon', 'de la Villemarqué')
    >>> name_of("McDonald"), name_of("amélie"), name_of("  van  der MEER ")
    ('McDonald', 'Amélie', 'van der MEER')
    """
    plain = " ".join(text.split())
    if plain != plain.upper() and plain != plain.lower():
        return plain
    words = WORD.findall(plain)
    at = 0

    def cased(found: re.Match[str]) -> str:
        nonlocal at
        at += 1
        word = found[0].lower()
        before = found.string[: found.start()].rstrip().lower()
        if word == "la" and before.endswith("de"):
            return word
        if word in PARTICLES and at < len(words) and not (word == "y" and at == 1):
            return word
        return word.capitalize()

    return WORD.sub(cased, plain)


def split_name(text: str) -> tuple[str, str]:
    """
    Given and family name of a name on one line: capitals tell the family, else the first word is given.

    >>> split_name("HERVÉ Amélie"), split_name("Amélie Hervé"), split_name("Yann LE GOFF")
    (('Amélie', 'Hervé'), ('Amélie', 'Hervé'), ('Yann', 'Le Goff'))
    """
    words = text.split()
    shouted = [word for word in words if len(word) > 1 and word == word.upper()]
    if shouted and len(shouted) < len(words):
        return name_of(" ".join(word for word in words if word not in shouted)), name_of(" ".join(shouted))
    return name_of(words[0]) if len(words) > 1 else "", name_of(" ".join(words[1:] or words))
