"""What waits for a graduate among the others: an invitation, somebody at the door of their group, somebody of their class."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lierre.site.pending import ASKING, INVITED, VOUCH, Group, Pending
from lierre.site.task import Task


def fellowship(pending: Pending) -> Iterator[Task]:
    yield from invitations(pending[INVITED])
    yield from requests(pending[ASKING])
    yield from classmates(pending[VOUCH])


def invitations(groups: Sequence[Group]) -> Iterator[Task]:
    for group in groups[:2]:
        yield Task(
            pgettext("before what is answered", "Answer"), _("the invitation to “%(group)s”") % {"group": group.called},
            _("Its members will see what you show to “my groups”. Nobody is told if you would rather not."),
            _("See the group"), reverse("community:group", args=[group.told]), group.since,
        )  # fmt: skip


def requests(groups: Sequence[Group]) -> Iterator[Task]:
    for group in groups[:2]:
        what = ngettext(
            "%(count)d person at the door of “%(group)s”", "%(count)d persons at the door of “%(group)s”", group.count
        ) % {"count": group.count, "group": group.called}
        yield Task(
            _("Welcome"), what, _("You host this group: whoever asks to join it waits for your answer."), _("See who asks"),
            reverse("community:group", args=[group.told]), group.since, "soon",
        )  # fmt: skip


def classmates(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext(
            "whether %(count)d person was of your class", "whether %(count)d persons were of your class", count
        ) % {"count": count}
        yield Task(
            _("Say"), what, _("They look for their record, and you are delegate: you may remember them."),
            pgettext("button", "Answer"), reverse("people:my_class"),
            min((group.since for group in groups if group.since), default=None), "soon",
        )  # fmt: skip
