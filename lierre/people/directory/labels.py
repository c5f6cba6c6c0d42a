"""What codes are called: occupations, sectors, départements, countries. Anything else is its own label."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from django.utils.translation import get_language

DATA: Final = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, str]:
    """One of the tables carried in `data`: code → label."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["label"] for row in csv.DictReader(file)}


@cache
def countries(language: str) -> dict[str, str]:
    """ISO 3166-1 alpha-2 → name, in that language."""
    return {code: str(name) for code, name in Locale.parse(language, sep="-").territories.items() if len(code) == 2}


def country(code: str) -> str:
    """
    >>> country("FR")
    'France'
    """
    return countries((get_language() or "fr")[:2]).get(code.upper(), code)


def occupation(code: str) -> str:
    """
    A ROME code as its label; a label that is no code stays as it came.

    >>> occupation("M1805"), occupation("Luthière")
    ('Développeur / Développeuse informatique', 'Luthière')
    """
    return table("occupations").get(code.upper(), code)


def sector(code: str) -> str:
    return table("sectors").get(code.upper(), code)


def department(code: str) -> str:
    """
    >>> department("29")
    'Finistère'
    """
    return table("departments").get(code.upper(), code)


NAMED: Final[dict[str, Callable[[str], str]]] = {
    "country": country,
    "occupation": occupation,
    "sector": sector,
    "department": department,
}


def shown(kind: str, label: str) -> str:
    """What a term of this kind is called in the pages."""
    return NAMED[kind](label) if kind in NAMED else label
