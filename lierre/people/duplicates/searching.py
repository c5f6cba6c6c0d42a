"""The search for duplicates, again and again: what is new waits to be judged, what was judged is left in peace."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cached_property
from math import exp
from typing import Final

from django.db import models, transaction
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.bulk import write_in_turn
from lierre.people.duplicates.engine import Engine
from lierre.people.duplicates.pair import Pair
from lierre.people.duplicates.queue import waiting_pairs
from lierre.people.models import ContactPoint, DirectoryChange, DuplicateSearch, Person, Suspicion
from lierre.people.models.imports import EPOCH
from lierre.people.models.merge import standing_ids
from lierre.people.projection import sliced

State = Suspicion.State
PAIRS_AT_ONCE: Final = 400
PERSONS_AT_ONCE: Final = 2_000
# More changes than this share of the base, and the whole of it is as quickly looked through.
MUCH: Final = 0.05
AT_LEAST: Final = 2_000
# Names become rare or common as the base lives: it is looked through whole now and then, whoever has changed.
WHOLE_AGAIN: Final = timedelta(days=7)
# Changes that were written while others were being read may bear smaller numbers: they are looked at again.
OVERLAP: Final = 1_000
# After so many years, half of what made an answer urgent is gone.
YEARS: Final = 4


def search() -> str:
    """Look for duplicates, unless nothing has changed since. A search that was stopped goes on where it was."""
    engine = Engine.ready()
    mine = DuplicateSearch.objects.filter(rule=engine.rule, model=engine.model)
    last = mine.first()
    change = last_change()
    if last and last.ended_at and last.seen_change == change:
        return _("Nobody has changed since the last search.")
    if last and not last.ended_at and last.is_whole:
        Searching(engine, last).through_everybody()
    elif (changed := changed_since(engine, mine)) is not None:
        begun = DuplicateSearch(is_whole=False, persons=len(changed))
        Searching(engine, begun, change).about(changed)
    else:
        begun = DuplicateSearch(persons=Person.objects.filter(record_id__isnull=False).count())
        Searching(engine, begun, change).through_everybody()
    waiting_pairs.forget()
    waiting = Suspicion.objects.waiting().count()
    return ngettext("%(count)d pair waits.", "%(count)d pairs wait.", waiting) % {"count": waiting}


def last_change() -> int:
    return DirectoryChange.objects.aggregate(last=Max("seq"))["last"] or 0


def changed_since(engine: Engine, searches: models.QuerySet[DuplicateSearch]) -> list[int] | None:
    """Who has changed since the last search that ended; None when everybody must be looked at."""
    whole = searches.filter(is_whole=True).exclude(ended_at=None).first()
    last = searches.exclude(ended_at=None).first()
    if whole is None or last is None or not engine.can_follow or whole.began_at < timezone.now() - WHOLE_AGAIN:
        return None
    oldest = DirectoryChange.objects.aggregate(oldest=Min("seq"))["oldest"] or 0
    if oldest > last.seen_change + 1:
        return None
    most = max(AT_LEAST, int(whole.persons * MUCH))
    changes = DirectoryChange.objects.filter(seq__gt=last.seen_change - OVERLAP)
    found = list(changes.order_by("person_id").values_list("person_id", flat=True).distinct()[: most + 1])
    return found if len(found) <= most else None


class Searching:
    """One search, being done. What each answer would be worth is reckoned as pairs come."""

    def __init__(self, engine: Engine, search: DuplicateSearch, change: int | None = None) -> None:
        self.engine, self.search = engine, search
        if change is not None:
            search.rule, search.seen_change, search.model_id = engine.rule, change, engine.model
            search.save()

    def through_everybody(self) -> None:
        low, high = self.search.reached or (0, 0)
        for some in sliced(self.engine.whole((low, high)), PAIRS_AT_ONCE):
            self.keep(some, reached=[some[-1].low, some[-1].high])
        self.end(Suspicion.objects.all())

    def about(self, changed: Sequence[int]) -> None:
        for numbers in sliced(changed, PERSONS_AT_ONCE):
            for some in sliced(self.engine.about(numbers), PAIRS_AT_ONCE):
                self.keep(some)
            self.end(Suspicion.objects.filter(Q(low__in=numbers) | Q(high__in=numbers)), ended=False)
        self.end(Suspicion.objects.none())

    @cached_property
    def refused(self) -> set[tuple[int, int]]:
        """Pairs that were said to be two persons, as they are called since some were merged with others."""
        said = list(Suspicion.objects.filter(state=State.DIFFERENT).values_list("low_id", "high_id"))
        today = standing_ids(list({number for pair in said for number in pair}))
        return {(min(pair), max(pair)) for pair in ((today[low], today[high]) for low, high in said)}

    def keep(self, pairs: Sequence[Pair], reached: list[int] | None = None) -> None:
        """Write what was found. A pair that was judged is only marked as seen; one that was refused is not asked again."""
        with write_in_turn():
            worth = worth_of(pairs)
            found = {(pair.low, pair.high): pair for pair in pairs if (pair.low, pair.high) in worth}
            renewed = self.renew(found, worth)
            Suspicion.objects.bulk_update(renewed, ["seen_at", "probability", "weights", "rule", "model", "worth"])
            fresh = [self.suspicion(pair, worth) for key, pair in found.items() if key not in self.refused]
            Suspicion.objects.bulk_create(fresh, ignore_conflicts=True)
            self.search.reached, self.search.pairs = reached or [], self.search.pairs + len(pairs)
            self.search.save(update_fields=["reached", "pairs"])

    def renew(self, found: dict[tuple[int, int], Pair], worth: dict[tuple[int, int], float]) -> list[Suspicion]:
        """Those that are known already: they are taken out of what was found."""
        now, renewed = timezone.now(), []
        among = Suspicion.objects.filter(low__in={low for low, _ in found}, high__in={high for _, high in found})
        for each in among:
            pair = found.pop((each.low_id, each.high_id), None)
            if pair is None:
                continue
            each.seen_at = now
            if each.waits:
                each.probability, each.weights = pair.probability, list(pair.weights)
                each.rule, each.model_id = self.engine.rule, self.engine.model
                each.worth = worth[pair.low, pair.high]
            renewed.append(each)
        return renewed

    def suspicion(self, pair: Pair, worth: dict[tuple[int, int], float]) -> Suspicion:
        return Suspicion(
            low_id=pair.low, high_id=pair.high, probability=pair.probability, weights=list(pair.weights),
            rule=self.engine.rule, model_id=self.engine.model, worth=worth[pair.low, pair.high], seen_at=timezone.now(),
        )  # fmt: skip

    def end(self, among: models.QuerySet[Suspicion], *, ended: bool = True) -> None:
        """What was not found any more is not asked any more; what somebody once answered stays."""
        with transaction.atomic():
            gone = among.filter(state=State.WAITING, seen_at__lt=self.search.began_at, judgements=None)
            Suspicion.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
            if ended:
                self.search.ended_at, self.search.reached = timezone.now(), []
                self.search.save(update_fields=["ended_at", "reached"])


def worth_of(pairs: Iterable[Pair]) -> dict[tuple[int, int], float]:
    """
    What an answer is worth: the probability, times how much the two pages matter.

    They matter when mail reaches them, when much is known of them, when somebody spoke of them lately. Nothing is said
    of whoever was erased or merged while the search went on.
    """
    pairs = list(pairs)
    numbers = list({number for pair in pairs for number in (pair.low, pair.high)})
    standing = Person.objects.filter(pk__in=numbers, record_id__isnull=False)
    told = {row[0]: row[1:] for row in standing.values_list("pk", "completeness", "heard")}
    mails = ContactPoint.objects.filter(person__in=numbers, kind="email", refused=False)
    reached = set(mails.values_list("person_id", flat=True))
    today = (timezone.localdate() - EPOCH).days
    found = {}
    for pair in pairs:
        both = [pair.low, pair.high]
        if any(each not in told for each in both):
            continue
        complete = sum(told[each][0] for each in both) / 200
        latest = max(told[each][1] for each in both)
        reach = sum(each in reached for each in both) / 2
        recent = exp(-max(0, today - latest) / 365 / YEARS)
        found[pair.low, pair.high] = pair.probability * (1 + reach + complete + recent) / 4
    return found
