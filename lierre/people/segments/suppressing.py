"""From those a segment holds to those who may be written to, and why the others may not: counted, never hidden.

Domains above add their own reasons with `suppress`: a function that is given numbers of persons and answers, for each of
its reasons, the numbers it sets aside. They are asked in turn, each about those who are left.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.directory.columns import Ids
from lierre.people.segments import reach

Reason = tuple[str | Promise, Ids]
Asked = Callable[[Ids], Iterable[Reason]]

_reasons: dict[str, Asked] = {}
OURS: Final[tuple[tuple[str | Promise, Callable[[reach.Marks], "np.ndarray[tuple[int], np.dtype[np.bool_]]"]], ...]] = (
    (_("deceased"), lambda marks: marks & reach.DECEASED > 0),
    (_("lost from sight"), lambda marks: marks & reach.LOST > 0),
    (_("asked not to be contacted"), lambda marks: marks & reach.DO_NOT_CONTACT > 0),
    (_("no e-mail address is known"), lambda marks: marks & reach.HAS_EMAIL == 0),
    (_("mail to their address comes back"), lambda marks: marks & reach.TAKES_MAIL == 0),
)


def suppress(name: str, asked: Asked) -> None:
    """Have this domain asked too. Call it when the application starts; the same name replaces."""
    _reasons[name] = asked


@dataclass(frozen=True, slots=True)
class Funnel:
    """`kept` may be written to; `reasons`: why not, and how many, each person counted under the first one only."""

    total: int
    kept: Ids
    reasons: list[tuple[str | Promise, int]] = field(default_factory=list)

    @property
    def set_aside(self) -> int:
        return self.total - len(self.kept)


def funnel(ids: Ids) -> Funnel:
    kept, reasons = ids, []
    marks = reach.current().of(ids)
    for label, says in OURS:
        refused = says(marks)
        if refused.any():
            reasons.append((label, int(refused.sum())))
            kept, marks = kept[~refused], marks[~refused]
    for asked in _reasons.values():
        for label, others in asked(kept):
            refused = np.isin(kept, others)
            if refused.any():
                reasons.append((label, int(refused.sum())))
                kept = kept[~refused]
    return Funnel(len(ids), kept, reasons)
