"""The levels of agreement of the engine, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEVELS: Final[dict[str, str | Promise]] = {
    "different": pgettext_lazy("level", "different"),
    "close": _("close"),
    "initial": _("the same initial"),
    "beginning": _("the same beginning"),
    "edit": _("a slip of the fingers"),
    "sound": _("the same sound"),
    "short": _("a short form"),
    "second": _("another given name of theirs"),
    "part": _("a part in common"),
    "crossed": _("name and given name crossed"),
    "swapped": _("name and given name exchanged"),
    "exact": _("identical"),
    "all": _("every given name identical"),
    "both": _("birth and usage names identical"),
    "usage": _("birth name of the one, usage name of the other"),
    "same year": _("the same year"),
    "partial": _("what is known agrees"),
    "two parts": _("day, month or year differs"),
    "inverted": _("day and month inverted"),
    "near": _("one letter apart"),
    "letters": _("the same letters"),
    "local": _("the same before the @"),
    "absent": _("not found"),
    "theirs in ours": _("the name of the person in the e-mail of the line"),
    "ours in theirs": _("the name of the line in the e-mail of the person"),
    "another year": _("another year"),
    "year of birth": _("the year of birth"),
    "within five": _("within five years"),
    "two": _("two years apart"),
    "one": _("one year apart"),
    "some words": _("some words in common"),
    "most words": _("most words in common"),
    "other level": _("the same subject at another level"),
    "about": _("the same, otherwise said"),
    "same": pgettext_lazy("level", "the same"),
}


def level_in_words(level: str) -> str:
    return str(LEVELS.get(level, capfirst(level)))
