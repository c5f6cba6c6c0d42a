"""“I have a story”: offered by an ambassador, answered by communication; whoever told it is told what becomes of it."""

from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.models.journal import record
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import Ambassador, Notice, Post, Story

TOLD: Final[dict[str, Any]] = {
    Story.State.ANSWERED: gettext_lazy("An answer to your story: %(title)s"),
    Story.State.PLANNED: gettext_lazy("Your story is being written: %(title)s"),
    Story.State.DECLINED: gettext_lazy("Not this time: %(title)s"),
}


def offer(who: Ambassador, said: dict[str, Any]) -> Story:
    with transaction.atomic():
        story = Story.objects.create(ambassador=who, **said)
        # Without its title: the journal forgets nothing, and a story goes with whoever told it.
        record("story.offered", story, by=who.user, name="")
    return story


def answer(story: Story, words: str, *, by: Any) -> None:
    """A question, thanks, a date: it stays open."""
    with transaction.atomic():
        story.settle(Story.State.ANSWERED, words, by=by)
        tell(story)


def decline(story: Story, words: str, *, by: Any) -> None:
    with transaction.atomic():
        story.settle(Story.State.DECLINED, words, by=by)
        tell(story)


def plan(story: Story, words: str, *, by: Any) -> Post:
    """A draft, for no account yet, with what was told: communication writes it."""
    with transaction.atomic():
        lines = [story.title, story.words]
        lines += [_("When: %(moment)s") % {"moment": story.moment}] if story.moment else []
        lines += [_("May be quoted: %(who)s") % {"who": story.quoted}] if story.quoted else []
        intent = {"title": story.title, "unit": story.ambassador.unit, "zone": settings.TIME_ZONE}
        post = write(Draft(["\n\n".join(lines)], [], intent=intent), by=by)
        story.settle(Story.State.PLANNED, words, by=by, post=post)
        tell(story)
    return post


def tell(story: Story) -> None:
    """By a message that leaves with what it tells; the page of the stories says the same."""
    to = story.ambassador.user
    with translation.override(to.language or settings.LANGUAGE_CODE):
        subject = " ".join((str(TOLD[Story.State(story.state)]) % {"title": story.title}).split())[:200]
        address = settings.ADDRESS + reverse("publishing:stories")
        body = "\n\n".join(filter(None, [story.answer, address, settings.INSTITUTION]))
        Notice.objects.create(to=to, subject=subject, body=f"{body}\n")
