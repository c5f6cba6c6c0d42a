"""
What hangs on somebody: each domain declares it in its `handing_over`, so that nobody leaves before somebody else has it.

`accounts` knows none of it: it asks how many things there are, shows them, and has each handed over by whoever declared it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet, Value
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import ngettext

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record

if TYPE_CHECKING:
    from lierre.accounts.models.user import User

# Who received what, from whom: told in the transaction that hands it over.
Teller = Callable[["User", list[str], "User", Any], None]


@dataclass(frozen=True, slots=True)
class Tie:
    """
    One way in which things hang on somebody. `name`: for forms, one word. `rows`: what hangs on this user today. `told`: a
    row in words. `roles`: whoever holds one of them may have it. `hand(row, to, by)`: it is theirs from now on, with a
    line of the journal; refuses with a sentence. `nobody`: whether it may be left to nobody, `to` being None then.
    """

    name: str
    label: str | Promise
    promise: str | Promise
    rows: Callable[["User"], QuerySet[Any]]
    told: Callable[[Any], str]
    roles: frozenset[str]
    hand: Callable[[Any, "User | None", Any], None]
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Hanging:
    """One thing that hangs on somebody. `key` names it in a form."""

    tie: Tie
    row: Any

    @property
    def key(self) -> str:
        return f"{self.tie.name}-{self.row.pk}"

    def __str__(self) -> str:
        return self.tie.told(self.row)


_ties: dict[str, Tie] = {}
_tellers: list[Teller] = []


def declare(*ties: Tie) -> None:
    """Make ties known, in the order in which they are shown."""
    for tie in ties:
        if _ties.setdefault(tie.name, tie) is not tie:
            raise ValueError(f"The tie {tie.name} is declared twice.")


def tell_with(teller: Teller) -> None:
    """How somebody hears what they received."""
    _tellers.append(teller)


def ties() -> list[Tie]:
    autodiscover_modules("handing_over")
    return list(_ties.values())


def hanging_on(user: "User") -> list[Hanging]:
    """Everything, tie by tie. Those by which nothing hangs are asked for nothing."""
    found = names_of_ties(user)
    return [Hanging(tie, row) for tie in ties() if tie.name in found for row in tie.rows(user)]


def count_hanging_on(user: "User") -> int:
    return len(names_of_ties(user))


def names_of_ties(user: "User") -> list[str]:
    """The tie of each thing, in one question to the base."""
    every = [tie.rows(user).order_by().annotate(tie=Value(tie.name)).values_list("tie", "pk") for tie in ties()]
    return [name for name, _pk in every[0].union(*every[1:], all=True)] if every else []


def check_free(user: "User", *, despite: bool = False) -> dict[str, Any]:
    """
    Refuse that somebody leaves while something hangs on them. `despite`: it stays without anybody, and the journal says
    what: the answer is written there.
    """
    left = [f"{each.tie.label}: {each}" for each in hanging_on(user)]
    if left and not despite:
        raise Refused(
            ngettext(
                "%(count)d thing hangs on %(user)s: hand it over first.",
                "%(count)d things hang on %(user)s: hand them over first.",
                len(left),
            )
            % {"count": len(left), "user": user}
        )
    return {"left_behind": left} if left else {}


def hand_over(leaver: "User", to: Mapping[str, "User | None"], *, by: Any) -> int:
    """`to`: by key, who has it from now on. All of it or nothing; what hangs no more is passed over."""
    received: dict[User, list[str]] = {}
    with transaction.atomic():
        for each in [each for each in hanging_on(leaver) if each.key in to]:
            taker = to[each.key]
            each.tie.hand(each.row, taker, by)
            if taker is not None:
                received.setdefault(taker, []).append(f"{each.tie.label}: {each}")
        count = sum(len(things) for things in received.values())
        if to:
            record("user.handed_over", leaver, by=by, to={str(taker): things for taker, things in received.items()})
        for taker, things in received.items():
            for tell in _tellers:
                tell(taker, things, leaver, by)
    return count
