"""The journal: every state change, who, what, when, on what, why. Written in the same transaction as the change."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connections, models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.unnamed import called, told_to
from lierre.foundation.models.verbs import verb_in_words

# Skips from one value of an index to the next, instead of reading every line of the journal.
DISTINCT: Final = (
    "WITH RECURSIVE found(word) AS (SELECT min({column}) FROM foundation_entry UNION ALL"
    " SELECT (SELECT min({column}) FROM foundation_entry WHERE {column} > word) FROM found WHERE word IS NOT NULL)"
    " SELECT word FROM found WHERE word IS NOT NULL"
)


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))

    def by(self, user: models.Model) -> Self:
        """What this user did."""
        return self.filter(actor_id=user.pk)

    def saying(self, words: str, reader: Any = None) -> Self:
        """Lines whose object or reason holds these words, as far as this reader may be told of whom a line speaks."""
        asked = Q(subject_name__icontains=words) | Q(reason__icontains=words) | Q(subject_id=words)
        for kind, model in told_to(reader):
            asked |= Q(subject_kind=kind, subject_name="", subject_id__in=called(model, words))
        return self.filter(asked)

    def by_someone_named(self, name: str) -> Self:
        return self.filter(Q(by_name__icontains=name) | Q(by_name="", actor_id__in=called(get_user_model(), name)))

    def of_verb(self, verb: str) -> Self:
        return self.filter(verb=verb)

    def on_kind(self, kind: str) -> Self:
        return self.filter(subject_kind=kind)

    def since(self, day: date) -> Self:
        return self.filter(at__gte=midnight(day))

    def until(self, day: date) -> Self:
        """That day included."""
        return self.filter(at__lt=midnight(day + timedelta(days=1)))

    def verbs(self) -> list[str]:
        """Every verb that was ever written."""
        return self.distinct_words("verb")

    def kinds(self) -> list[str]:
        """Every kind of object that something was ever done to."""
        return [kind for kind in self.distinct_words("subject_kind") if kind]

    def distinct_words(self, column: str) -> list[str]:
        with connections[self.db].cursor() as cursor:
            cursor.execute(DISTINCT.format(column=column))
            return [word for (word,) in cursor.fetchall()]


class Entry(models.Model):
    """One thing that happened. Never updated, never deleted: the database itself refuses."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True, editable=False)
    # The number of the user, not a relation: the foundation knows no accounts, and a line outlives whoever wrote it.
    actor_id = models.BigIntegerField(null=True, db_index=True, editable=False)
    by_name = models.CharField(_("who"), max_length=200)  # empty for someone who may be erased: see `naming`
    verb = models.CharField(_("what"), max_length=60, db_index=True)  # "person.corrected": domain noun, past participle
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    subject_name = models.CharField(_("on what"), max_length=200, blank=True)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"

    @property
    def what(self) -> str:
        """The verb, in words."""
        return verb_in_words(self.verb)

    @property
    def kind_in_words(self) -> str:
        return kind_in_words(self.subject_kind)


def kind_in_words(kind: str) -> str:
    """What a kind of object is called. One whose model is gone is shown as it was written."""
    try:
        return capfirst(str(apps.get_model(kind)._meta.verbose_name)) if kind else ""
    except (LookupError, ValueError):
        return kind


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def record(
    verb: str, on: models.Model | None = None, *, by: Any, why: str = "", name: str | None = None, **details: Any
) -> Entry:
    """
    Write one line of the journal. `by` is a user, or the name of a duty when no person acted.

    While somebody acts in the place of somebody else, it is they who did it.
    """
    if actor := getattr(by, "acted_by", None):
        by, details = actor, {**details, "in_place_of": by.pk}
    return Entry.objects.create(
        verb=verb,
        actor_id=by.pk if isinstance(by, models.Model) else None,
        by_name=named(by),
        subject_kind=on._meta.label_lower if on is not None else "",
        subject_id=str(on.pk) if on is not None else "",
        subject_name=(name or "")[:200] if name is not None or on is None else named(on),
        reason=why[:500],
        details=details,
    )


def named(someone: Any) -> str:
    """How a line names what it speaks of. A line forgets nothing, so it does not hold the names of those who may be erased."""
    return "" if getattr(someone, "unnamed_in_journal", False) else str(someone)[:200]
