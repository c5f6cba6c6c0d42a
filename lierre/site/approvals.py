"""What does not leave without somebody’s yes: posts, and letters that this person may approve."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.site.pending import Group
from lierre.site.task import Task


def posts_to_approve(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext("%(count)d post that waits for approval", "%(count)d posts that wait for approval", count) % {
            "count": count
        }
        first = min((group.since for group in groups if group.since), default=None)
        why = _("Not approved in time, a post does not leave, and its author is told.")
        if first:
            why = _("The first is for %(moment)s. Not approved in time, a post does not leave.") % {
                "moment": date_format(timezone.localtime(first), "DATETIME_FORMAT")
            }
        alone = groups[0].number if count == 1 else None
        address = reverse("publishing:post", args=[alone]) if alone else reverse("publishing:agenda")
        yield Task(_("Read"), what, why, _("Read"), address, None, "soon", (groups[0].told,) if alone else ())


def letters_to_approve(groups: Sequence[Group]) -> Iterator[Task]:
    for group in groups:
        what = ngettext(
            "%(count)d letter that waits for your approval",
            "%(count)d letters that wait for your approval",
            group.count,
        ) % {"count": group.count}
        why = _("Not approved in time, a letter does not leave, and its author is told.")
        if group.since:
            why = _("The first is for %(moment)s. Not approved in time, a letter does not leave.") % {
                "moment": date_format(timezone.localtime(group.since), "DATETIME_FORMAT")
            }
        alone = group.count == 1
        address = reverse("publishing:mailing", args=[group.number]) if alone else reverse("publishing:mailings")
        yield Task(_("Read"), what, why, _("Read"), address, None, "soon", (group.told,) if alone else ())
