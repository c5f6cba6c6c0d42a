"""A picture, a film or a document that may be shown: kept once, as it came, with what must be known before it is shown."""

import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import Unit
from lierre.foundation.models.journal import record

# Rights and consents that end sooner are told about.
SOON: Final = timedelta(days=60)
SPELT: Final = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


class MediumQuerySet(models.QuerySet["Medium"]):
    def living(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def about(self, words: str) -> Self:
        """Those where each word stands, with or without accents: title, file, tags, credit, descriptions, who is shown."""
        found = self
        for word in folded(words).split():
            found = found.filter(words__contains=word)
        return found

    def without_description(self) -> Self:
        return self.filter(kind=Medium.Kind.IMAGE, alt={})

    def ending_before(self, day: date) -> Self:
        """Whose rights, or the consent of somebody shown, end or are missing by then."""
        ends = Q(likenesses__until__lt=day) | Q(likenesses__isnull=False, likenesses__given_on=None)
        return self.filter(Q(until__lt=day) | Q(pk__in=Medium.objects.filter(ends).values("pk")))


class Medium(models.Model):
    """`alt`: language → what somebody who does not see it is told. `focus_x`, `focus_y`: the point that must stay
    visible, in hundredths from the left and from the top. `until`: the last day on which it may be shown."""

    class Kind(models.TextChoices):
        IMAGE = "image", gettext_lazy("image")
        VIDEO = "video", gettext_lazy("video")
        DOCUMENT = "document", gettext_lazy("document")

    class Licence(models.TextChoices):
        UNKNOWN = "", gettext_lazy("not said")
        OURS = "ours", gettext_lazy("ours")
        GRANTED = "granted", gettext_lazy("granted by its author")
        BOUGHT = "bought", gettext_lazy("bought")
        CC_BY = "cc-by", "CC BY"
        CC_BY_SA = "cc-by-sa", "CC BY-SA"
        CC0 = "cc0", gettext_lazy("CC0, or public domain")

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    seconds = models.FloatField(default=0, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)
    look = models.CharField(max_length=16, blank=True, default="", editable=False)  # of an image: see library/looks.py
    name = models.CharField(max_length=200, editable=False)

    title = models.CharField(gettext_lazy("title"), max_length=150)
    alt = models.JSONField(default=dict, blank=True)
    captions = models.JSONField(default=dict, blank=True)  # language → subtitles of a film, as WebVTT
    credit = models.CharField(gettext_lazy("credit"), max_length=200, blank=True)
    licence = models.CharField(gettext_lazy("licence"), max_length=10, choices=Licence, default="", blank=True)
    allowed = models.CharField(gettext_lazy("what it may be used for"), max_length=300, blank=True)
    until = models.DateField(gettext_lazy("may be shown until"), null=True, blank=True)
    focus_x = models.PositiveSmallIntegerField(default=50)
    focus_y = models.PositiveSmallIntegerField(default=50)
    tags = models.CharField(gettext_lazy("words to find it by"), max_length=300, blank=True)
    words = models.TextField(blank=True, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("brought by")
    )
    brought_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = MediumQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("medium")
        verbose_name_plural = gettext_lazy("media")
        constraints = [
            models.CheckConstraint(condition=Q(focus_x__lte=100, focus_y__lte=100), name="the_focus_is_on_the_medium")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publishing:medium", args=[self.pk])

    @property
    def path(self) -> Path:
        """The original. Nothing ever writes there again."""
        return originals() / self.sha256[:2] / self.sha256

    @property
    def is_image(self) -> bool:
        return self.kind == self.Kind.IMAGE

    @property
    def is_film(self) -> bool:
        return self.kind == self.Kind.VIDEO

    def told_in(self, language: str) -> str:
        return str(self.alt.get(language, ""))

    def why_not(self, day: date) -> list[str]:
        """Why it may not be shown on that day; nothing when it may."""
        found = []
        if self.archived_at is not None:
            found.append(_("“%(medium)s” is in the archive: it is not shown any more.") % {"medium": self})
        if self.until is not None and self.until < day:
            told = {"medium": self, "day": date_format(self.until)}
            found.append(_("The rights on “%(medium)s” end on %(day)s: it cannot be shown afterwards.") % told)
        return found + [sentence for each in self.likenesses.all() if (sentence := each.why_not(day, self))]

    def ends_soon(self, today: date | None = None) -> bool:
        return bool(self.why_not((today or timezone.localdate()) + SOON))

    def describe(self, said: dict[str, Any], *, by: Any) -> None:
        """What is known of it, its title and its rights. The file itself is never changed."""
        with transaction.atomic():
            before = {name: plain(getattr(self, name)) for name in said}
            for name, value in said.items():
                setattr(self, name, value)
            self.words = self.worded()
            type(self).objects.filter(pk=self.pk).update(**said, words=self.words)
            changed = [name for name, value in before.items() if value != plain(getattr(self, name))]
            if changed:
                record("medium.described", self, by=by, changed=changed)

    def worded(self) -> str:
        """All by which it is found, the names of those it shows too."""
        shown = [each.name for each in self.likenesses.all()]
        return folded(" ".join([self.title, self.name, self.tags, self.credit, *map(str, self.alt.values()), *shown]))

    def word_again(self) -> None:
        words = self.worded()
        if words != self.words:
            type(self).objects.filter(pk=self.pk).update(words=words)
            self.words = words

    def put_aside(self, *, by: Any) -> None:
        """No longer offered, nor shown. What was published with it stays, and it may come back."""
        self.move("medium.archived", timezone.now(), by=by)

    def bring_back(self, *, by: Any) -> None:
        self.move("medium.restored", None, by=by)

    def move(self, verb: str, archived_at: Any, *, by: Any) -> None:
        with transaction.atomic():
            mine = type(self).objects.filter(pk=self.pk, archived_at__isnull=archived_at is not None)
            if mine.update(archived_at=archived_at):
                record(verb, self, by=by)
        self.archived_at = archived_at


def originals() -> Path:
    return Path(settings.MEDIA_ROOT) / "library"


def plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def folded(text: str) -> str:
    """
    As it is looked for: without accents, in small letters, whichever apostrophe was typed.

    >>> folded("Marée d’Été"), folded("Chœur")
    ("maree d'ete", 'choeur')
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(SPELT))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
