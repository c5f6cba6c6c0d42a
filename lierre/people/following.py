"""What was thought of a pair follows those who become one: what waits is asked of them, what was refused still holds."""

from django.utils import timezone

from lierre.people.models import Judgement, Merge, Person, Suspicion

State = Suspicion.State


def persons_within(person: Person) -> list[int]:
    """This person, and all those who joined them."""
    return [person.pk, *Merge.objects.standing().filter(kept=person).values_list("gone_id", flat=True)]


def said_different(one: Person, other: Person) -> Suspicion | None:
    """Whether somebody said that any of those they are made of are two persons; the latest who did."""
    found = Suspicion.objects.between(persons_within(one), persons_within(other)).filter(state=State.DIFFERENT)
    return found.order_by("-judged_at").first()


def ask_of_whoever_kept(merge: Merge) -> None:
    """The pairs of whoever is gone are asked of whoever kept, unless they were already."""
    waiting = Suspicion.objects.about(merge.gone).filter(state__in=[State.WAITING, State.LATER])
    for each in waiting.order_by("pk"):
        other = each.high_id if each.low_id == merge.gone_id else each.low_id
        if other != merge.kept_id:
            low, high = sorted([other, merge.kept_id])
            Suspicion.objects.get_or_create(
                low_id=low, high_id=high,
                defaults={
                    "probability": each.probability, "worth": each.worth, "weights": each.weights, "rule": each.rule,
                    "model_id": each.model_id,
                    "found_at": each.found_at, "seen_at": each.seen_at, "state": each.state,
                },
            )  # fmt: skip


def contradicted(merge: Merge) -> None:
    """Whoever said that they are two is contradicted: it is counted."""
    made_of = persons_within(merge.kept)
    refused = Suspicion.objects.filter(low__in=made_of, high__in=made_of, state=State.DIFFERENT)
    standing = Judgement.objects.standing().filter(suspicion__in=refused, contradicted_at=None)
    standing.update(contradicted_at=timezone.now())
