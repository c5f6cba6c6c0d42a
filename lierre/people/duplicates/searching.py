"""The search for duplicates, again and again: what is new waits to be judged, what was judged is left in peace."""

from collections.abc import Iterable, Sequence
from math import exp
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.bulk import write_in_turn
from lierre.people.duplicates import engine
from lierre.people.duplicates.pair import Pair
from lierre.people.duplicates.queue import forget
from lierre.people.models import ContactPoint, DirectoryChange, DuplicateSearch, Person, Suspicion
from lierre.people.models.imports import EPOCH
from lierre.people.models.merge import standing_ids
from lierre.people.projection import sliced

State = Suspicion.State
PAIRS_AT_ONCE: Final = 400
# After so many years, half of what made an answer urgent is gone.
YEARS: Final = 4


def search() -> str:
    """Look through the base, unless nothing has changed since. A search that was stopped goes on where it was."""
    last = DuplicateSearch.objects.filter(rule=engine.RULE).first()
    change = DirectoryChange.objects.aggregate(last=Max("seq"))["last"] or 0
    if last and last.ended_at and last.seen_change == change:
        return _("Nobody has changed since the last search.")
    if last is None or last.ended_at:
        last = DuplicateSearch.objects.create(rule=engine.RULE, seen_change=change, persons=Person.objects.count())
    low, high = last.reached or (0, 0)
    for some in sliced(engine.pairs((low, high)), PAIRS_AT_ONCE):
        worth = worth_of(some)
        with write_in_turn():
            keep(some, worth)
            last.reached, last.pairs = [some[-1].low, some[-1].high], last.pairs + len(some)
            last.save(update_fields=["reached", "pairs"])
    end(last)
    forget()
    waiting = Suspicion.objects.waiting().count()
    return ngettext("%(count)d pair waits.", "%(count)d pairs wait.", waiting) % {"count": waiting}


def keep(pairs: Sequence[Pair], worth: dict[tuple[int, int], float]) -> None:
    """Write what was found. A pair that was judged is only marked as seen; one that was refused is not asked again."""
    now = timezone.now()
    found = {(pair.low, pair.high): pair for pair in pairs}
    known = Suspicion.objects.filter(low__in={pair.low for pair in pairs}, high__in={pair.high for pair in pairs})
    renewed = [each for each in known if (each.low_id, each.high_id) in found]
    for each in renewed:
        pair = found.pop((each.low_id, each.high_id))
        each.seen_at = now
        if each.waits:
            each.probability, each.weights, each.rule = pair.probability, list(pair.weights), engine.RULE
            each.worth = worth[pair.low, pair.high]
    Suspicion.objects.bulk_update(renewed, ["seen_at", "probability", "weights", "rule", "worth"])
    refused = refused_among(found)
    Suspicion.objects.bulk_create(
        [
            Suspicion(
                low_id=low, high_id=high, probability=pair.probability, weights=list(pair.weights), rule=engine.RULE,
                worth=worth[low, high], seen_at=now,
            )
            for (low, high), pair in found.items()
            if (low, high) not in refused
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def refused_among(found: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs of which some were said to be two persons before they were merged with others."""
    said = list(Suspicion.objects.filter(state=State.DIFFERENT).values_list("low_id", "high_id"))
    today = standing_ids([number for pair in said for number in pair])
    pairs = {tuple(sorted((today[low], today[high]))) for low, high in said}
    return {pair for pair in found if pair in pairs}


def end(search: DuplicateSearch) -> None:
    """What was not found any more is not asked any more; what somebody once answered stays."""
    with transaction.atomic():
        gone = Suspicion.objects.filter(state=State.WAITING, seen_at__lt=search.began_at, judgements=None)
        gone.delete()
        search.ended_at, search.reached = timezone.now(), []
        search.save(update_fields=["ended_at", "reached"])


def worth_of(pairs: Sequence[Pair]) -> dict[tuple[int, int], float]:
    """
    What an answer is worth: the probability, times how much the two pages matter.

    They matter when mail reaches them, when much is known of them, when somebody spoke of them lately.
    """
    numbers = list({number for pair in pairs for number in (pair.low, pair.high)})
    told = {row[0]: row[1:] for row in Person.objects.filter(pk__in=numbers).values_list("pk", "completeness", "heard")}
    mails = ContactPoint.objects.filter(person__in=numbers, kind="email", refused=False)
    reached = set(mails.values_list("person_id", flat=True))
    today = (timezone.localdate() - EPOCH).days
    found = {}
    for pair in pairs:
        both = [pair.low, pair.high]
        complete = sum(told.get(each, (0, 0))[0] for each in both) / 200
        latest = max(told.get(each, (0, 0))[1] for each in both)
        reach = sum(each in reached for each in both) / 2
        recent = exp(-max(0, today - latest) / 365 / YEARS)
        found[pair.low, pair.high] = pair.probability * (1 + reach + complete + recent) / 4
    return found
