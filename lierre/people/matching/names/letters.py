"""Letters without what two typists write differently: case, accents, ligatures, shapes of apostrophes and hyphens."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

SHAPES: Final = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
     "đ": "d", "Đ": "d", "ı": "i", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
     "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʹ": "'", "ʿ": "", "ʾ": "",
     "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"}
)  # fmt: skip
NOT_A_LETTER: Final = re.compile(r"[\W\d_]+")
# Two letters where UTF-8 was read as the encoding of Windows, whatever was done to their case since.
TWO_FOR_ONE: Final = re.compile(r"[ÂÃÄÅâãäå][\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
MANY: Final = 32
LOST: Final = re.compile(r"\ufffd|(?<=\w)\?|\?(?=\w)")


def folded(text: str) -> str:
    """
    Lower case without accents. Hyphens and apostrophes stay, in their plain shapes; one space between words.

    >>> folded("  LE  FLOC’H "), folded("Cœur‑de‑Roÿ"), folded("Großmann")
    ("le floc'h", 'coeur-de-roy', 'grossmann')
    >>> folded("李 小龍")
    '李 小龍'
    """
    return " ".join(bare(text).lower().split())


def bare(text: str) -> str:
    """Without accents, in plain shapes. A letter of French keeps nothing above it; other scripts keep their vowels."""
    text = legible(text)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(SHAPES))
    above = [letter for letter in set(decomposed) if unicodedata.combining(letter)]
    return decomposed.translate(dict.fromkeys(map(ord, above))) if above else decomposed


def folded_each(texts: Sequence[str]) -> list[str]:
    """
    `folded` of each, in a fraction of the time: those that are not plain are laid end to end and read together.

    >>> folded_each(["Cœur", "LE  GOFF", "", "Hervé"] * 20)[:4]
    ['coeur', 'le goff', '', 'herve']
    """
    if len(texts) < MANY:
        return [folded(text) for text in texts]
    rare = [rank for rank, text in enumerate(texts) if not text.isascii() or "?" in text]
    laid = bare("\n".join([texts[rank] for rank in rare])).split("\n")
    if len(laid) != len(rare):  # a text holds a line break
        laid = [bare(texts[rank]) for rank in rare]
    read = list(texts)
    for rank, text in zip(rare, laid, strict=True):
        read[rank] = text
    return [" ".join(text.lower().split()) for text in read]


def legible(text: str) -> str:
    """
    Undoes an encoding that was taken for another; a letter that was lost for good leaves nothing.

    >>> legible("ClÃ©ment"), legible("franÃ§ois"), legible("Bou?dec"), legible("JOÃO"), legible("Âne")
    ('Clément', 'françois', 'Boudec', 'JOÃO', 'Âne')
    """
    if not text.isascii():
        text = TWO_FOR_ONE.sub(_read_again, text)
    return LOST.sub("", text) if "?" in text or "\ufffd" in text else text


def _read_again(found: re.Match[str]) -> str:
    try:
        return found[0].upper().encode("cp1252").decode()
    except UnicodeError:
        return found[0]


def compact(text: str) -> str:
    """
    Only its letters, in one run: what remains when nobody agrees on where the spaces are.

    >>> compact("Le Goff") == compact("LEGOFF"), compact("Marie-Laure"), compact("N’Diaye")
    (True, 'marielaure', 'ndiaye')
    """
    plain = folded(text)
    return plain if plain.isalpha() else NOT_A_LETTER.sub("", plain)
