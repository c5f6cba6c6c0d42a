"""Values that are codes: civilities, countries, national student numbers, yes and no, levels of degrees."""

import re
from functools import lru_cache
from typing import Final

from babel import Locale

from lierre.people.fold.text import folded
from lierre.people.importing.values.misread import Misread

FEMALE: Final = frozenset(
    {"f", "mme", "mlle", "madame", "mademoiselle", "female", "femme", "2", "mrs", "ms", "miss", "feminin"}
)
MALE: Final = frozenset({"m", "mr", "monsieur", "male", "homme", "1", "masculin", "h"})
OTHER: Final = frozenset({"x", "other", "autre", "non binaire"})
UNSAID: Final = frozenset({"", "0", "non renseigne", "inconnu", "unknown", "not specified"})
YES: Final = frozenset({"1", "o", "oui", "yes", "y", "true", "vrai", "x"})
NO: Final = frozenset({"0", "n", "non", "no", "false", "faux", "", "non renseigne"})
INE: Final = re.compile(r"[0-9A-Z]{9}[0-9A-Z]{2}$|\d{10}[A-Z]$")
# Insee's own codes of countries, as information systems of universities write them.
INSEE: Final = {
    "100": "FR", "109": "DE", "131": "BE", "132": "GB", "134": "ES", "127": "IT", "139": "PT", "140": "CH", "135": "NL",
    "137": "LU", "136": "IE", "122": "PL", "114": "RO", "112": "FI", "104": "SE", "103": "NO", "101": "DK", "126": "GR",
    "110": "AT", "350": "MA", "351": "TN", "352": "DZ", "341": "SN", "326": "CI", "322": "CM", "333": "MG", "335": "ML",
    "404": "US", "401": "CA", "416": "BR", "405": "MX", "216": "CN", "217": "JP", "223": "IN", "243": "VN", "205": "LB",
    "208": "TR", "501": "AU", "327": "BJ", "331": "BF", "345": "TG", "312": "CD", "324": "CG", "328": "GA", "303": "ZA",
    "301": "EG", "206": "SY", "123": "RU", "155": "UA", "116": "CZ", "111": "BG", "239": "KR", "502": "NZ", "415": "AR",
    "410": "HT", "417": "CL", "419": "CO",
}  # fmt: skip
NATIONALITIES: Final = {
    "francaise": "FR", "francais": "FR", "allemande": "DE", "espagnole": "ES", "italienne": "IT", "belge": "BE",
    "britannique": "GB", "irlandaise": "IE", "marocaine": "MA", "tunisienne": "TN", "algerienne": "DZ",
    "senegalaise": "SN", "chinoise": "CN", "portugaise": "PT", "roumaine": "RO", "polonaise": "PL",
}  # fmt: skip


@lru_cache(maxsize=200)
def sex_of(text: str) -> str:
    """
    >>> sex_of("Mme"), sex_of("M."), sex_of("0"), sex_of("X")
    ('f', 'm', '', 'x')
    """
    word = folded(text)
    if word in FEMALE:
        return "f"
    if word in MALE:
        return "m"
    if word in OTHER:
        return "x"
    if word in UNSAID or text.strip() == "":
        return ""
    raise Misread("unknown_value")


@lru_cache(maxsize=200)
def flag_of(text: str) -> bool:
    """
    >>> flag_of("Oui"), flag_of("0"), flag_of("1")
    (True, False, True)
    """
    word = folded(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise Misread("unknown_value")


def ine_of(text: str) -> str:
    """
    Eleven characters. A placeholder says nothing.

    >>> ine_of("0123456789a"), ine_of("000000000000"), ine_of("")
    ('0123456789A', '', '')
    """
    plain = text.strip().upper().replace(" ", "")
    if not plain.strip("0"):
        return ""
    if not INE.match(plain):
        raise Misread("bad_ine")
    return plain


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Folded names of countries, in French and in English, with their ISO code."""
    found = {}
    for language in ("en", "fr"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found[folded(name)] = code
    return found | {"usa": "US", "uk": "GB", "royaume uni": "GB", "etats unis d amerique": "US", "coree du sud": "KR"}


@lru_cache(maxsize=1)
def iso_codes() -> frozenset[str]:
    return frozenset(countries().values())


@lru_cache(maxsize=2_000)
def country_of(text: str) -> str:
    """
    ISO 3166-1 alpha-2, from a code, Insee's code, or a name in French or English.

    >>> country_of("100"), country_of("France"), country_of("Allemagne"), country_of("gb"), country_of("Française")
    ('FR', 'FR', 'DE', 'GB', 'FR')
    """
    plain, word = text.strip().upper(), folded(text)
    if word in UNSAID:
        return ""
    if (code := plain.removeprefix("99") if len(plain) == 5 else plain) in INSEE:
        return INSEE[code]
    if plain in iso_codes():
        return plain
    if found := countries().get(word) or NATIONALITIES.get(word):
        return found
    raise Misread("unknown_value")


LEVELS: Final = (
    ("doctorate", re.compile(r"\b(doctorat|these|phd|doctorate)\b")),
    ("engineer", re.compile(r"\bingenieur")),
    ("licence_pro", re.compile(r"\blicence pro|\blp\b")),
    ("but", re.compile(r"\bbut\b|bachelor universitaire de technologie")),
    ("dut", re.compile(r"\bdut\b|\bbts\b|\bdeust\b")),
    ("master", re.compile(r"\b(master|m1|m2|maitrise|dea|dess|magistere|msc)\b")),
    ("licence", re.compile(r"\b(licence|deug|bachelor|l[123])\b")),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def level_of(degree: str) -> str:
    """
    The level that the label of a degree tells, or "".

    >>> level_of("MASTER Statistique et société"), level_of("Licence pro Géomatique"), level_of("CAPES")
    ('master', 'licence_pro', '')
    """
    word = folded(degree)
    return next((level for level, pattern in LEVELS if pattern.search(word)), "")
