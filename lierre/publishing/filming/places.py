"""Where a film may be shown, and as what: one line for all the accounts that are given the same thing."""

from dataclasses import dataclass, field

from lierre.foundation.errors import Refused
from lierre.publishing.library.film_copies import Fit, fit
from lierre.publishing.library.film_plans import takes_films
from lierre.publishing.models import Account, Medium
from lierre.publishing.outbox.speaking import limits_of


@dataclass
class Place:
    """`minutes`: how long it may last there, when it lasts longer. `takes_none`: no film at all."""

    fit: Fit
    minutes: int = 0
    takes_none: bool = False
    accounts: list[Account] = field(default_factory=list)

    @property
    def is_as_it_is(self) -> bool:
        return self.fit.is_taken and not self.minutes and not self.takes_none

    @property
    def refused(self) -> str:
        """Why nothing of it can be shown there."""
        if self.minutes or self.fit.is_taken or (self.fit.planned and not self.fit.impossible):
            return ""
        return self.fit.impossible or self.fit.without_a_copy


def places(medium: Medium) -> list[Place]:
    """On the accounts where posts leave by themselves. First those that take the film itself."""
    found: dict[tuple[object, ...], Place] = {}
    for account in Account.objects.connected().filter(reads_only=False).order_by("network", "label"):
        try:
            limits = limits_of(account)
            each = fit(medium, limits)
        except (Refused, OSError):
            continue
        too_long = bool(limits.video_seconds) and medium.seconds > limits.video_seconds
        minutes = limits.video_seconds // 60 if too_long else 0
        key = (minutes, takes_films(limits), each.is_taken, each.planned, each.impossible)
        found.setdefault(key, Place(each, minutes, not takes_films(limits))).accounts.append(account)
    return sorted(found.values(), key=lambda place: (not place.is_as_it_is, bool(place.minutes)))


def is_under_way(found: list[Place]) -> bool:
    """Whether one of its copies is being made, or will be in a moment."""
    return any(place.fit.copy is not None and place.fit.copy.is_coming for place in found)
