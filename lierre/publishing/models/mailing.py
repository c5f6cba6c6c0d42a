"""A letter to many people of the base: what it says, to whom, when; somebody else reads it before it leaves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Segment
from lierre.privacy.models import Purpose
from lierre.publishing.models.embargo import refuse_under_embargo
from lierre.publishing.models.mailing_rules import MailingRules
from lierre.publishing.models.post import Post
from lierre.publishing.models.version import digest_of

# Later than this, a person is asked: nothing leaves in a burst after an outage.
TOO_LATE: Final = timedelta(hours=2)
# Four beats of whoever sends.
LEASE: Final = timedelta(seconds=60)


def named(topic: Any) -> models.QuerySet[Purpose, str]:
    return Purpose.objects.filter(key=topic).order_by("population").values_list("label", flat=True)


class MailingQuerySet(models.QuerySet["Mailing"]):
    def with_topic(self) -> Self:
        """Its name in the same question."""
        return self.annotate(topic_name=Coalesce(Subquery(named(OuterRef("topic"))[:1]), "topic"))

    def with_reader(self, user: Any) -> Self:
        """Whether whoever looks wrote of it, and the subjects that somebody outside approves too, in the same question."""
        named, mine = Q(owner=user) | Q(changed_by=user), Mailing.writers.through.objects.filter(user=user)
        wrote = Exists(mine.filter(mailing=OuterRef("pk"))) | named
        topics = MailingRules.objects.filter(pk=1).values("outside_topics")[:1]
        return self.annotate(wrote=Case(When(wrote, then=True), default=False), outside_topics=Subquery(topics))

    def living(self) -> Self:
        return self.exclude(state=Mailing.State.CANCELLED)

    def between(self, start: datetime, end: datetime) -> Self:
        return self.living().filter(due_at__gte=start, due_at__lt=end).order_by("due_at", "pk")

    def turning(self, now: datetime) -> Self:
        """What a worker must look at."""
        due = Q(state__in=[Mailing.State.APPROVED, Mailing.State.SUBMITTED], due_at__lte=now)
        mine = self.filter(due | Q(state=Mailing.State.SENDING)).filter(Q(quiet_until=None) | Q(quiet_until__lte=now))
        return mine.filter(Q(lease_until=None) | Q(lease_until__lt=now)).order_by("due_at", "pk")


class Mailing(models.Model):
    """`topic`: the key of a purpose that one subscribes to. `sections`: [{title, text, image, alt, button, link}]."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("draft")
        SUBMITTED = "submitted", gettext_lazy("waits for approval")
        APPROVED = "approved", gettext_lazy("approved")
        SENDING = "sending", gettext_lazy("leaving")
        PAUSED = "paused", gettext_lazy("paused")
        SENT = "sent", gettext_lazy("sent")
        CANCELLED = "cancelled", gettext_lazy("cancelled")

    name = models.CharField(gettext_lazy("name"), max_length=150)
    topic = models.CharField(gettext_lazy("subject one subscribes to"), max_length=40)
    segment = models.ForeignKey(
        Segment, models.PROTECT, related_name="+", verbose_name=gettext_lazy("to whom")
    )  # fmt: skip
    sender_name = models.CharField(gettext_lazy("sender"), max_length=100)
    reply_to = models.EmailField(gettext_lazy("answers go to"), blank=True)
    subject = models.CharField(gettext_lazy("subject line"), max_length=150)
    preheader = models.CharField(gettext_lazy("words after the subject line"), max_length=150, blank=True)
    sections = models.JSONField(gettext_lazy("sections"), default=list)
    # Each address of the text leaves as a short link of ours, the same for everybody, which counts how often it is opened.
    counts_links = models.BooleanField(gettext_lazy("count the clicks of the links"), default=False)
    # As of a post: embargoes, the charter, the filters of the calendar and what its links say of themselves look at them.
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Post.Kind, default=Post.Kind.NEWS)
    campaign = models.CharField(gettext_lazy("campaign"), max_length=100, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    urgent = models.BooleanField(gettext_lazy("urgent"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("written by")
    )
    due_at = models.DateTimeField(gettext_lazy("leaves on"), null=True, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Whoever wrote something of it, first or since: none of them may approve it.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    # A yes is to exact words, for exact readers: any other digest takes it away.
    approved_digest = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # For whom, when they were away.
    approved_stead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # It was asked for, and somebody outside says yes first: those of the house are asked afterwards.
    waits_outside = models.BooleanField(default=False)
    # Those who may approve were told, last.
    told_at = models.DateTimeField(null=True)

    # Whom it would reach, as last counted: {"total", "kept", "aside": [[why, how many]]}; None when it is not known.
    reckoned = models.JSONField(null=True)
    # As it was when it began to leave: nothing written afterwards changes it.
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    segment_number = models.PositiveIntegerField(null=True)
    began_at = models.DateTimeField(null=True)
    frozen_to = models.BigIntegerField(default=0)  # the last person who was looked at
    frozen_at = models.DateTimeField(null=True)  # every recipient is a row
    ended_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)  # why it is paused, or quiet
    failures = models.PositiveSmallIntegerField(default=0)
    quiet_until = models.DateTimeField(null=True)
    holder = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("mailing")
        verbose_name_plural = gettext_lazy("mailings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "cancelled"]) | ~Q(approved_digest=""),
                name="a_mailing_that_leaves_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_digest="") | ~Q(approved_by=models.F("owner")),
                name="nobody_approves_their_mailing",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publishing:mailing", args=[self.pk])

    @cached_property
    def topic_name(self) -> str:
        """As whoever subscribes reads it."""
        return named(self.topic).first() or self.topic

    @property
    def title(self) -> str:
        """As the calendar names what leaves."""
        return self.name

    @property
    def version(self) -> int:
        """The one that is on a screen: another one once somebody has changed it."""
        return int(self.changed_at.timestamp() * 1000)

    @property
    def words(self) -> str:
        """All that is read in it, for whoever compares it with what else is said."""
        read = [str(section.get(name, "")) for section in self.sections for name in ("title", "text", "button")]
        return "\n".join(each for each in (self.subject, self.preheader, *read) if each)

    @property
    def digest(self) -> str:
        """Of all that will be read, from whom, and by whom."""
        names = ("topic", "sender_name", "reply_to", "subject", "preheader", "sections")
        readers = {"segment": self.segment_id, "asked": self.segment.number}
        # What was approved before links were counted was approved without this word.
        links = {"links": True} if self.counts_links else {}
        return digest_of({name: getattr(self, name) for name in names} | readers | links)

    @property
    def was_approved_as_it_is(self) -> bool:
        """Held by an embargo, or taken back: these very words need not be approved again."""
        return bool(self.approved_digest) and self.approved_digest == self.digest

    @property
    def is_changeable(self) -> bool:
        return self.state in {self.State.DRAFT, self.State.SUBMITTED, self.State.APPROVED}

    @property
    def is_being_frozen(self) -> bool:
        """Its recipients are being written down."""
        return self.began_at is not None and self.frozen_at is None

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.SENDING, self.State.PAUSED}

    def pause(self, why: str = "", *, by: Any) -> None:
        """Nothing more leaves until somebody says so; what is being handed over at this instant is finished."""
        with transaction.atomic():
            self.move([self.State.SENDING, self.State.APPROVED], self.State.PAUSED, said=why[:300])
            record("mailing.paused", self, by=by, why=why)

    def resume(self, *, by: Any) -> None:
        """Not during an embargo: nothing leaves then, whoever says so."""
        refuse_under_embargo(self, timezone.now())
        with transaction.atomic():
            self.move([self.State.PAUSED], self.State.SENDING, said="", failures=0, quiet_until=None)
            record("mailing.resumed", self, by=by)

    def move_to(self, day: date, *, by: Any) -> None:
        """Another day, the same hour of the clock; what is read does not change, the approval stays."""
        if self.due_at is None:
            raise Refused(_("This mailing has no time yet: open it, and choose one."))
        clock = timezone.get_default_timezone()
        at = datetime.combine(day, self.due_at.astimezone(clock).time(), clock)
        if at < timezone.now() and self.state != self.State.DRAFT:
            raise Refused(_("This hour has passed: choose a day that is still to come."))
        self.reschedule(at, by=by)

    def reschedule(self, due_at: datetime, *, by: Any) -> None:
        """At another time. Refused when it has begun to leave, or when it is ready and an embargo is in force then."""
        if self.state == self.State.APPROVED:
            refuse_under_embargo(self, due_at)
        before = self.due_at.isoformat() if self.due_at else ""
        with transaction.atomic():
            self.move([self.State.DRAFT, self.State.SUBMITTED, self.State.APPROVED], self.state, due_at=due_at)
            record("mailing.moved", self, by=by, before=before, after=due_at.isoformat())

    def take_back(self, verb: str, *, by: Any, **said: Any) -> None:
        """A draft again: it does not leave. Whoever approved these very words need not approve them again."""
        with transaction.atomic():
            self.move([self.State.SUBMITTED, self.State.APPROVED], self.State.DRAFT, urgent=False)
            record(verb, self, by=by, **said)

    def claim(self, holder: str) -> bool:
        """Be the only one to send it, for a minute. False when somebody else does."""
        now = timezone.now()
        free = type(self).objects.filter(pk=self.pk).filter(Q(lease_until=None) | Q(lease_until__lt=now))
        return bool(free.update(holder=holder, lease_until=now + LEASE))

    def leave(self, holder: str) -> None:
        type(self).objects.filter(pk=self.pk, holder=holder).update(holder="", lease_until=None)

    def move(self, before: Sequence[str], after: str, **fields: Any) -> None:
        """Two people who press at once: one is refused."""
        if not type(self).objects.filter(pk=self.pk, state__in=before).update(state=after, **fields):
            self.refresh_from_db()
            words = {"state": self.get_state_display()}
            raise Refused(_("This mailing is “%(state)s”: that cannot be done now.") % words)
        self.refresh_from_db()
