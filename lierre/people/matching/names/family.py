"""Family names: particles, double-barrelled names, names of birth and of marriage written in one field."""

import re
from functools import lru_cache
from typing import Final

from lierre.people.matching.names.letters import folded
from lierre.people.matching.names.titles import without_titles

WORD: Final = re.compile(r"[^\W_]+'?")
# Those of France, then Flanders and Germany, the Romance countries, the Arabic and Berber ones.
PARTICLES: Final = frozenset({
    "de", "du", "des", "d", "d'", "la", "le", "les", "l", "l'", "von", "van", "vom", "zu", "zum", "zur", "der",
    "den", "ten", "ter", "het", "op", "in", "t", "'t", "da", "do", "dos", "das", "di", "del", "della", "dei",
    "degli", "delle", "y", "el", "al", "ul", "ben", "bin", "ibn", "bint", "ould", "ouled", "ait", "at",
})  # fmt: skip
TRAILING: Final = frozenset({
    "de", "du", "des", "d", "d'", "la", "le", "les", "l", "l'", "von", "van", "da", "dos", "di", "el",
})  # fmt: skip
# Half of a name: never without what follows.
BEGINNINGS: Final = {
    "saint": "saint", "st": "saint", "sainte": "sainte", "ste": "sainte", "san": "san", "santa": "santa",
    "mac": "mac", "mc": "mac", "bou": "bou", "abou": "abou", "abu": "abou", "abd": "abd", "o'": "o", "n'": "n",
    "m'": "m", "k'": "k",
}  # fmt: skip
CONNECTIVES: Final = frozenset({
    "epouse", "epse", "ep", "epx", "nee", "ne", "veuve", "vve", "veuf", "divorcee", "div", "dit", "dite",
    "alias", "ou", "et", "usage", "naissance", "nom", "mariee",
})  # fmt: skip

KEPT_READY: Final = 20_000  # names already split


@lru_cache(maxsize=KEPT_READY)
def family_parts(text: str) -> tuple[str, ...]:
    """
    The names in a family name, folded, without particles and words such as “née”.

    >>> family_parts("de La Villemarqué"), family_parts("Hervé-Cariou"), family_parts("Hervé épouse CARIOU")
    (('villemarque',), ('herve', 'cariou'), ('herve', 'cariou'))
    >>> family_parts("Guen (Le)"), family_parts("N’Diaye"), family_parts("St-Jean"), family_parts("Le Floc'h")
    (('guen',), ('ndiaye',), ('saintjean',), ('floch',))
    >>> family_parts("van den Berghe"), family_parts("El Amrani"), family_parts("Mc Donald"), family_parts("Le")
    (('berghe',), ('amrani',), ('macdonald',), ('le',))
    """
    plain = folded(text)
    if plain.isalpha():
        return (one_word(plain),)
    words = words_of(folded(without_titles(text)))
    parts: list[str] = []
    begun = ""
    for at, word in enumerate(words):
        last = at == len(words) - 1
        if not begun and word in BEGINNINGS and not last:
            begun = BEGINNINGS[word]
        elif begun and word in PARTICLES and not last:
            begun += word.rstrip("'")
        elif (word in PARTICLES and not last and not begun) or (last and parts and word in TRAILING):
            continue
        elif word not in CONNECTIVES or (at == 0 and last):
            parts.append(begun + word)
            begun = ""
    return tuple(parts) or tuple(word.rstrip("'") for word in words)


def one_word(plain: str) -> str:
    """
    >>> one_word("mcdonald"), one_word("mcg"), one_word("martin")
    ('macdonald', 'mcg', 'martin')
    """
    return "mac" + plain[2:] if plain.startswith("mc") and len(plain) > 4 else plain


def words_of(plain: str) -> list[str]:
    """
    Words, an elided one keeping its apostrophe. A Breton c'h is a letter, not an elision.

    >>> words_of("d'alembert-le floc'h")
    ["d'", 'alembert', 'le', 'floch']
    """
    if "'" in plain:
        plain = re.sub(r"(?<=[a-z]{2})'|(?<=c)'(?=h)", "", plain)
    return WORD.findall(plain.replace("mc ", "mac "))
