"""How sources spell the same name: with its accents, shouted in capitals, or mistyped."""

import unicodedata
from functools import cache
from random import Random
from typing import Final

from demo.carried import lines

LIGATURES: Final = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
)
LOWER_PARTICLES: Final = frozenset({"DE", "DA", "DO", "DOS", "DAS", "DI", "DEL", "VON", "VAN", "DEN", "DER"})


@cache
def plain(text: str) -> str:
    """
    Without accents or ligatures.

    >>> plain("Kerhervé Cœur Wiśniewska")
    'Kerherve Coeur Wisniewska'
    """
    decomposed = unicodedata.normalize("NFD", text.translate(LIGATURES).replace("’", "'"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def shouted(text: str) -> str:
    """
    As a school's software keeps names.

    >>> shouted("Amélie Hervé-Cariou")
    'AMELIE HERVE-CARIOU'
    """
    return plain(text).upper()


def restored() -> dict[str, str]:
    """Our own table: capitals without accents → the name as its bearers write it."""
    return {shouted(name): name for name in lines("accents.txt")}


@cache
def written(capitals: str) -> str:
    """
    The usual way to write a name that a file only knows in capitals, accents apart.

    >>> written("LE FLOC'H"), written("DA SILVA"), written("D'ALMEIDA"), written("SAINT-JEAN")
    ("Le Floc'h", 'da Silva', "d'Almeida", 'Saint-Jean')
    """
    words = capitals.split(" ")
    particles = LOWER_PARTICLES if len(words) > 1 else ()
    name = " ".join(word.lower() if word in particles else _capitalised(word) for word in words)
    return f"d'{name[2:].capitalize()}" if name.startswith("D'") else name


def _capitalised(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


@cache
def compact(text: str) -> str:
    """
    Only its letters, as in an e-mail address.

    >>> compact("Le Floc'h")
    'lefloch'
    """
    return "".join(letter for letter in plain(text).lower() if letter.isascii() and letter.isalpha())


def mistyped(name: str, chance: Random) -> str:
    """A name with one slip of the fingers: two letters exchanged, one forgotten, one doubled."""
    if len(name) < 4:
        return name
    at = chance.randrange(1, len(name) - 1)
    slip = chance.randrange(3)
    if slip == 0:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if slip == 1:
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at] + name[at:]


def fitting(text: str, encoding: str) -> str:
    """
    The text as software of that encoding would hold it: a letter it cannot write loses its accent.

    >>> fitting("Wiśniewska à Brest", "iso-8859-15")
    'Wisniewska à Brest'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(letter if _fits(letter, encoding) else plain(letter) for letter in text)
    return text


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
