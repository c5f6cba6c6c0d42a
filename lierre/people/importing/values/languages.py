"""Languages, as CVs name them with codes or with words, and how well they are spoken."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

MOTHER_TONGUE: Final = "langue maternelle"
UNKNOWN: Final = frozenset({"", "und", "zxx", "mul"})


@lru_cache(maxsize=500)
def language_of(text: str) -> str:
    """
    The name of a language in French, from its code in two letters or three, or from its address; a name stays as it is.

    >>> language_of("eng"), language_of("br"), language_of("http://publications.europa.eu/resource/authority/language/DEU")
    ('anglais', 'breton', 'allemand')
    >>> language_of("Gallo"), language_of("pt-BR"), language_of("und"), language_of("a/b")
    ('Gallo', 'portugais', '', '')
    """
    last = text.strip().rpartition("/")[2]
    code = last.lower().partition("-")[0]
    if code in UNKNOWN:
        return ""
    if found := Locale("fr").languages.get(get_global("language_aliases").get(code, code)):
        return str(found)
    return text.strip()[:60] if last == text.strip() and len(last) > 3 else ""


def levels_of(scores: Iterable[str]) -> str:
    """
    The lowest and the highest of the levels of listening, reading, speaking and writing.

    >>> levels_of(["C1", "b2", "C1", "C1"]), levels_of(["B1", "B1"]), levels_of(["", "-"])
    ('B2–C1', 'B1', '')
    """
    said = sorted({score.strip().upper() for score in scores if score.strip().strip("-")})
    return f"{said[0]}–{said[-1]}" if len(said) > 1 else "".join(said)
