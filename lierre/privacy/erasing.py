"""Erasing someone who asked for it: their request is settled, and no new file brings them back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.erasing import erase
from lierre.privacy.models import Request


def fulfil(request: Request, *, by: Any, answer: str) -> None:
    """Erase whoever asked for it, and settle the request."""
    if request.right != Request.Right.ERASURE or request.person is None:
        raise Refused(_("Only a request of erasure, whose author is known, leads to this."))
    if not answer.strip():
        raise Refused(_("Write what was answered: it is what proves that the right was respected."))
    reason = _("Request of erasure no. %(number)d.") % {"number": request.pk}
    # Files are emptied before anything is written: no transaction is open meanwhile. Done twice, nothing changes.
    erase(request.person, by=by, reason=reason, on_request=True)
    with transaction.atomic():
        request.refresh_from_db()
        request.settle_erased(by=by)
        record("request.fulfilled", request, by=by)
