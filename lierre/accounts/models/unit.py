"""A part of the institution: faculty, school, department, laboratory, service."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitQuerySet(models.QuerySet["Unit"]):
    def below(self, unit: "Unit") -> Self:
        """The unit and all that hangs on it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A node of the tree. `path` spells the codes from the top ("/UBN/SCI/MATH/"), so that below is a prefix."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", _("institution")
        FACULTY = "faculty", _("faculty")
        SCHOOL = "school", _("school")
        DEPARTMENT = "department", _("department")
        LABORATORY = "laboratory", _("laboratory")
        SERVICE = "service", _("service")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    path = models.CharField(max_length=200, unique=True, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
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
                violation_error_message=_("The institution is already there: choose what this unit is part of."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> int:
        """0 for the institution, 1 for its faculties, and so on."""
        return self.path.count("/") - 2

    def contains(self, other: "Unit") -> bool:
        return other.path.startswith(self.path)
