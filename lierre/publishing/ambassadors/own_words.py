"""How much of a text is the material's own words, pasted. Plain Python: it says, and never blocks."""

import re
from collections.abc import Iterable
from typing import Final

RUN: Final = 4  # words in a row: fewer are names and turns that everybody uses
TOO_MUCH: Final = 0.5
ADDRESS: Final = re.compile(r"https?://\S+")


def words_of(text: str) -> list[str]:
    """
    >>> words_of("L’an dernier : 42 thèses ! https://ubn.example/theses")
    ['l', 'an', 'dernier', '42', 'thèses']
    """
    return re.findall(r"\w+", ADDRESS.sub(" ", text).lower())


def share_pasted(text: str, material: Iterable[str]) -> float:
    """
    Share of the words of a text that stand, four in a row, in one of the sentences of the material.

    >>> share_pasted("Dix ans de mesures de la houle, enfin publiées", ["Dix ans de mesures de la houle au large"])
    0.78
    >>> share_pasted("J’ai passé dix ans en mer", ["Dix ans de mesures de la houle au large"])
    0.0
    """
    words = words_of(text)
    known = {run for sentence in material for run in runs(words_of(sentence))}
    pasted = {place + step for place, run in enumerate(runs(words)) if run in known for step in range(RUN)}
    return round(len(pasted) / len(words), 2) if words else 0.0


def runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)]


def is_pasted(text: str, material: Iterable[str]) -> bool:
    return share_pasted(text, material) >= TOO_MUCH
