"""A role held in a unit, and so in every unit below it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models.unit import Unit


class Role(models.Model):
    """One person, one role, one unit."""

    class Kind(models.TextChoices):
        COMMUNICATION = "communication", _("communication")
        ALUMNI_OFFICE = "alumni_office", _("alumni office")
        HR = "hr", _("human resources")
        DIRECTION = "direction", _("direction")
        DATA_PROTECTION = "data_protection", _("data protection officer")
        IT = "it", _("IT department")
        RECRUITER_RELATIONS = "recruiter_relations", _("recruiter relations")
        AMBASSADOR = "ambassador", _("ambassador")
        GRADUATE = "graduate", _("graduate")
        STUDENT = "student", _("student")
        RECRUITER = "recruiter", _("recruiter")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles", verbose_name=_("unit"))
    kind = models.CharField(_("role"), max_length=20, choices=Kind)

    class Meta:
        ordering = ["unit__path", "kind"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["user", "unit", "kind"], name="a_role_is_held_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.unit}"
