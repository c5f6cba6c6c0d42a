"""What waits at the desk is told by mail, once: to whoever publishes by hand at its hour, to whoever wrote what was refused."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from lierre.accounts.models import User
from lierre.publishing.desk import asking
from lierre.publishing.models import Delivery, Notice
from lierre.publishing.network_names import name_of

# Older than this, it is known at the desk already: nobody is written to about the past.
LATELY: Final = timedelta(days=1)
MOST: Final = 200
BY_HAND: Final = "by_hand"
SUBJECTS: Final[dict[str, Any]] = {
    BY_HAND: gettext_lazy("To publish by hand on %(network)s, %(account)s: %(title)s"),
    Delivery.State.TO_CHECK: gettext_lazy("To check on %(network)s, %(account)s: %(title)s"),
    Delivery.State.REFUSED: gettext_lazy("Refused by %(network)s, %(account)s: %(title)s"),
}
BODIES: Final[dict[str, Any]] = {
    BY_HAND: gettext_lazy(
        "Its hour has come. Here is its text; on its page are its files, and a place for its address once it is online."
    ),
    Delivery.State.TO_CHECK: gettext_lazy("The network did not say whether it is online. Nothing is sent again without you."),
    Delivery.State.REFUSED: gettext_lazy("Nothing of it is online there. Correct it, or give it up."),
}  # fmt: skip


def tell_of_desk(now: datetime | None = None) -> int:
    """Answers how many were told."""
    now = now or timezone.now()
    rows = asking().filter(state__in=SUBJECTS, due_at__gte=now - LATELY, part=0).order_by("due_at", "pk")
    rows = rows.select_related("post__owner", "account__owner", "account__deputy")
    return sum(tell(row, user) for row in rows[:MOST] for user in told_of(row))


def told_of(row: Delivery) -> Iterable[User]:
    """By hand, whoever answers for the account; else whoever has the post, and the other when there is none."""
    theirs, account = row.post.owner, row.account
    first = (account.owner, account.deputy, theirs) if row.by_hand else (theirs, account.owner, account.deputy)
    return [user for user in first if user is not None and user.is_active][:1]


def tell(row: Delivery, user: User) -> bool:
    """The subject is the mark: since the hour of the post, it is said once."""
    what = BY_HAND if row.by_hand and row.state == Delivery.State.TO_CHECK else row.state
    with transaction.atomic(), translation.override(user.language or settings.LANGUAGE_CODE):
        said = {"network": name_of(row.account.network), "account": row.account, "title": row.post.title}
        subject = " ".join((str(SUBJECTS[what]) % said).split())[:200]
        if Notice.objects.filter(to=user, subject=subject, made_at__gte=row.due_at).exists():
            return False
        why = [] if what == BY_HAND else [row.failure]
        lines = [str(BODIES[what]), *why, row.text, settings.ADDRESS + row.get_absolute_url(), settings.INSTITUTION]
        Notice.objects.create(to=user, subject=subject, body="\n\n".join(filter(None, lines)) + "\n")
    return True
