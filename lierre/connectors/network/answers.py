"""What a network answers, as plain data: proofs, verdicts, reactions and figures. All of it can be kept (see plain.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    The proof that a part is online. `id` is the network's own; `permalink` what anybody can open ("" while unknown: its
    absence never means that the part is not online). `also` holds what deleting, answering and counting need besides.
    `adopted` is true when it was already there: we had published it and did not know.
    """

    id: str
    permalink: str = ""
    published_at: datetime | None = None
    also: Mapping[str, Any] = field(default_factory=dict)
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """
    A part ready to leave: what will be sent is written here to the last byte, and never changes afterwards.

    Keep it for good before publishing. `payload` is JSON; only the network that made it reads it. `text` is the text as it
    is sent (escaped where the network asks for it). While `look_again_at` is set, something is not ready yet (a video is
    being read over there): keep it and call `prepare` again at that time, giving it back as `before`.
    """

    network: str
    key: str
    payload: Mapping[str, Any]
    text: str
    prepared_at: datetime
    look_again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempts:
    """
    What was tried so far for one Prepared. `times`: how often the request may have left; `first_at` and `last_at` the
    moments just before the first and the last of them. `known`: ids of other messages of this account of which we hold
    a receipt (they are looked over when texts are alike).
    """

    times: int
    first_at: datetime
    last_at: datetime
    known: frozenset[str] = frozenset()


class Verdict(StrEnum):
    """
    What may be done after an unknown outcome:

    CONFIRMED it is online, the receipt proves it · AGAIN publish the same Prepared again, the network has a guard that
    makes a second one impossible · ABSENT the network proves that it is not online: publish again · WAIT ask again at
    `ask_again_at`, nothing can be said before · PERSON somebody must look; go on asking while `ask_again_at` is set.
    """

    CONFIRMED = "confirmed"
    AGAIN = "again"
    ABSENT = "absent"
    WAIT = "wait"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """`candidates` is what was found and could be it: the evidence shown to whoever must decide."""

    verdict: Verdict
    receipt: Receipt | None = None
    ask_again_at: datetime | None = None
    candidates: tuple[Receipt, ...] = ()
    why: str = ""  # a word for the log of attempts: "found in the list", "key is too old"


class Reaction(StrEnum):
    MENTION = "mention"
    ANSWER = "answer"  # in a thread, or a comment
    LIKE = "like"
    REPOST = "repost"
    QUOTE = "quote"
    FOLLOW = "follow"
    MESSAGE = "message"  # private


@dataclass(frozen=True, slots=True)
class Interaction:
    """
    Something that somebody did with us. `about` is the id of our message, "" for a follow. `text` is plain text.
    `after` and `first` are what a message that answers it gives as its own; None where there is nothing to answer.
    """

    id: str
    kind: Reaction
    at: datetime
    author: str = ""  # as people read it; "" when the network tells a number alone (in `handle`)
    handle: str = ""
    text: str = ""
    permalink: str = ""
    about: str = ""
    after: Receipt | None = None
    first: Receipt | None = None


@dataclass(frozen=True, slots=True)
class Interactions:
    """The oldest first. Keep `cursor` and give it back next time; the same interaction may come twice: see its id."""

    items: tuple[Interaction, ...]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """
    One figure of one message (`about`: the id of its receipt) or of the account (`about` is "").

    `name`: impressions, reach, clicks, likes, reposts, answers, quotes, followers… (METRICS names those that are shared).
    `value` is None when the network does not communicate it: that is not zero, and never becomes zero. It may be negative
    (what is taken back). `said_by` is the network's own name for it, for whoever wants to read its definition.
    """

    name: str
    value: int | None
    at: datetime
    about: str = ""
    said_by: str = ""


METRICS = ("impressions", "reach", "clicks", "likes", "reposts", "answers", "quotes", "followers")


@dataclass(frozen=True, slots=True)
class Event:
    """What a webhook tells: something changed about `about`; ask again. `id` tells apart those that come twice."""

    id: str
    kind: str
    about: str = ""
    at: datetime | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
