"""What is said of the time of a mailing: embargoes, posts in the same hours, other letters to the same people."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.zones import said
from lierre.publishing.caution import Caution
from lierre.publishing.mailing.audience import held
from lierre.publishing.mailing.planning import TOO_NEAR
from lierre.publishing.models import Mailing, Post
from lierre.publishing.models.embargo import embargoes_on

# Two letters to one person nearer than this are read as one too many.
A_DAY: Final = timedelta(hours=24)
MOST: Final = 3


def warnings(mailing: Mailing) -> list[Caution]:
    """Nothing is said of what has begun to leave, or of a time that has passed."""
    if mailing.due_at is None or not mailing.is_changeable or mailing.due_at < timezone.now():
        return []
    return [*of_embargoes(mailing), *of_posts(mailing), *of_letters(mailing)]


def of_embargoes(mailing: Mailing) -> list[Caution]:
    sentence = _("Under embargo until %(moment)s: “%(why)s”. At this time its approval will be refused.")
    return [
        Caution("bad", sentence % {"moment": said(each.ends_at, "DATETIME_FORMAT"), "why": each})
        for each in embargoes_on(mailing, mailing.due_at)
    ]


def of_posts(mailing: Mailing) -> list[Caution]:
    assert mailing.due_at is not None
    near = Post.objects.living().filter(due_at__gt=mailing.due_at - TOO_NEAR, due_at__lt=mailing.due_at + TOO_NEAR)
    titles = list(near.order_by("due_at").values_list("title", flat=True)[:50])
    if not titles:
        return []
    sentence = ngettext(
        "%(count)d post leaves within two hours of it: “%(title)s”.",
        "%(count)d posts leave within two hours of it: “%(title)s”.",
        len(titles),
    )
    return [Caution("warn", sentence % {"count": len(titles), "title": _("”, “").join(titles[:MOST])})]


def readers_of(mailing: Mailing) -> set[int]:
    if mailing.began_at is None:
        return set(held(mailing))
    return set(mailing.recipients.values_list("person", flat=True))


def of_letters(mailing: Mailing) -> list[Caution]:
    """How many people would receive both: those who received the other one, or whom its segment holds now."""
    assert mailing.due_at is not None
    around = Mailing.objects.between(mailing.due_at - A_DAY, mailing.due_at + A_DAY).exclude(pk=mailing.pk)
    near = list(around.select_related("segment", "owner")[:MOST])
    if not near:
        return []
    mine = set(held(mailing))
    found = []
    for other in near:
        both = len(mine & readers_of(other))
        if both:
            sentence = ngettext(
                "%(count)d person would also receive “%(name)s”, %(moment)s.",
                "%(count)d persons would also receive “%(name)s”, %(moment)s.",
                both,
            )
            moment = said(other.due_at, "DATETIME_FORMAT") if other.due_at else ""
            found.append(Caution("warn", sentence % {"count": both, "name": other.name, "moment": moment}))
    return found
