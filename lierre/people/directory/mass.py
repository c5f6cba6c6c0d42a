"""Many people taken away at once: with a reason, and a few times a day at most. The journal says who, how many and why."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import ngettext

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry

VERBS: Final = ("persons.exported", "segment.exported", "group.exported", "ceremony.exported")
A_DAY: Final = timedelta(days=1)


def is_mass(count: int) -> bool:
    return bool(count > settings.MASS_EXPORT)


def refuse_too_often(count: int, *, by: Any) -> None:
    """Call it in the transaction that writes the line: two pages that ask at once are counted one after the other."""
    if not is_mass(count):
        return
    list(User.objects.select_for_update().filter(pk=by.pk))
    taken = Entry.objects.by(by).filter(verb__in=VERBS, at__gt=timezone.now() - A_DAY)
    if taken.filter(details__total__gt=settings.MASS_EXPORT).count() >= settings.MASS_EXPORTS_A_DAY:
        told = ngettext(
            "You took a long list away %(count)d time today: use that one, or ask the data protection officer.",
            "You took a long list away %(count)d times today: use one of those, or ask the data protection officer.",
            settings.MASS_EXPORTS_A_DAY,
        )
        raise Refused(told % {"count": settings.MASS_EXPORTS_A_DAY})
