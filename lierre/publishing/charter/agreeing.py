"""Two texts that speak of the same thing and do not give the same day, or the same number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from lierre.publishing.charter.flat import flat, without_addresses

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"),
            ("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september"),
            ("octobre", "october"), ("novembre", "november"), ("decembre", "december"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
MONTH: Final = "|".join(MONTHS)
DATE: Final = re.compile(
    rf"(?<![\d/])(\d{{1,2}})(?:er|st|nd|rd|th)?(?:\s*(?:au|et|ou|-|,|to|and)\s*(\d{{1,2}})(?:er)?)?\s+({MONTH})(?!\w)"
    r"|(?<![\d/.])(\d{1,2})/(\d{1,2})(?:/\d{2,4})?(?![\d/])"
    r"|(?<!\w)(?:le|ce)\s+(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?(\d{1,2})(?:er)?(?![\w%/]|[.,]\d|\s+\d)"
    rf"(?!\s+(?:{MONTH})(?!\w)|\s*(?:au|et|ou|-|,)\s*\d)"
)
FIGURE: Final = re.compile(r"(?<![\w.,/-])(\d{1,3}(?:[ .]\d{3})+|\d+(?:,\d+)?)\s+(?:de\s+|d')?([a-z]{4,})")
WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")
# They say nothing of what is spoken of.
EMPTY: Final = frozenset(
    [
        "aux",
        "avec",
        "cette",
        "ces",
        "chez",
        "comme",
        "dans",
        "depuis",
        "des",
        "donc",
        "dont",
        "elle",
        "entre",
        "est",
        "etre",
        "fait",
        "ils",
        "jusqu",
        "les",
        "leur",
        "leurs",
        "lui",
        "mais",
        "meme",
        "mes",
        "moins",
        "nos",
        "notre",
        "nous",
        "ont",
        "par",
        "pas",
        "plus",
        "pour",
        "qui",
        "quoi",
        "sans",
        "ses",
        "son",
        "sont",
        "sous",
        "sur",
        "tout",
        "toute",
        "toutes",
        "tous",
        "tres",
        "une",
        "vers",
        "votre",
        "vos",
        "vous",
        "the",
        "and",
        "for",
        "our",
        "your",
        "with",
        "from",
        "this",
        "that",
        "are",
        "will",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "heure",
        "heures",
        "jour",
        "jours",
        "venez",
        "viens",
        "rendez-vous",
        "rendez",
        "bienvenue",
        "prochain",
        "prochaine",
        "partir",
    ]
) | set(MONTHS)
UNITS: Final = frozenset(
    ["heures", "heure", "minutes", "minute", "euros", "euro", "janvier", "ans", "jours", "mois", "semaines"]
) | set(MONTHS)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`here` is signs `start` to `end` of the first text; `there`, what the other one says."""

    start: int
    end: int
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a sentence says that can be compared. A day without its month has 0 in its place."""

    pairs: frozenset[tuple[str, str]]
    dates: tuple[tuple[frozenset[tuple[int, int]], int, int], ...]
    figures: tuple[tuple[str, str, int, int], ...]  # noun, number, where


def disagreements(text: str, other: str, ignored: Sequence[str] = ()) -> Iterator[Disagreement]:
    """
    The same two words side by side, and another day or number in the same sentence.

    >>> [(found.here, found.there) for found in disagreements(
    ...     "Nos portes ouvertes, c’est le 7 février.", "Portes ouvertes le 6 février : venez.")]
    [('7 février', '6 février')]
    >>> list(disagreements("Portes ouvertes le 6 février", "Portes ouvertes samedi 06/02"))
    []
    >>> [(found.here, found.there) for found in disagreements(
    ...     "Nuit des chercheurs : 12 laboratoires ouverts", "La nuit des chercheurs, 15 laboratoires")]
    [('12 laboratoires', '15 laboratoires')]
    """
    spared = frozenset(pair for words in ignored for pair in pairs(flat(words)))
    seen: set[tuple[int, int]] = set()
    for mine in heard(text):
        for theirs in heard(other):
            if not (mine.pairs & theirs.pairs) - spared:
                continue
            for start, end, there in [*other_days(mine, theirs), *other_numbers(mine, theirs)]:
                if (start, end) not in seen:
                    seen.add((start, end))
                    yield Disagreement(start, end, text[start:end], other[there[0] : there[1]])


def other_days(mine: Heard, theirs: Heard) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """A day of mine, when none of theirs is the same."""
    for days, start, end in mine.dates:
        if theirs.dates and not any(same(days, known) for known, _s, _e in theirs.dates):
            yield start, end, theirs.dates[0][1:]


def same(days: frozenset[tuple[int, int]], known: frozenset[tuple[int, int]]) -> bool:
    return any(
        day == other and (not month or not other_month or month == other_month)
        for day, month in days
        for other, other_month in known
    )


def other_numbers(mine: Heard, theirs: Heard) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """A number of mine, when theirs of the same things is another one."""
    for noun, number, start, end in mine.figures:
        known = [each for each in theirs.figures if each[0] == noun]
        if known and all(each[1] != number for each in known):
            yield start, end, known[0][2:]


@lru_cache(maxsize=4096)
def heard(text: str) -> tuple[Heard, ...]:
    """Sentence by sentence, each with the words of the one before it: “… the open days. See you on the 6th.”"""
    read = flat(without_addresses(text))
    found, before = [], frozenset[tuple[str, str]]()
    for sentence in re.finditer(r"[^.!?\n]+(?:\.\d[^.!?\n]*)*", read):
        start, words = sentence.start(), pairs(sentence[0])
        dates = tuple(
            (days, start + each.start(), start + each.end())
            for each in DATE.finditer(sentence[0])
            if (days := days_of(each))
        )
        figures = tuple(
            (stem(each[2]), re.sub(r"[ .]", "", each[1]), start + each.start(), start + each.end())
            for each in FIGURE.finditer(sentence[0])
            if each[2] not in UNITS
        )
        if dates or figures:
            found.append(Heard(words | before, dates, figures))
        before = words or before
    return tuple(found)


def days_of(found: re.Match[str]) -> frozenset[tuple[int, int]]:
    if found[3]:
        return frozenset((int(day), MONTHS[found[3]]) for day in (found[1], found[2]) if day and 0 < int(day) < 32)
    if found[4]:
        day, month = int(found[4]), int(found[5])
        return frozenset({(day, month)}) if 0 < day < 32 and 0 < month < 13 else frozenset()
    day = int(found[6])
    return frozenset({(day, 0)}) if 0 < day < 32 else frozenset()


def pairs(sentence: str) -> frozenset[tuple[str, str]]:
    """
    Words that say something, two by two as they follow one another.

    >>> sorted(pairs("la nuit des chercheurs et chercheuses"))
    [('chercheur', 'chercheuse'), ('nuit', 'chercheur')]
    """
    words = [stem(word) for word in WORD.findall(sentence) if len(word) > 3 and word not in EMPTY]
    return frozenset(pairwise(words))


def stem(word: str) -> str:
    return word[:-1] if word[-1] in "sx" and len(word) > 4 else word
