"""Something the institution wants to say: an intent, with a text for each account that inherits until it is touched."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.models.embargo import refuse_under_embargo

if TYPE_CHECKING:
    from lierre.publishing.models.account import Account


class PostQuerySet(models.QuerySet["Post"]):
    def living(self) -> Self:
        return self.exclude(state=Post.State.WITHDRAWN)

    def between(self, start: datetime, end: datetime) -> Self:
        return self.filter(due_at__gte=start, due_at__lt=end).order_by("due_at", "pk")


class Post(models.Model):
    """`parts`: the messages of a thread, most often one. `due_at`: an instant; `zone`: the clock it was chosen on."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("draft")
        SUBMITTED = "submitted", gettext_lazy("waits for approval")
        APPROVED = "approved", gettext_lazy("approved")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    class Kind(models.TextChoices):
        NEWS = "news", gettext_lazy("news")
        EVENT = "event", gettext_lazy("event")
        RESEARCH = "research", gettext_lazy("research")
        JOB = "job", gettext_lazy("offer")
        CRISIS = "crisis", gettext_lazy("crisis")

    title = models.CharField(gettext_lazy("title"), max_length=150)
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind, default=Kind.NEWS)
    urgent = models.BooleanField(gettext_lazy("urgent"), default=False)
    parts = models.JSONField(gettext_lazy("text"), default=list)
    objective = models.CharField(gettext_lazy("objective"), max_length=200, blank=True)
    audience = models.CharField(gettext_lazy("audience"), max_length=200, blank=True)
    campaign = models.CharField(gettext_lazy("campaign"), max_length=100, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("written by"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    deadline = models.DateField(gettext_lazy("too late after"), null=True, blank=True)
    due_at = models.DateTimeField(gettext_lazy("leaves on"), null=True, blank=True, db_index=True)
    zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(gettext_lazy("language"), max_length=5, default="fr")
    # Each address of the text leaves as a short link of ours, which counts how often it is opened.
    counts_links = models.BooleanField(gettext_lazy("count the clicks of the links"), default=False)
    # The page that it leads to, and the card shown of it where a network takes ours.
    link_url = models.URLField(gettext_lazy("address of the link"), max_length=2000, blank=True)
    link_title = models.CharField(gettext_lazy("title of the card"), max_length=400, blank=True)
    link_description = models.CharField(gettext_lazy("description of the card"), max_length=400, blank=True)
    link_image = models.ForeignKey("publishing.Medium", models.PROTECT, null=True, blank=True, related_name="cards")
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    # What a machine calls it: said twice, it is written once.
    reference = models.CharField(max_length=100, unique=True, null=True, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("post")
        verbose_name_plural = gettext_lazy("posts")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publishing:post", args=[self.pk])

    @property
    def text(self) -> str:
        return joined(self.parts)

    @classmethod
    def write(cls, parts: Sequence[str], accounts: Iterable["Account"], *, by: Any, **fields: Any) -> "Post":
        """A draft for these accounts. `by` is a user, or the name of a command."""
        owner = by if isinstance(by, models.Model) else None
        fields = {"owner": owner, "title": title_of(parts)} | fields
        with transaction.atomic():
            post = cls.objects.create(parts=list(parts), **fields)
            for account in accounts:
                post.variants.create(account=account)
            post.lay_out()
            record("post.written", post, by=by)
        return post

    def lay_out(self) -> None:
        """One row of the outbox for each part on each account, as the texts now stand."""
        for variant in self.variants.all():
            variant.post = self
            variant.lay_out()

    def approve(self, *, by: Any) -> None:
        """Let it leave at its time: its rows wait from now on."""
        if not self.variants.exists():
            raise Refused(_("Choose at least one account: there is nowhere to send this."))
        refuse_under_embargo(self, self.due_at or timezone.now())
        if type(self).objects.filter(pk=self.pk, place__account__pause__isnull=False).exists():
            raise Refused(_("Its queue is paused: resume it, or take this post out of it."))
        with transaction.atomic():
            self.move(
                [self.State.DRAFT, self.State.SUBMITTED], self.State.APPROVED, due_at=self.due_at or timezone.now()
            )
            self.deliveries.drafts().wait(self.due_at)
            record("post.approved", self, by=by, version=self.version)

    def approval_falls(self, changed: bool, *, by: Any) -> bool:
        """Other words than those that were approved: nothing leaves until they are approved in turn."""
        if not changed or self.state not in {self.State.SUBMITTED, self.State.APPROVED}:
            return False
        if self.state == self.State.APPROVED and not (self.needs_approval or self.signatures.exists()):
            self.deliveries.drafts().wait(self.due_at)
            return False
        self.move([self.State.SUBMITTED, self.State.APPROVED], self.State.DRAFT, urgent=False)
        self.deliveries.call_back()
        record("post.approval_fell", self, by=by, version=self.version)
        return True

    @property
    def needs_approval(self) -> bool:
        """Whether an account that it is for asks for one."""
        asking = self.variants.filter(account__steps__isnull=False)
        return asking.filter(account__steps__kind__in=["", self.kind]).exists()

    def withdraw(self, *, by: Any, why: str = "") -> None:
        """What has not left does not leave. What is leaving at this instant is not called back."""
        with transaction.atomic():
            self.move([self.State.DRAFT, self.State.SUBMITTED, self.State.APPROVED], self.State.WITHDRAWN)
            cancelled = self.deliveries.cancel()
            record("post.withdrawn", self, by=by, why=why, cancelled=cancelled)

    def bring_back(self, *, by: Any) -> None:
        """A withdrawn post is a draft again, with its words and its time: whoever withdrew it by mistake loses nothing."""
        with transaction.atomic():
            self.move([self.State.WITHDRAWN], self.State.DRAFT, urgent=False)
            self.deliveries.filter(state="cancelled", sent_times=0).update(state="draft", due_at=self.due_at)
            self.lay_out()
            record("post.brought_back", self, by=by)

    def move_to(self, day: date, *, by: Any) -> None:
        """Another day, the same hour on the clock that was chosen: a change of season moves nothing."""
        if self.due_at is None:
            raise Refused(_("This post has no time yet: open it, and choose one."))
        local = self.due_at.astimezone(self.clock)
        at = datetime.combine(day, local.time(), self.clock)
        if at < timezone.now() and self.state != self.State.DRAFT:
            raise Refused(_("This hour has passed: choose a day that is still to come."))
        self.reschedule(at, by=by)

    def reschedule(self, due_at: datetime, *, by: Any) -> None:
        """What has not left leaves at another time. Refuses when some of it has left."""
        if self.state == self.State.APPROVED:
            refuse_under_embargo(self, due_at)
        with transaction.atomic():
            before = self.due_at
            self.move([self.State.DRAFT, self.State.SUBMITTED, self.State.APPROVED], self.state, due_at=due_at)
            rows = self.deliveries.exclude(state="cancelled")
            if rows.exclude(state__in=["draft", "waiting", "missed"]).exists():
                raise Refused(_("Some of it has left already: its time cannot be changed."))
            rows.drafts().update(due_at=due_at)
            rows.exclude(state="draft").wait(due_at)
            record("post.moved", self, by=by, before=before.isoformat() if before else "", after=due_at.isoformat())

    @property
    def clock(self) -> ZoneInfo:
        """The clock on which its time was chosen."""
        return ZoneInfo(self.zone or settings.TIME_ZONE)

    def move(self, before: Sequence[str], after: str, **fields: Any) -> None:
        """Two people who press at once: one is refused."""
        fields |= {"state": after, "changed_at": timezone.now()}
        if not type(self).objects.filter(pk=self.pk, state__in=before).update(**fields):
            self.refresh_from_db()
            raise Refused(_("This post is “%(state)s”: that cannot be done now.") % {"state": self.get_state_display()})
        self.refresh_from_db()


SEPARATOR = "\n\n---\n\n"


def joined(parts: Sequence[str]) -> str:
    """A thread in one field: a line of three dashes between two messages."""
    return SEPARATOR.join(parts)


def split(text: str) -> list[str]:
    """
    The messages of a thread, as somebody typed them.

    >>> split("One.\\r\\n---\\r\\nTwo.\\n")
    ['One.', 'Two.']
    """
    lines = text.replace("\r\n", "\n").split("\n")
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == "---":
            parts.append([])
        else:
            parts[-1].append(line)
    return [found for part in parts if (found := "\n".join(part).strip())] or [""]


def title_of(parts: Sequence[str]) -> str:
    """
    The first words, for a list.

    >>> title_of(["Open days are on the 6th.\\nCome!"])
    'Open days are on the 6th.'
    """
    first = next((line for part in parts for line in part.splitlines() if line.strip()), "")
    return first if len(first) <= 80 else first[:79].rpartition(" ")[0] + "…"
