"""What people said on networks and somebody sees to, as long as it waits: somebody else does."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import Tie
from lierre.accounts.models import User
from lierre.foundation.zones import said as moment_said
from lierre.publishing.hearing.listing import give
from lierre.publishing.models import Heard
from lierre.publishing.permissions import SEE_POSTS


def waiting(user: User) -> QuerySet[Heard]:
    return Heard.objects.open().filter(assigned_to=user).select_related("account__unit", "assigned_to")


def told(heard: Heard) -> str:
    return f"{heard.account}, {heard.who}, {moment_said(heard.at, 'SHORT_DATETIME_FORMAT')}"


def hand(heard: Heard, to: User | None, by: Any) -> None:
    give(heard, to, by=by)


ANSWERS: Final = Tie(
    "answers", gettext_lazy("Answers on networks that they see to"),
    gettext_lazy("What people said to our accounts, and nobody has handled yet."),
    waiting, told, SEE_POSTS.roles, hand, nobody=True,
)  # fmt: skip
