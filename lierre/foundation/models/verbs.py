"""What a line of the journal says, in words: each domain names its verbs in `<domain>/verbs.py`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

_names: dict[str, str | Promise] = {}


def name_verbs(names: Mapping[str, str | Promise]) -> None:
    """Say what verbs mean, in the past tense: {"person.corrected": _("corrected a record")}."""
    _names.update(names)


def verb_in_words(verb: str) -> str:
    """The name of a verb. One that nobody named (its domain is gone) is shown as it is."""
    if verb not in _names:
        autodiscover_modules("verbs")
    return str(_names.get(verb, verb))
