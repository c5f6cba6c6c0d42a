"""A part of the institution: faculty, school, department, laboratory, service. The tree changes one verb at a time."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models.functions import Concat, Length, Substr, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import ngettext as _n

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record

if TYPE_CHECKING:
    from lierre.accounts.models.user import User

LONGEST_PATH = 200


class UnitQuerySet(models.QuerySet["Unit"]):
    def below(self, unit: "Unit") -> Self:
        """The unit and all that hangs on it."""
        return self.filter(path__startswith=unit.path)

    def above(self, unit: "Unit") -> Self:
        """The unit and all that it hangs on, the institution first."""
        return self.filter(path__in=unit.lineage).order_by("path")

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def institution(self) -> "Unit | None":
        return self.filter(parent=None).first()

    def hold_still(self) -> None:
        """Let one change of the tree happen at a time: two moves crossing each other would make a ring."""
        list(self.select_for_update().filter(parent=None).values_list("pk"))


class Unit(models.Model):
    """A node of the tree. `path` spells the codes from the top ("/UBN/SCI/MATH/"), so that below is a prefix."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", gettext_lazy("institution")
        FACULTY = "faculty", gettext_lazy("faculty")
        SCHOOL = "school", gettext_lazy("school")
        DEPARTMENT = "department", gettext_lazy("department")
        LABORATORY = "laboratory", gettext_lazy("laboratory")
        SERVICE = "service", gettext_lazy("service")

    code = models.SlugField(gettext_lazy("code"), max_length=20, unique=True)
    name = models.CharField(gettext_lazy("name"), max_length=150)
    kind = models.CharField(gettext_lazy("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=gettext_lazy("part of")
    )
    path = models.CharField(max_length=LONGEST_PATH, unique=True, editable=False)
    closed_on = models.DateField(gettext_lazy("closed on"), null=True, blank=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = gettext_lazy("unit")
        verbose_name_plural = gettext_lazy("units")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="institution", parent=None)
                | (~models.Q(kind="institution") & ~models.Q(parent=None)),
                name="only_the_institution_is_at_the_top",
            ),
            models.UniqueConstraint(
                models.F("kind"),
                condition=models.Q(parent=None),
                name="one_unit_at_the_top",
                violation_error_message=gettext_lazy(
                    "The institution is already there: choose what this unit is part of."
                ),
            ),
            # SQLite compares the beginning of a path without regard to case.
            models.UniqueConstraint(
                Upper("code"),
                name="codes_differ_by_more_than_case",
                violation_error_message=gettext_lazy("Another unit has this code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:unit", args=[self.pk])

    @property
    def level(self) -> int:
        """0 for the institution, 1 for its faculties, and so on."""
        return self.path.count("/") - 2

    @property
    def lineage(self) -> list[str]:
        """The paths from the top down to this one."""
        codes = self.path.strip("/").split("/")
        return ["/" + "/".join(codes[: depth + 1]) + "/" for depth in range(len(codes))]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def contains(self, other: "Unit") -> bool:
        return other.path.startswith(self.path)

    @classmethod
    def add(cls, *, code: str, name: str, kind: str, parent: "Unit | None", by: "User | str") -> "Unit":
        """Hang a new unit on the tree. Without a parent, it is the institution itself."""
        if parent is not None and not parent.is_open:
            raise Refused(_("%(unit)s is closed: nothing can be added to it.") % {"unit": parent})
        path = f"{parent.path if parent else '/'}{code}/"
        if len(path) > LONGEST_PATH:
            raise Refused(_("The tree would become too deep here. Choose shorter codes, or another place."))
        with transaction.atomic():
            cls.objects.hold_still()
            unit = cls.objects.create(code=code, name=name, kind=kind, parent=parent, path=path)
            record("unit.created", unit, by=by, code=code, path=path)
        return unit

    def rename(self, *, name: str, code: str, kind: str, by: "User | str", why: str = "") -> None:
        """Give it another name, code or kind. What hangs on it follows the code."""
        with transaction.atomic():
            self.settle()
            before = {"name": self.name, "code": self.code, "kind": self.kind}
            if code != self.code:
                self.carry(f"{self.path.removesuffix(f'{self.code}/')}{code}/")
            self.name, self.code, self.kind = name, code, kind
            self.save(update_fields=["name", "code", "kind"])
            record(
                "unit.renamed", self, by=by, why=why, before=before, after={"name": name, "code": code, "kind": kind}
            )

    def move(self, under: "Unit", *, by: "User | str", why: str = "") -> None:
        """Hang it, and all that hangs on it, on another unit."""
        with transaction.atomic():
            self.settle()
            under.refresh_from_db()
            if self.parent_id is None:
                raise Refused(_("The institution is the top of the tree: it cannot be moved."))
            if self.contains(under):
                raise Refused(_("A unit cannot be moved under itself, nor under what hangs on it."))
            if not under.is_open:
                raise Refused(_("%(unit)s is closed: nothing can be added to it.") % {"unit": under})
            before, self.parent = str(self.parent), under
            self.carry(f"{under.path}{self.code}/")
            self.save(update_fields=["parent"])
            record("unit.moved", self, by=by, why=why, before=before, after=str(under))

    def close(self, *, by: "User | str", why: str) -> int:
        """End its life: it stays in what is past, and nobody works there any more. Answers how many roles ended."""
        with transaction.atomic():
            self.settle()
            if self.parent_id is None:
                raise Refused(_("The institution itself cannot be closed."))
            hanging = Unit.objects.open().filter(parent=self).count()
            if hanging:
                raise Refused(
                    _n(
                        "%(count)d open unit hangs on it: move or close it first.",
                        "%(count)d open units hang on it: move or close them first.",
                        hanging,
                    )
                    % {"count": hanging}
                )
            ended = list(self.roles.select_related("user", "unit"))
            for role in ended:
                role.withdraw(by=by, why=why)
            for invitation in self.invitations.unanswered():
                invitation.withdraw(by=by)
            self.closed_on = timezone.localdate()
            self.save(update_fields=["closed_on"])
            record("unit.closed", self, by=by, why=why, roles_ended=len(ended))
        return len(ended)

    def reopen(self, *, by: "User | str", why: str) -> None:
        """Open it again, without the roles that were held there."""
        if self.parent is not None and not self.parent.is_open:
            raise Refused(_("%(unit)s is closed: reopen it first.") % {"unit": self.parent})
        with transaction.atomic():
            self.closed_on = None
            self.save(update_fields=["closed_on"])
            record("unit.reopened", self, by=by, why=why)

    def settle(self) -> None:
        """Begin a change of the tree: nobody else changes it meanwhile, and this unit is read as it now stands."""
        Unit.objects.hold_still()
        self.refresh_from_db()

    def carry(self, path: str) -> None:
        """Take all that hangs on this unit to its new path, in one UPDATE."""
        below = Unit.objects.below(self)
        longest: dict[str, Any] = below.aggregate(length=models.Max(Length("path")))
        if longest["length"] - len(self.path) + len(path) > LONGEST_PATH:
            raise Refused(_("The tree would become too deep here. Choose shorter codes, or another place."))
        below.update(path=Concat(models.Value(path), Substr("path", len(self.path) + 1)))
        self.path = path
