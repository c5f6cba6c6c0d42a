"""The apparatus of a value: who else spoke, what they said, and why they were not believed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.people.facts import FIELD
from lierre.people.fold import Folded, Policy, Testimony
from lierre.people.fold.text import folded
from lierre.people.readings.witness import Witness
from lierre.people.readings.wording import in_words

# The kinds of sources, as they are named inside a sentence.
KINDS: Final[dict[str, str | Promise]] = {
    "member": gettext_lazy("the person"),
    "archive": gettext_lazy("the person’s own archive"),
    "staff": gettext_lazy("staff"),
    "school": gettext_lazy("the information system"),
    "platform": gettext_lazy("the alumni platform"),
    "survey": gettext_lazy("the survey"),
    "third": gettext_lazy("third parties"),
}


@dataclass(frozen=True, slots=True)
class Rival:
    """A reading that is not shown, and why. It `agrees` when it says the same thing, were it written otherwise."""

    text: str
    why: str
    witness: Witness
    agrees: bool = False


@dataclass(slots=True)
class Reading:
    """One value as it is shown. Without a witness it is unknown, or the viewer may not know who said it."""

    name: str
    label: str
    text: str
    witness: Witness | None = None
    settled: bool = False  # taken at its word, whatever its date
    rivals: tuple[Rival, ...] = ()
    strong: bool = False

    @property
    def agreeing(self) -> list[Rival]:
        """Those who say the same: one for each source, the latest."""
        latest: dict[str, Rival] = {}
        for rival in self.rivals:
            if rival.agrees and (self.witness is None or rival.witness.name != self.witness.name):
                latest.setdefault(rival.witness.name, rival)
        return list(latest.values())

    @property
    def competing(self) -> list[Rival]:
        return [rival for rival in self.rivals if not rival.agrees]

    @property
    def moon(self) -> str:
        return "full" if self.settled or self.witness is None else self.witness.moon

    @property
    def freshness(self) -> str:
        if self.settled or self.witness is None:
            return _("taken at its word")
        return self.witness.freshness


def why_lost(loser: Testimony, winner: Testimony, group: str, policy: Policy) -> str:
    """The rule that decided between two witnesses, as a sentence: rank, then date, then the order of arrival."""
    older = loser.asserted_on < winner.asserted_on
    ranks = policy.ranks[group]
    if ranks.get(loser.kind, 0) != ranks.get(winner.kind, 0):
        first = {"first": KINDS.get(winner.kind, winner.kind), "second": KINDS.get(loser.kind, loser.kind)}
        if older:
            return _("older, and %(first)s comes before %(second)s") % first
        return _("%(first)s comes before %(second)s") % first
    return _("older") if older else _("said the same day, kept before")


def agree(one: str, other: str) -> bool:
    """
    Whether two readings say the same, one of them perhaps with more detail.

    >>> agree("HERVÉ", "Hervé"), agree("amelie@courriel.example, personal", "amelie@courriel.example"), agree("a", "b")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    return folded(short) == folded(long) or long.startswith(f"{short}, ")


class Apparatus:
    """The testimonies of one person, and how each would be named. `witnesses` is by number of record."""

    def __init__(
        self, testimonies: Sequence[Testimony], witnesses: Mapping[int, Witness], person: Folded, policy: Policy
    ) -> None:
        self.testimonies, self.witnesses, self.person, self.policy = testimonies, witnesses, person, policy
        self.by_number = {each.record_id: each for each in testimonies}

    def scalar(self, name: str, label: str = "", *, show: Callable[[Any], str] | None = None) -> Reading | None:
        """The reading of a scalar; None when nobody said anything."""
        if name not in self.person.values:
            return None
        write = show or (lambda value: in_words(name, value))
        said = [(each, write(each.facts[name])) for each in self.testimonies if name in each.facts]  # type: ignore[literal-required]
        return self.reading(
            name, label or str(FIELD[name].label), write(self.person.values[name]), self.person.won_by[name], said,
            FIELD[name].group,
        )  # fmt: skip

    def reading(
        self, name: str, label: str, text: str, won_by: int, said: Iterable[tuple[Testimony, str]], group: str
    ) -> Reading:
        """`said` is what each testimony gives for this value, the winner included."""
        winner, witness = self.by_number[won_by], self.witnesses[won_by]
        rivals = [
            Rival(
                other,
                self.why(other, text, each, winner, group),
                self.witnesses[each.record_id],
                agree(other, text),
            )
            for each, other in said
            if each.record_id != won_by
        ]
        rivals.sort(key=lambda rival: (rival.witness.asserted_on, rival.witness.number), reverse=True)
        return Reading(name, label, text, witness, witness.settles(group, self.policy), tuple(rivals))

    def why(self, other: str, text: str, loser: Testimony, winner: Testimony, group: str) -> str:
        if other == text:
            return _("says the same")
        if folded(other) == folded(text):
            return _("the same, written otherwise")
        return why_lost(loser, winner, group, self.policy)

    def among(self, name: str, key_of: Callable[[Any], Any], item: Any) -> list[tuple[Testimony, Any]]:
        """Who speaks of this item of a list, and how, the weightiest last."""
        key, ranks = key_of(item), self.policy.ranks[name]
        heard = [
            (each, said)
            for each in self.testimonies
            for said in dict[str, Any](each.facts).get(name, ())
            if key_of(said) == key
        ]  # fmt: skip
        return sorted(heard, key=lambda pair: (ranks.get(pair[0].kind, 0), pair[0].asserted_on, pair[0].record_id))
