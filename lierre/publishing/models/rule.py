"""A rule of the editorial line or of the brand charter: what it asks, why, how serious it is, and where."""

from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit

# The same words as in `charter/asked.py`, which knows no base.
ADVICE, WARNING, BLOCKS, SILENT = "advice", "warning", "blocks", "silent"
CHOICES: Final = (
    ("doublets", gettext_lazy("both words (étudiantes et étudiants), no middle dot")),
    ("dot", gettext_lazy("the middle dot (étudiant·es), and no bracket nor full stop")),
)
SEVERITIES: Final = [
    (ADVICE, gettext_lazy("advice")), (WARNING, gettext_lazy("warning")), (BLOCKS, gettext_lazy("blocks approval")),
]  # fmt: skip
# What a rule says, and so what its versions keep.
SAID: Final = (
    "kind", "name", "words", "replacement", "most", "choice", "why", "example", "language", "severity",
)  # fmt: skip


class RuleQuerySet(models.QuerySet["Rule"]):
    def living(self) -> Self:
        return self.filter(archived_at=None)

    def felt_in(self, unit: Unit | None) -> Self:
        """Those of the institution, of the unit, and of what it hangs on."""
        above = Q(unit=None) if unit is None else Q(unit=None) | Q(unit__path__in=unit.lineage)
        return self.filter(above)


class Rule(models.Model):
    """`words`: one expression each. `unit` None: the institution, and so everywhere."""

    class Kind(models.TextChoices):
        AVOID = "avoid", gettext_lazy("words to avoid")
        SPELLING = "spelling", gettext_lazy("a name written right")
        CLAIM = "claim", gettext_lazy("claims that need a source")
        HASHTAGS = "hashtags", gettext_lazy("how many hashtags")
        HASHTAG_CASE = "hashtag_case", gettext_lazy("capitals in hashtags")
        HASHTAG_KNOWN = "hashtag_known", gettext_lazy("hashtags of the charter")
        CAPITALS = "capitals", gettext_lazy("words in capitals")
        EXCLAMATIONS = "exclamations", gettext_lazy("exclamation marks")
        INCLUSIVE = "inclusive", gettext_lazy("women and men")
        LINK_REFUSED = "link_refused", gettext_lazy("links that we do not give")
        LINK_TEMPLATE = "link_template", gettext_lazy("parameters of our links")
        SIGNATURE = "signature", gettext_lazy("signature")
        ALTERNATIVE = "alternative", gettext_lazy("words for images")
        AGREEMENT = "agreement", gettext_lazy("agreement with the week")

    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=Kind)
    name = models.CharField(gettext_lazy("rule"), max_length=150)
    words = models.JSONField(gettext_lazy("words"), default=list, blank=True)
    replacement = models.CharField(gettext_lazy("say instead"), max_length=300, blank=True)
    most = models.PositiveSmallIntegerField(gettext_lazy("at most"), default=0)
    choice = models.CharField(gettext_lazy("choice"), max_length=10, choices=CHOICES, blank=True)
    why = models.TextField(gettext_lazy("why"), max_length=500)
    example = models.CharField(gettext_lazy("example"), max_length=300, blank=True)
    language = models.CharField(gettext_lazy("language"), max_length=5, blank=True)
    severity = models.CharField(gettext_lazy("how serious"), max_length=10, choices=SEVERITIES, default=ADVICE)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # The one of the starting set that it came from, so that it is not offered twice.
    origin = models.CharField(max_length=40, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "pk"]
        verbose_name = gettext_lazy("rule of the charter")
        verbose_name_plural = gettext_lazy("rules of the charter")
        constraints = [
            models.UniqueConstraint(
                fields=["origin"], condition=~Q(origin=""), name="a_rule_of_the_starting_set_comes_once"
            ),
            models.CheckConstraint(condition=Q(severity__in=[ADVICE, WARNING, BLOCKS]), name="a_rule_has_a_severity"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("publishing:rule", args=[self.pk])

    @property
    def is_living(self) -> bool:
        return self.archived_at is None

    @property
    def said(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in SAID}


class RuleVersion(models.Model):
    """What a rule said, each time somebody changed it."""

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    by_name = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("by")
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        verbose_name = gettext_lazy("version of a rule")
        verbose_name_plural = gettext_lazy("versions of rules")
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="one_rule_version_of_each_number")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.number}"


class UnitSeverity(models.Model):
    """How serious a rule is in one unit, and in all that hangs on it; "silent": it is not asked there."""

    CHOICES: Final = [(SILENT, gettext_lazy("not asked here")), *SEVERITIES]

    rule = models.ForeignKey(Rule, models.CASCADE, related_name="severities")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=gettext_lazy("unit"))
    severity = models.CharField(gettext_lazy("how serious"), max_length=10, choices=CHOICES)

    class Meta:
        ordering = ["unit__path"]
        verbose_name = gettext_lazy("severity in a unit")
        verbose_name_plural = gettext_lazy("severities in units")
        constraints = [models.UniqueConstraint(fields=["rule", "unit"], name="one_severity_for_each_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_severity_display()}"
