"""Who may do what with purposes, consents, requests of rights and the register."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lierre.foundation.abilities import declare, may
from lierre.privacy.models import Request
from lierre.privacy.models.request import RequestQuerySet

READ_PURPOSES = declare(
    "read_purposes",
    label=_("read the purposes, the agreements and the register of processing"),
    roles=frozenset({"data_protection", "alumni_office", "direction"}),
)
DECIDE_PURPOSES = declare(
    "decide_purposes",
    label=_("decide the purposes, their legal bases, the sharing agreements and the contact budget"),
    roles=frozenset({"data_protection"}),
)
SEE_CHOICES = declare(
    "see_choices",
    label=_("see what someone agreed to, and write down what they say"),
    roles=frozenset({"data_protection", "alumni_office"}),
)
HANDLE_REQUESTS = declare(
    "handle_requests",
    label=_("answer the requests of rights: all of them, or those one was given"),
    roles=frozenset({"data_protection", "alumni_office"}),
)
LEAD_REQUESTS = declare(
    "lead_requests",
    label=_("receive every request of rights, and give it to somebody"),
    roles=frozenset({"data_protection"}),
)
KEEP_BREACHES = declare("keep_breaches", label=_("keep the log of breaches"), roles=frozenset({"data_protection"}))


def requests_visible_to(user: Any) -> RequestQuerySet:
    """All of them for the data protection officer; for others, those they were given."""
    if may(user, LEAD_REQUESTS):
        return Request.objects.all()
    return Request.objects.given_to(user) if may(user, HANDLE_REQUESTS) else Request.objects.none()
