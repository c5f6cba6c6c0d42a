"""How long something took, as one says it."""

from django.utils.formats import number_format

NARROW = "\u202f"


def in_words(seconds: float | None) -> str:
    """
    Units are the international ones, the same in every language.

    >>> [in_words(seconds).replace(NARROW, " ") for seconds in (12.3, 185, 3_900, None)]
    ['12 s', '3 min 05 s', '1 h 05 min', '']
    """
    if seconds is None:
        return ""
    if seconds < 10:
        return f"{number_format(seconds, 1)}{NARROW}s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole}{NARROW}s"
    if whole < 3_600:
        return f"{whole // 60}{NARROW}min {whole % 60:02}{NARROW}s"
    return f"{whole // 3_600}{NARROW}h {whole % 3_600 // 60:02}{NARROW}min"
