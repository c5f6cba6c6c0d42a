"""Whether a value may flow from one controller to another: the agreements in force answer, and nothing else."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.privacy.answer import Answer
from lierre.privacy.fields import FLOWING
from lierre.privacy.models import Agreement, Controller


def may_share(
    field: str, giver: Controller, taker: Controller, *, purpose: str = "", day: date | None = None
) -> Answer:
    """Whether this field ("usage", "contacts") may go from the one to the other, for this purpose if one is named."""
    return answer(field, giver, taker, between(giver, taker, day), purpose)


def between(giver: Controller, taker: Controller, day: date | None = None) -> list[Agreement]:
    return list(Agreement.objects.in_force(day).between(giver, taker).prefetch_related("purposes"))


def answer(
    field: str, giver: Controller, taker: Controller, agreements: Iterable[Agreement], purpose: str = ""
) -> Answer:
    if field not in FLOWING:
        return Answer(False, _("Nothing known is called “%(field)s”.") % {"field": field})
    if giver == taker:
        return Answer(True, _("It stays with the same controller."))
    for agreement in agreements:
        keys = {each.key for each in agreement.purposes.all() if each.is_open}
        if field in agreement.fields and (purpose in keys or (not purpose and keys)):
            said = _("The agreement of %(day)s says so.")
            return Answer(True, said % {"day": date_format(agreement.signed_on, "DATE_FORMAT")})
    return Answer(False, _("No agreement in force lets it flow."))


def matrix(giver: Controller, taker: Controller) -> list[tuple[str, Answer]]:
    """Every field, in words, and whether it flows."""
    known = between(giver, taker)
    return [(str(each.label), answer(name, giver, taker, known)) for name, each in FLOWING.items()]
