"""Who is asked about what: pairs in the order of what an answer is worth, never the same for two people at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from django.db.models import Q
from django.utils import timezone

from lierre.foundation.remembered import Remembered
from lierre.people.directory.answering import answer
from lierre.people.directory.question import LONGEST_TEXT, Question
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Person, Suspicion
from lierre.people.models.suspicion import LEASE, SuspicionQuerySet

# More cannot be read side by side: the others are asked about afterwards.
SIDE_BY_SIDE: Final = 4
SURE: Final = 0.95
# Whoever bears a more common name than that is to be looked for more precisely.
MOST_OF_A_NAME: Final = 5_000
# As many people as may ask for a pair at the same instant.
TRIALS: Final = 20


@dataclass(frozen=True, slots=True)
class Cluster:
    """Persons who resemble one another, the pair first. `more`: how many resemble one of them and are not shown."""

    suspicion: Suspicion
    persons: list[Person]
    links: list[Suspicion]
    more: int

    @classmethod
    def around(cls, suspicion: Suspicion, user: Any) -> Self:
        """Nobody is added because a friend of a friend resembles them: each resembles one of the pair itself."""
        pair = [suspicion.low, suspicion.high]
        links = list(
            Suspicion.objects.waiting().about(*pair).free_for(user).exclude(pk=suspicion.pk)
            .with_persons().order_by("-probability")
        )  # fmt: skip
        others = {person.pk: person for link in links for person in (link.low, link.high) if person not in pair}
        shown = [*pair, *list(others.values())[: SIDE_BY_SIDE - 2]]
        among = {person.pk for person in shown}
        kept = [link for link in links if link.low_id in among and link.high_id in among]
        return cls(suspicion, shown, kept, len(others) - (len(shown) - 2))

    def hold(self, user: Any) -> bool:
        """Take them all for this user. False when somebody else has the pair."""
        until = timezone.now() + LEASE / 2
        pairs = [self.suspicion, *self.links]
        if all(pair.held_by_id == user.pk and pair.held_until and pair.held_until > until for pair in pairs):
            return True
        numbers = [self.suspicion.pk, *(link.pk for link in self.links)]
        Suspicion.objects.filter(pk__in=numbers).hold(user)
        self.suspicion.refresh_from_db(fields=["held_by", "held_until", "state"])
        return bool(self.suspicion.held_by_id == user.pk and self.suspicion.waits)


def asked(parameters: Mapping[str, str]) -> SuspicionQuerySet:
    """The pairs that the filters of the page ask for; those that wait when nothing is asked."""
    state = parameters.get("etat", "")
    pairs = Suspicion.objects.waiting()
    if state in {Suspicion.State.LATER, Suspicion.State.DIFFERENT}:
        pairs = Suspicion.objects.filter(state=state).of_standing()
    elif state == Suspicion.State.SAME:
        pairs = Suspicion.objects.filter(state=state)
    match parameters.get("surete", ""):
        case "sures":
            pairs = pairs.filter(probability__gte=SURE)
        case "douteuses":
            pairs = pairs.filter(probability__lt=SURE)
    if name := " ".join(parameters.get("nom", "")[:LONGEST_TEXT].replace("\0", " ").split()):
        found = answer(Question(text=name), Viewer(everything=True)).all_ids()[:MOST_OF_A_NAME]
        named = [int(number) for number in found]
        pairs = pairs.filter(Q(low__in=named) | Q(high__in=named))
    year = parameters.get("promotion", "")
    if year.isdecimal() and len(year) == 4:
        pairs = pairs.filter(Q(low__entry__year=year) | Q(high__entry__year=year))
    return pairs


def following(parameters: Mapping[str, str], user: Any) -> Suspicion | None:
    """The pair that this user is asked about next."""
    return asked(parameters).free_for(user).in_order().first()


def take_next(parameters: Mapping[str, str], user: Any) -> Suspicion | None:
    """The same, held for this user: when somebody else takes it at the same instant, the one after it."""
    for _trial in range(TRIALS):
        found = following(parameters, user)
        if found is None or Cluster.around(found, user).hold(user):
            return found
    return None


def suspected(person: Person) -> Suspicion | None:
    """The pair that this person most probably is."""
    return Suspicion.objects.waiting().about(person).with_persons().order_by("-probability").first()


waiting_pairs = Remembered(lambda: Suspicion.objects.waiting().count())


def counts() -> dict[str, int]:
    found = {"waiting": Suspicion.objects.waiting().count()}
    found["sure"] = Suspicion.objects.waiting().filter(probability__gte=SURE).count()
    found["later"] = Suspicion.objects.filter(state=Suspicion.State.LATER).of_standing().count()
    return found
