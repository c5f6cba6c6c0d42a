"""What waits for those who speak in their own name, and for communication when they told a story."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.site.pending import OWN, STORY, TOPIC, Group, Pending
from lierre.site.task import Task


def own_voices(pending: Pending) -> Iterator[Task]:
    yield from stories_to_answer(pending[STORY])
    yield from own_to_settle(pending[OWN])
    yield from topics_to_tell(pending[TOPIC])


def stories_to_answer(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext("%(count)d story of an ambassador", "%(count)d stories of ambassadors", count) % {
            "count": count
        }
        yield Task(
            _("Write back"), what, _("Whoever tells something and hears nothing tells nothing more."), _("Read"),
            reverse("publishing:story_desk"), min((group.since for group in groups if group.since), default=None),
            "", (groups[0].told,),
        )  # fmt: skip


def own_to_settle(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext(
            "what became of %(count)d text you asked to publish",
            "what became of %(count)d texts you asked to publish",
            count,
        )
        yield Task(
            _("Say"), what % {"count": count}, _("You alone see it, and nothing is sent again without you."), _("See"),
            reverse("publishing:own_accounts"), min((group.since for group in groups if group.since), default=None), "",
        )  # fmt: skip


def topics_to_tell(groups: Sequence[Group]) -> Iterator[Task]:
    if count := sum(group.count for group in groups):
        what = ngettext("in your words: %(count)d topic", "in your words: %(count)d topics", count) % {"count": count}
        yield Task(
            _("Write"), what, _("Five minutes, or none: you choose."), _("See"), reverse("publishing:this_week"), None, "",
            (groups[0].told,),
        )  # fmt: skip
