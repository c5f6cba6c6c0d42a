"""The board: posts and mailings by what is to be done with them, and the moves between columns that mean something."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.accounts.models import User
from lierre.foundation.abilities import may
from lierre.foundation.errors import Refused
from lierre.publishing.asked import asked_of
from lierre.publishing.mailing.approvers import asked_of as letters_asked_of
from lierre.publishing.mailing.planning import LETTER, LOOKS
from lierre.publishing.models import Delivery, Mailing, Post, Variant
from lierre.publishing.network_names import mark_of, name_of
from lierre.publishing.permissions import WRITE_POSTS, accounts_written_by, may_change_letter
from lierre.publishing.planning import LEAVING, STUCK, Filter
from lierre.publishing.spoken import Spoken, key_in_calendar

SHOWN: Final = 20
LEFT_FOR: Final = timedelta(days=30)
NEVER: Final = datetime.max.replace(tzinfo=UTC)
COLUMNS: Final[dict[str, tuple[str | Promise, str]]] = {
    "draft": (gettext_lazy("Ideas and drafts"), "pencil"),
    "waiting": (gettext_lazy("Waiting for approval"), "hourglass"),
    "ready": (gettext_lazy("Ready"), "check"),
    "sent": (gettext_lazy("Online"), "check-check"),
    "stuck": (gettext_lazy("To settle"), "circle-help"),
}


@dataclass(frozen=True, slots=True)
class Card:
    post: Spoken
    look: str
    at: datetime | None
    marks: tuple[tuple[str, str | Promise], ...]
    moves: tuple[tuple[str, str | Promise], ...] = ()

    @property
    def key(self) -> str:
        return key_in_calendar(self.post)


@dataclass(slots=True)
class Column:
    """`more`: whether there are others that are not shown."""

    name: str
    label: str | Promise
    shape: str
    cards: list[Card] = field(default_factory=list)
    more: bool = False


def board(asked: Filter, *, seen_by: User | None) -> list[Column]:
    """Seven questions to the base, whatever it holds. `seen_by`: offered what they may do, and nothing else."""
    found = {name: list(asked.narrow(posts)[: SHOWN + 1]) for name, posts in questions(seen_by).items()}
    marks = marks_of([post.pk for posts in found.values() for post in posts])
    letters = letters_of(asked, seen_by)
    columns = []
    for name, posts in found.items():
        every = in_order(name, [*posts, *letters[name]])
        column = Column(name, *COLUMNS[name], more=len(every) > SHOWN)
        moves = [(to, act, label) for (start, to), (act, label) in MOVES.items() if start == name]
        for each in every[:SHOWN]:
            mark = LETTER_MARK if isinstance(each, Mailing) else marks[each.pk]
            theirs = ((to, label) for to, act, label in moves if lets(seen_by, each, act))
            column.cards.append(Card(each, name, local(each), mark, tuple(possible(each, theirs))))
        columns.append(column)
    return columns


def lets(user: User | None, said: Spoken, act: str) -> bool:
    """What somebody may do with a card: say the yes that is asked of them, or change what they write."""
    if act == "approuver":
        return bool(getattr(said, "is_asked", False))
    return may_change_letter(user, said) if isinstance(said, Mailing) else bool(getattr(said, "is_written", False))


def possible(said: Spoken, moves: Iterable[tuple[str, str | Promise]]) -> Iterator[tuple[str, str | Promise]]:
    """A mailing that leaves is no card any more; one that nobody approved cannot be planned."""
    if isinstance(said, Post):
        yield from moves
    elif said.is_changeable:
        is_draft = said.state == Mailing.State.DRAFT
        yield from (move for move in moves if move[0] != "ready" or not is_draft or said.was_approved_as_it_is)


def in_order(name: str, found: list[Spoken]) -> list[Spoken]:
    """The nearest first, what has no time last; of what is online, the latest."""
    if name == "sent":
        return sorted(found, key=lambda each: each.due_at or each.made_at, reverse=True)
    return sorted(found, key=lambda each: each.due_at or NEVER)


def letters_of(asked: Filter, user: User | None) -> dict[str, list[Mailing]]:
    """By column."""
    found: dict[str, list[Mailing]] = defaultdict(list)
    if not asked.account and asked.network in {"", LETTER}:  # one question fewer
        lately = Q(due_at__gt=timezone.now() - LEFT_FOR) | ~Q(state=Mailing.State.SENT)
        rows = Mailing.objects.living().filter(lately).select_related("owner", "segment", "unit")
        if user is not None:
            rows = rows.annotate(is_asked=Exists(letters_asked_of(user).filter(pk=OuterRef("pk"))))
        for each in asked.narrow_letters(rows).order_by(F("due_at").desc(nulls_last=True), "-pk")[: 5 * SHOWN]:
            found[LOOKS[Mailing.State(each.state)]].append(each)
    return found


def questions(user: User | None = None) -> dict[str, Any]:
    """The nearest first; of what is online, the latest. Each with what this user may do: `is_asked`, `is_written`."""
    rows = Delivery.objects.filter(post=OuterRef("pk"))
    stuck, leaving = Exists(rows.filter(state__in=STUCK)), Exists(rows.filter(state__in=LEAVING))
    online = Exists(rows.filter(state=Delivery.State.CONFIRMED))
    soonest = (F("due_at").asc(nulls_last=True), "-pk")
    living = Post.objects.select_related("owner")
    if may(user, WRITE_POSTS):
        others = Variant.objects.filter(post=OuterRef("pk")).exclude(account__in=accounts_written_by(user))
        living = living.annotate(is_written=~Exists(others))
    left = living.filter(online, ~stuck, ~leaving, due_at__gt=timezone.now() - LEFT_FOR)
    waiting = living.filter(state=Post.State.SUBMITTED).order_by(*soonest)
    if user is not None:
        waiting = waiting.annotate(is_asked=Exists(asked_of(user).filter(pk=OuterRef("pk"))))
    return {
        "draft": living.filter(~stuck, state=Post.State.DRAFT).order_by(*soonest),
        "waiting": waiting,
        "ready": living.filter(leaving, ~stuck, state=Post.State.APPROVED).order_by(*soonest),
        "sent": left.exclude(state=Post.State.WITHDRAWN).order_by("-due_at", "-pk"),
        "stuck": living.filter(stuck).exclude(state=Post.State.SUBMITTED).order_by(*soonest),
    }


def local(post: Spoken) -> datetime | None:
    return timezone.localtime(post.due_at) if post.due_at else None


def marks_of(posts: list[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    networks: dict[int, list[str]] = defaultdict(list)
    pairs = Variant.objects.filter(Q(post__in=posts)).values_list("post_id", "account__network").distinct()
    for pk, network in pairs.order_by("account__network"):
        networks[pk].append(network)
    return defaultdict(
        tuple, {pk: tuple((mark_of(code), name_of(code)) for code in codes) for pk, codes in networks.items()}
    )


LETTER_MARK: Final = (("@", gettext_lazy("mailing")),)

# From a column to another: the act, and what it is called on a card. Nothing else moves a post.
MOVES: Final[dict[tuple[str, str], tuple[str, str | Promise]]] = {
    ("draft", "waiting"): ("soumettre", gettext_lazy("Ask for approval")),
    ("draft", "ready"): ("planifier", gettext_lazy("Plan")),
    ("waiting", "ready"): ("approuver", gettext_lazy("Approve")),
    ("waiting", "draft"): ("reprendre", gettext_lazy("Back to drafts")),
    ("ready", "draft"): ("reprendre", gettext_lazy("Back to drafts")),
    ("draft", "out"): ("retirer", gettext_lazy("Withdraw")),
    ("waiting", "out"): ("retirer", gettext_lazy("Withdraw")),
    ("ready", "out"): ("retirer", gettext_lazy("Withdraw")),
}
# Why a card does not go there, said to whoever let it go.
REFUSALS: Final[dict[str, str | Promise]] = {
    "sent": gettext_lazy("What is online says so by itself: nobody moves a post there."),
    "stuck": gettext_lazy("Nobody sends a post to be settled: it comes there by itself."),
    "ready": gettext_lazy("What is there cannot be made ready from the board: open it."),
    "waiting": gettext_lazy("Only a draft can be sent for approval."),
    "draft": gettext_lazy("What has left, or may have, is no draft any more."),
    "out": gettext_lazy("It has left, or may have: it cannot be withdrawn."),
}


def look_of(post: Spoken) -> str:
    """The column where it is now."""
    if isinstance(post, Mailing):
        return LOOKS.get(Mailing.State(post.state), "")
    found = [name for name, posts in questions().items() if posts.filter(pk=post.pk).exists()]
    return found[0] if found else ""


def act_of(post: Spoken, to: str, version: int) -> str:
    """The act that a move stands for; refuses one that stands for none. `version`: the one that was on the card."""
    if to not in REFUSALS:
        raise Refused(_("There is no such column."))
    if version != post.version:
        raise Refused(_("It was changed since you read it: read it again."))
    known = MOVES.get((look_of(post), to))
    if known is None:
        raise Refused(str(REFUSALS[to]))
    return known[0]
