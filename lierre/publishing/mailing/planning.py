"""Mailings in the editorial calendar, at their time, beside the posts: a channel as the others, with a code of its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.publishing.models import Mailing

State = Mailing.State
# What stands for a network in the filters, and in what links say of themselves.
LETTER: Final = "lettre"
LOOKS: Final = {
    State.DRAFT: "draft", State.SUBMITTED: "waiting", State.APPROVED: "ready", State.SENDING: "ready",
    State.PAUSED: "stuck", State.SENT: "sent",
}  # fmt: skip
MOVABLE: Final = (State.DRAFT, State.SUBMITTED, State.APPROVED)
# A mailing and posts nearer than this speak to the same people at once.
TOO_NEAR: Final = timedelta(hours=2)


def key_of(pk: int) -> str:
    """As the calendar names it, where a post is its number."""
    return f"l{pk}"


def mailing_slots(letters: Any) -> list[dict[str, Any]]:
    """What a slot of the calendar is made of. One question to the base."""
    zone = timezone.get_current_timezone()
    road = reverse("publishing:mailing", args=[0])
    rows = letters.values_list("pk", "name", "due_at", "state")
    return [
        {
            "post_id": 0, "key": key_of(pk), "address": road.replace("/0/", f"/{pk}/"), "title": name,
            "at": at.astimezone(zone), "look": LOOKS[State(state)], "moves": state in MOVABLE,
            "marks": (("@", str(_("mailing"))),),
        }
        for pk, name, at, state in rows
        if at is not None
    ]  # fmt: skip


def meetings(letters: Iterable[datetime], posts: Iterable[tuple[int, datetime]]) -> Iterator[tuple[date, str]]:
    """Days when a mailing leaves within two hours of posts, or of another mailing, with the sentence that says it."""
    moments = sorted(letters)
    spoken = list(posts)
    near: dict[date, set[int]] = defaultdict(set)
    twice: dict[date, int] = defaultdict(int)
    for place, at in enumerate(moments):
        day = timezone.localtime(at).date()
        near[day] |= {post for post, moment in spoken if abs(moment - at) < TOO_NEAR}
        together = sum(abs(other - at) < TOO_NEAR for other in moments[place:])
        twice[day] = max(twice[day], together)
    for day in sorted(near):
        if count := len(near[day]):
            sentence = ngettext(
                "a letter and %(count)d post within two hours", "a letter and %(count)d posts within two hours", count
            )
            yield day, sentence % {"count": count}
        if twice[day] > 1:
            yield day, _("%(count)d letters within two hours") % {"count": twice[day]}
