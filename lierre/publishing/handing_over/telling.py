"""Whoever receives something is told by mail what it is, and from whom it comes."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lierre.accounts.models import User
from lierre.publishing.models import Notice


def tell(taker: User, things: list[str], leaver: User, by: Any) -> None:
    """A row, written in the transaction that hands over; a worker sends it."""
    with translation.override(taker.language or settings.LANGUAGE_CODE):
        subject = _("From %(leaver)s to you: %(count)d things") % {"leaver": leaver, "count": len(things)}
        body = _("%(leaver)s leaves. %(by)s entrusts you with:\n\n%(things)s\n\nAll of it is in the register:\n%(link)s") % {
            "leaver": leaver, "by": by, "things": "\n".join(f"– {each}" for each in things),
            "link": settings.ADDRESS + reverse("publishing:accounts"),
        }  # fmt: skip
        Notice.objects.create(to=taker, subject=subject[:200], body=f"{body}\n\n{settings.INSTITUTION}\n")
