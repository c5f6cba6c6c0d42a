"""Where segments are used: each domain above says which of its own things ask one, so that none is forgotten in use."""

from collections.abc import Callable, Iterable

from lierre.people.models import Segment
from lierre.people.segments.question import Nonsense, read

Use = tuple[str, str]  # what it is called, where it is
_uses: list[Callable[[Segment], Iterable[Use]]] = []


def used_by(ask: Callable[[Segment], Iterable[Use]]) -> None:
    """Have this domain asked what uses a segment. Call it when the application starts."""
    if ask not in _uses:
        _uses.append(ask)


def uses(segment: Segment) -> list[Use]:
    """Other segments first, then what domains above do with it."""
    return [*of_segments(segment), *(use for ask in _uses for use in ask(segment))]


def of_segments(segment: Segment) -> list[Use]:
    found = []
    for other in Segment.objects.standing().exclude(pk=segment.pk):
        try:
            asked = read(other.question).conditions()
        except Nonsense:
            continue
        if any(each.on == "segment" and str(segment.pk) in each.values for each in asked):
            found.append((str(other), other.get_absolute_url()))
    return found
