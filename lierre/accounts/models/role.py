"""A role held in a unit, and so in every unit below it, from a day on and sometimes until a day."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.handover import check_free
from lierre.accounts.models.unit import Unit
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.foundation.zones import house_day

if TYPE_CHECKING:
    from lierre.accounts.models.user import User


class RoleQuerySet(models.QuerySet["Role"]):
    def in_force(self, day: date | None = None) -> Self:
        day = day or house_day()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def over(self, day: date | None = None) -> Self:
        """Those whose last day has passed."""
        return self.filter(until__lt=day or house_day())

    def held_in(self, unit: Unit) -> Self:
        """In this very unit."""
        return self.filter(unit=unit)

    def felt_in(self, unit: Unit) -> Self:
        """In this unit, or above it and so inherited."""
        return self.filter(unit__path__in=unit.lineage)

    def below(self, unit: Unit) -> Self:
        """In this unit or in one that hangs on it."""
        return self.filter(unit__path__startswith=unit.path)

    def administering(self) -> Self:
        """Those with which somebody can still give roles to others."""
        return self.in_force().filter(kind=Role.Kind.IT, unit__parent=None, user__is_active=True)

    def held_by_the_last_administrator(self, role: "Role") -> bool:
        """Whether nobody else administers. Locks the rows: two administrators may be removing each other just now."""
        held = {found.pk for found in self.administering().select_for_update(of=("self",))}
        return held == {role.pk}


class Role(models.Model):
    """One person, one role, one unit. A role that is withdrawn is deleted; the journal keeps that it was held."""

    class Kind(models.TextChoices):
        COMMUNICATION = "communication", gettext_lazy("communication")
        ALUMNI_OFFICE = "alumni_office", gettext_lazy("alumni office")
        HR = "hr", gettext_lazy("human resources")
        DIRECTION = "direction", gettext_lazy("direction")
        DATA_PROTECTION = "data_protection", gettext_lazy("data protection officer")
        IT = "it", gettext_lazy("IT department")
        RECRUITER_RELATIONS = "recruiter_relations", gettext_lazy("recruiter relations")
        AMBASSADOR = "ambassador", gettext_lazy("ambassador")
        GRADUATE = "graduate", gettext_lazy("graduate")
        STUDENT = "student", gettext_lazy("student")
        RECRUITER = "recruiter", gettext_lazy("recruiter")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name=gettext_lazy("unit"))
    kind = models.CharField(gettext_lazy("role"), max_length=20, choices=Kind)
    since = models.DateField(gettext_lazy("first day"), default=timezone.localdate)
    until = models.DateField(gettext_lazy("last day"), null=True, blank=True)
    reason = models.CharField(gettext_lazy("reason"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "kind"]
        verbose_name = gettext_lazy("role")
        verbose_name_plural = gettext_lazy("roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "kind"], name="a_role_is_held_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_role_does_not_end_before_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.unit}"

    @property
    def is_in_force(self) -> bool:
        return self.since <= house_day() and (self.until is None or self.until >= house_day())

    @classmethod
    def give(
        cls,
        user: "User",
        kind: str,
        unit: Unit,
        *,
        by: "User | str",
        why: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> "Role":
        """Let someone hold a role. Given again, it takes the new days and reason."""
        since = since or house_day()
        if by == user:
            raise Refused(_("Nobody gives a role to themselves: ask someone else who may."))
        if not user.is_active:
            raise Refused(_("%(user)s can no longer sign in: reactivate the account first.") % {"user": user})
        if not unit.is_open:
            raise Refused(_("%(unit)s is closed: no role can be held there.") % {"unit": unit})
        if until is not None and until < since:
            raise Refused(_("The last day comes before the first one."))
        with transaction.atomic():
            role, is_new = cls.objects.update_or_create(
                user=user, unit=unit, kind=kind, defaults={"since": since, "until": until, "reason": why[:300]}
            )
            role.write("role.given" if is_new else "role.changed", by=by, why=why)
        return role

    @property
    def is_the_last(self) -> bool:
        """Whether whoever holds it would hold nothing any more: they leave."""
        return self.is_in_force and not Role.objects.in_force().filter(user=self.user).exclude(pk=self.pk).exists()

    def withdraw(self, *, by: "User | str", why: str, despite: bool = False) -> None:
        """Take the role back, at once. With the last one, what hangs on them is handed over first, or is left `despite`."""
        with transaction.atomic():
            if Role.objects.held_by_the_last_administrator(self):
                raise Refused(_("Nobody else could administer Lierre any more: give this role to someone first."))
            left = check_free(self.user, despite=despite) if self.is_the_last else {}
            self.write("role.withdrawn", by=by, why=why, **left)
            self.delete()

    def end(self) -> None:
        """The last day has passed."""
        with transaction.atomic():
            self.write("role.ended", by="accounts.end_roles")
            self.delete()

    def write(self, verb: str, *, by: "User | str", why: str = "", **more: Any) -> None:
        """The journal speaks of the person, so that their page tells which roles they held."""
        days = {"since": self.since.isoformat(), "until": self.until.isoformat() if self.until else None}
        name = f"{self.user} ({self})"
        record(verb, self.user, by=by, why=why, name=name, role=self.kind, unit=self.unit.code, **days, **more)
