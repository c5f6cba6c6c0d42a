"""Somebody sees the house in the place of somebody else, for half an hour, to help them: why is asked, and they are told."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry, record

if TYPE_CHECKING:
    from lierre.accounts.models.user import User

LASTS: Final = timedelta(minutes=30)
A_DAY: Final = timedelta(days=1)
A_WEEK: Final = timedelta(days=7)
MOST_A_DAY: Final = 5
MOST_ATTEMPTS: Final = 6
LEASE: Final = timedelta(minutes=2)


class ActingQuerySet(models.QuerySet["Acting"]):
    def standing(self) -> Self:
        """Nobody has ended them, whether their time has passed or not."""
        return self.filter(ended_at=None)

    def over(self) -> Self:
        return self.standing().filter(until__lte=timezone.now())

    def of(self, actor: "User") -> Self:
        return self.filter(actor=actor)

    def for_place_of(self, user: "User") -> Self:
        return self.filter(user=user).select_related("actor")

    def lately(self) -> Self:
        return self.filter(began_at__gt=timezone.now() - A_DAY)

    def of_this_week(self) -> Self:
        return self.filter(began_at__gt=timezone.now() - A_WEEK)

    def to_tell(self) -> Self:
        """Those whose message should have left by now."""
        return self.filter(send_at__lte=timezone.now()).order_by("send_at")


class Acting(models.Model):
    """Kept a year, so that whoever was concerned can read it; `send_at` says when the message is due, empty once it has left."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=gettext_lazy("who acted")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=gettext_lazy("in the place of")
    )
    reason = models.CharField(gettext_lazy("reason"), max_length=300)
    began_at = models.DateTimeField(gettext_lazy("since"), default=timezone.now)
    until = models.DateTimeField(gettext_lazy("until"))
    ended_at = models.DateTimeField(gettext_lazy("ended at"), null=True)
    send_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.SmallIntegerField(default=0)
    told_at = models.DateTimeField(gettext_lazy("told at"), null=True)

    objects = ActingQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at"]
        verbose_name = gettext_lazy("acting in the place of somebody")
        verbose_name_plural = gettext_lazy("actings in the place of somebody")
        constraints = [
            models.CheckConstraint(condition=~Q(actor=F("user")), name="nobody_acts_in_their_own_place"),
            models.UniqueConstraint(
                fields=["actor"], condition=Q(ended_at=None), name="one_acts_in_one_place_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} → {self.user}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.until <= timezone.now()

    @classmethod
    def begin(cls, user: "User", *, by: "User", why: str) -> "Acting":
        """From now on, for half an hour. `permissions.may_act_for` is asked by whoever calls."""
        with transaction.atomic():
            users = get_user_model().objects
            list(users.select_for_update().filter(pk=by.pk))  # two pages that ask at once are counted in turn
            for past in cls.objects.of(by).over():
                past.end(by="accounts.end_acting")
            if cls.objects.of(by).standing().exists():
                raise Refused(_("You act in the place of somebody already: stop there first."))
            if cls.objects.of(by).lately().count() >= MOST_A_DAY:
                told = ngettext(
                    "You acted in the place of somebody %(count)d time today: wait until tomorrow.",
                    "You acted in the place of somebody %(count)d times today: wait until tomorrow.",
                    MOST_A_DAY,
                )
                raise Refused(told % {"count": MOST_A_DAY})
            acting = cls.objects.create(actor=by, user=user, reason=why[:300], until=timezone.now() + LASTS)
            users.filter(pk=user.pk).update(replaced_until=timezone.now() + A_WEEK)
            record("acting.began", user, by=by, why=why, until=acting.until.isoformat(timespec="minutes"))
        return acting

    def end(self, *, by: Any) -> bool:
        """Nobody acts any more. False when it had ended already."""
        with transaction.atomic():
            now = timezone.now()
            ended = Acting.objects.standing().filter(pk=self.pk).update(ended_at=now)
            if ended:
                minutes = round((min(now, self.until) - self.began_at).total_seconds() / 60)
                record("acting.ended", self.user, by=by, minutes=minutes)
        return bool(ended)

    def saw(self, page: str) -> None:
        """One line for each kind of page that was opened; hidden persons have lines of their own."""
        known = Entry.objects.by(self.actor).of_verb("acting.saw").filter(at__gte=self.began_at)
        if not known.filter(details__page=page, details__in_place_of=self.user_id).exists():
            with transaction.atomic():
                record("acting.saw", self.user, by=self.actor, page=page, in_place_of=self.user_id)

    def claim(self) -> bool:
        """Take the message for two minutes. False when another worker took it first."""
        mine = Acting.objects.filter(pk=self.pk, send_at=self.send_at)
        return mine.update(send_at=timezone.now() + LEASE, attempts=F("attempts") + 1) == 1

    def mark_told(self) -> None:
        Acting.objects.filter(pk=self.pk).update(send_at=None, told_at=timezone.now())

    def mark_failed(self) -> None:
        """Try again later, later each time. Their home page tells them anyway."""
        self.refresh_from_db(fields=["attempts"])
        again = timezone.now() + timedelta(minutes=2**self.attempts) if self.attempts < MOST_ATTEMPTS else None
        Acting.objects.filter(pk=self.pk).update(send_at=again)
