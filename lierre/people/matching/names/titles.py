"""What people put around their names, which is no part of them: Dr, Me, PhD, MBA, Jr, and the signs of profiles."""

import re
from typing import Final

from lierre.people.matching.names.letters import legible

WORDS_BEFORE: Final = (
    r"mesdames|messieurs|monsieur|madame|mademoiselle|mme|mlle|mr|mrs|miss|ms|docteure?|dr|dre|dra|professeure?"
    r"|professor|prof|pr|pre|ma[iî]tre|me|sir|ing|r\.?p"
)
CIVILITY: Final = re.compile(rf"^(?:(?:{WORDS_BEFORE}|m)\b\.?\s+)+(?=\w)", re.IGNORECASE)
TITLE: Final = re.compile(rf"^(?:(?:{WORDS_BEFORE})\b\.?\s+)+(?=\w)", re.IGNORECASE)
WORDS_AFTER: Final = (
    r"ph\.?\s?d|dphil|m\.?b\.?a|e\.?m\.?b\.?a|m\.?sc|b\.?sc|m\.?eng|b\.?eng|m\.?d|d\.?v\.?m|ll\.?m|ll\.?b|j\.?d|m\.?a"
    r"|b\.?a|c\.?f\.?a|c\.?p\.?a|acca|pmp|prince2|hdr|esq|ing|eng|dr|jr|sr|cissp|frm|dscg|deug|des"
)
AFTER: Final = re.compile(rf"(?:\s*,\s*|\s+|\s*\()(?:{WORDS_AFTER}|I{{2,3}}|IV)\.?\)?\s*$", re.IGNORECASE)
# Those of four letters or more, as `folded` writes them.
LONG_TITLES: Final = frozenset(
    {
        *("mesdames", "messieurs", "monsieur", "madame", "mademoiselle", "mlle", "miss", "docteur", "docteure"),
        *(
            "professeur",
            "professeure",
            "professor",
            "prof",
            "maitre",
            "dphil",
            "meng",
            "beng",
            "acca",
            "cissp",
            "dscg",
            "deug",
        ),
    }
)
# Ticks, arrows, faces, flags and what joins them. A name is of letters, digits and a little punctuation.
SIGNS: Final = re.compile(r"[^\w\s'’‘ʼ`´\-‐‑‒–—.,()\"“”«»/&]+|[☀-➿]|(?<=\S)\s*[|•·:].*$")


def without_titles(text: str) -> str:
    """
    The name alone. A word that could be the name itself stays when nothing else remains.

    >>> without_titles("Dr. Solenn Le Goff, PhD"), without_titles("Me Hervé"), without_titles("Giraud ✔")
    ('Solenn Le Goff', 'Hervé', 'Giraud')
    >>> without_titles("Depaz (MBA)"), without_titles("M. et Mme Riou"), without_titles("Maître"), without_titles("M.")
    ('Depaz', 'Riou', 'Maître', 'M.')
    """
    return stripped(text, CIVILITY)


def stripped(text: str, before: re.Pattern[str] = TITLE) -> str:
    """
    The same for a field of given names, where “M.” is an initial.

    >>> stripped("M. Louis"), stripped("Pr Louis")
    ('M. Louis', 'Louis')
    """
    if text.isalpha():
        return text
    plain = " ".join(SIGNS.sub(" ", legible(text)).split()) or text
    if before is CIVILITY:
        plain = re.sub(r"^(?:m|mr|monsieur)\.? (?:et|&|ou) (?:mme|madame)\.? ", "", plain, flags=re.IGNORECASE)
    plain = before.sub("", plain)
    while (cut := AFTER.sub("", plain)) != plain and cut:
        plain = cut
    return plain.strip(" ,/&")
