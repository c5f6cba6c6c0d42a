"""Why a pair is suspected: each clue in words, one sentence for all, and the drawing of what each weighs."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from lierre.foundation.charts.waterfall import Rise, Waterfall
from lierre.people.duplicates.pair import CHANCE, bits_of
from lierre.people.duplicates.queue import SURE

Words = str | Promise
# A clue, what it is called in the drawing, and how a sentence says that it agrees, or that it does not.
WORDS: Final[dict[str, tuple[Words, Words, Words]]] = {
    CHANCE: (gettext_lazy("By chance"), "", ""),
    "family": (gettext_lazy("Name"), gettext_lazy("same name"), gettext_lazy("another name")),
    "given": (gettext_lazy("Given name"), gettext_lazy("same given name"), gettext_lazy("another given name")),
    "born": (gettext_lazy("Birth"), gettext_lazy("same day of birth"), gettext_lazy("another day of birth")),
    "birth_place": (
        gettext_lazy("Place of birth"), gettext_lazy("same place of birth"), gettext_lazy("another place of birth"),
    ),
    "sex": (gettext_lazy("Civility"), "", gettext_lazy("another civility")),
    "ine": (
        gettext_lazy("National number"), gettext_lazy("same national student number"),
        gettext_lazy("another national student number"),
    ),
    "student_number": (
        gettext_lazy("Student number"), gettext_lazy("same student number"), gettext_lazy("another student number"),
    ),
    "linkedin": (
        gettext_lazy("LinkedIn profile"), gettext_lazy("same LinkedIn profile"), gettext_lazy("another LinkedIn profile"),
    ),
    "email": (gettext_lazy("E-mail"), gettext_lazy("same e-mail"), gettext_lazy("another e-mail")),
    "phone": (gettext_lazy("Telephone"), gettext_lazy("same telephone"), gettext_lazy("another telephone")),
    "study": (gettext_lazy("Degree, year"), gettext_lazy("same degree the same year"), gettext_lazy("other studies")),
    "employer": (gettext_lazy("Employer"), gettext_lazy("same employer"), gettext_lazy("another employer")),
    "place": (gettext_lazy("Place"), gettext_lazy("same département"), gettext_lazy("another département")),
}  # fmt: skip
NEARLY: Final[dict[str, Words]] = {
    "family": gettext_lazy("a name that is part of the other, or nearly"),
    "given": gettext_lazy("a given name that is nearly the same"),
    "born": gettext_lazy("a day of birth that is nearly the same"),
    "study": gettext_lazy("same class year"),
}
# Below, agreeing is only half an agreement.
HALF: Final = {"family": 7.5, "given": 3.0, "born": 6.0, "study": 5.0}
Clues = Sequence[Sequence[Any]]


def label_of(clue: str) -> str:
    return str(WORDS[clue][0]) if clue in WORDS else capfirst(clue.replace("_", " "))


def agreeing(clue: str, bits: float) -> str:
    if bits < HALF.get(clue, 0):
        return str(NEARLY[clue])
    return str(WORDS[clue][1]) if clue in WORDS else _("%(clue)s agrees") % {"clue": label_of(clue)}


def differing(clue: str) -> str:
    return str(WORDS[clue][2]) if clue in WORDS else _("%(clue)s differs") % {"clue": label_of(clue)}


def told(weights: Clues) -> str:
    """One sentence: what speaks for one person, the weightiest first; then what speaks against it."""
    clues = [(str(clue), float(bits)) for clue, bits in weights if clue != CHANCE]
    pro = sorted((each for each in clues if each[1] > 1), key=lambda each: -each[1])
    contra = sorted((each for each in clues if each[1] < 0), key=lambda each: each[1])
    for_it = together(filter(None, (agreeing(*each) for each in pro[:4])))
    against = together(filter(None, (differing(clue) for clue, _bits in contra[:3])))
    if for_it and against:
        return capfirst(_("%(for_it)s; but %(against)s.") % {"for_it": for_it, "against": against})
    if for_it or against:
        return capfirst(f"{for_it or against}.")
    return _("Nobody said why.")


def together(words: Iterable[str]) -> str:
    """
    >>> together(["same name", "same class year", "same e-mail"]), together([])
    ('same name, same class year and same e-mail', '')
    """
    *first, last = [*words] or [""]
    return pgettext("list", "%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def drawn(weights: Clues) -> Waterfall | None:
    """Nothing for a pair that somebody named: no machine has weighed it."""
    if not weights:
        return None
    return Waterfall(
        title=_("What each clue weighs"), unit=_("bits"), total_label=_("In all"),
        steps=[Rise(label_of(clue), float(bits), clue == CHANCE) for clue, bits in weights],
        threshold=round(bits_of(SURE), 1), below=pgettext_lazy("drawing", "two persons"),
        beyond=pgettext_lazy("drawing", "the same"),
    )  # fmt: skip
