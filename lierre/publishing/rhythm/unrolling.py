"""Series become drafts, some weeks ahead: each time once, with a text that its accounts have not said yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.composing import Draft, write
from lierre.publishing.landmarks import is_holiday
from lierre.publishing.models import Account, Delivery, Landmark, Notice, Occurrence, Series
from lierre.publishing.models.delivery import hash_of
from lierre.publishing.rhythm.clock import instant
from lierre.publishing.rhythm.recurrence import Rule, in_step, never

WRITER: Final = "series"
# Where a text names its day, so that it may come back without being the same.
DAY: Final = "{jour}"


def rule_of(series: Series) -> Rule:
    periods: Sequence[date] = ()
    if series.every == Series.Every.PERIOD:
        periods = list(Landmark.objects.living().filter(kind=Landmark.Kind.PERIOD).values_list("first", flat=True))
    return Rule(
        series.every, series.starts_on, series.interval, series.weekdays, series.month_day or 1, series.nth or 1,
        series.until, series.most, [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in series.pauses],
        is_holiday if series.skips_holidays else never, periods,
    )  # fmt: skip


def coming(series: Series, most: int = 6) -> list[date]:
    """The next days of it, made or not; within a year."""
    today = timezone.localdate()
    days = (day for day in rule_of(series).days(today + timedelta(days=366)) if day >= today)
    return [day for _place, day in zip(range(most), days, strict=False)]


def make(fields: Mapping[str, Any], accounts: Iterable[Account], *, by: Any) -> Series:
    with transaction.atomic():
        series = Series.objects.create(owner=by, **fields)
        series.accounts.set(accounts)
        record("series.made", series, by=by)
        unroll(series)
    return series


def unroll(series: Series) -> int:
    """Drafts for the weeks ahead. Run twice, it makes nothing twice."""
    if series.stopped_at or not series.accounts.exists():
        return 0
    today = timezone.localdate()
    last = today + timedelta(weeks=series.weeks_ahead)
    known = set(series.occurrences.values_list("day", flat=True))
    made = 0
    for day in rule_of(series).days(last):
        if day in known or instant(day, series.hour, series.zone) <= timezone.now():
            continue
        parts = next_text(series, day)
        if parts is None:
            run_dry(series)
            return made
        draw(series, day, parts)
        made += 1
    return made


def unroll_all() -> int:
    return sum(unroll(series) for series in Series.objects.running())


def draw(series: Series, day: date, parts: list[str]) -> Occurrence:
    """One time of it, as a draft that nobody has touched yet."""
    intent = {
        "title": series.title, "kind": series.kind, "campaign": series.campaign, "unit": series.unit, "zone": series.zone,
        "language": series.language, "owner": series.owner,
    }  # fmt: skip
    accounts = list(series.accounts.all())
    with transaction.atomic():
        draft = Draft(parts, accounts, due_at=instant(day, series.hour, series.zone), intent=intent)
        post = write(draft, by=WRITER)
        post.refresh_from_db(fields=["changed_at"])
        found: Occurrence = series.occurrences.create(day=day, post=post, written_at=post.changed_at)
    return found


def next_text(series: Series, day: date) -> list[str] | None:
    """The next of its texts, in turn, that none of its accounts has said or is about to say. None: all were said."""
    texts = series.texts
    start = series.occurrences.count() % len(texts) if texts else 0
    for parts in [*texts[start:], *texts[:start]]:
        filled = [with_day(part, day, series.language) for part in parts]
        if not was_said(filled[0], series):
            return filled
    return None


def with_day(text: str, day: date, language: str) -> str:
    if DAY not in text:
        return text
    with translation.override(language):
        return text.replace(DAY, date_format(day, "l j F"))


def was_said(text: str, series: Series) -> bool:
    said = Delivery.objects.filter(account__in=series.accounts.all(), part=0, text_hash=hash_of(text))
    return said.exclude(state=Delivery.State.CANCELLED).exists()


def run_dry(series: Series) -> None:
    """Nothing is said twice: whoever answers for it is told once, and writes more."""
    fresh = Series.objects.filter(pk=series.pk, dry_since=None).update(dry_since=timezone.now())
    if not fresh or not isinstance(series.owner, User) or not series.owner.is_active:
        return
    with translation.override(series.owner.language or settings.LANGUAGE_CODE):
        subject = _("No text is left for the series “%(title)s”") % {"title": series.title}
        body = _("All its texts were said on its accounts, and nothing is said twice. Write others:")
        address = f"{settings.ADDRESS}{series.get_absolute_url()}"
        Notice.objects.create(to=series.owner, subject=subject[:200], body=f"{body}\n\n{address}\n")


def change(series: Series, fields: Mapping[str, Any], accounts: Iterable[Account], start: date, *, by: Any) -> None:
    """From a day on: times that nobody has touched follow, the others are left as they are."""
    with transaction.atomic():
        refuse_stopped(series)
        series.refresh_from_db()
        Series.objects.filter(pk=series.pk).update(**going_on(series, fields, start), dry_since=None)
        series.refresh_from_db()
        series.accounts.set(accounts)
        drop_untouched(series, start, by=by)
        record("series.changed", series, by=by, start=start.isoformat())
        unroll(series)


def going_on(series: Series, fields: Mapping[str, Any], start: date) -> dict[str, Any]:
    """From a day on, in step with what was: one week in two stays the same week, and what was said counts among its times."""
    began, every = fields["starts_on"], fields.get("every", series.every)
    if start <= began:
        return dict(fields)
    kept = dict(fields) | {"starts_on": in_step(every, began, fields.get("interval", series.interval), start)}
    if most := fields.get("most", series.most):
        made = series.occurrences.filter(day__gte=began, day__lt=start).count()
        kept["most"] = max(0, most - made)
    return kept


def stop(series: Series, *, by: Any) -> int:
    """No more of it. Drafts that nobody has touched go; the others are left to whoever touched them."""
    with transaction.atomic():
        refuse_stopped(series)
        Series.objects.filter(pk=series.pk).update(stopped_at=timezone.now())
        dropped = drop_untouched(series, timezone.localdate(), by=by)
        record("series.stopped", series, by=by, dropped=dropped)
    series.refresh_from_db()
    return dropped


def drop_untouched(series: Series, start: date, *, by: Any) -> int:
    found = list(series.occurrences.untouched().from_day(start).select_related("post"))
    for occurrence in found:
        occurrence.post.withdraw(by=by, why=str(series))
        occurrence.delete()
    return len(found)


def refuse_stopped(series: Series) -> None:
    if Series.objects.select_for_update().get(pk=series.pk).stopped_at:
        raise Refused(_("This series was stopped: make another one."))
