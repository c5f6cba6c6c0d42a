"""Mailings in the editorial calendar, at their time, beside the posts."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.publishing.models import Mailing

State = Mailing.State
LOOKS: Final = {
    State.DRAFT: "draft", State.SUBMITTED: "waiting", State.APPROVED: "ready", State.SENDING: "ready",
    State.PAUSED: "stuck", State.SENT: "sent",
}  # fmt: skip


def mailing_slots(first: date, last: date) -> list[dict[str, Any]]:
    """From the first day to the last, both included: what a slot of the calendar is made of. One question to the base."""
    zone = timezone.get_current_timezone()
    start, end = (datetime.combine(day, datetime.min.time(), zone) for day in (first, last + timedelta(days=1)))
    road = reverse("publishing:mailing", args=[0])
    rows = Mailing.objects.between(start, end).values_list("pk", "name", "due_at", "state")
    return [
        {
            "post_id": 0, "address": road.replace("/0/", f"/{pk}/"), "title": name,
            "at": at.astimezone(zone), "look": LOOKS[State(state)],
            "marks": (("@", str(_("mailing"))),),
        }
        for pk, name, at, state in rows
        if at is not None
    ]  # fmt: skip
