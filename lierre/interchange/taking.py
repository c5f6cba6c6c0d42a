"""
A machine that reads many persons in a day takes a list away, as somebody who exports one does.

Beyond so many it says why, in a header; the journal keeps it under the name of whoever let the machine in, whose lists
are counted together with those they take by hand.
"""

from typing import Final
from urllib.parse import unquote

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.interchange.models import Token
from lierre.interchange.problems import Problem
from lierre.people.directory.mass import refuse_too_often

HEADER: Final = "Reason"
A_DAY: Final = 24 * 3_600
LONGEST: Final = 500


def takes(request: HttpRequest, token: Token, count: int, total: int) -> None:
    """Call it before a list leaves through the door: `count` persons of the `total` that answer."""
    key = f"machine:{token.pk}:{timezone.localdate().isoformat()}"
    read, allowed = cache.get(key) or (0, settings.MASS_EXPORT)
    read += count
    if read > allowed:
        allowed = read - count + max(total, settings.MASS_EXPORT + 1)
        take_a_long_list(request, token, max(total, read))
    cache.set(key, (read, allowed), A_DAY)


def take_a_long_list(request: HttpRequest, token: Token, total: int) -> None:
    why = " ".join(unquote(request.headers.get(HEADER, "")).split())[:LONGEST]
    if not why:
        told = _("More than %(count)d persons in a day are a long list: say why in the header “Reason”.")
        raise Problem(403, "reason", told % {"count": settings.MASS_EXPORT}, header=HEADER)
    try:
        with transaction.atomic():
            refuse_too_often(total, by=token.owner)
            record("persons.exported", by=token.owner, why=why, form="API", total=total, machine=token.name)
    except Refused as refusal:
        raise Problem(429, "mass", str(refusal), {"Retry-After": "3600"}) from None
