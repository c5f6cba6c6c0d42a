"""What waits for someone, counted in one question to the base: works, lines put aside, invitations, looks at the hidden."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils import timezone

from lierre.accounts.models import Invitation
from lierre.accounts.permissions import may_invite
from lierre.community.models import Membership
from lierre.foundation.abilities import may
from lierre.foundation.models.journal import Entry
from lierre.foundation.models.work import Work
from lierre.people import permissions as people
from lierre.people.models import Claim, Delegate, Import, QuarantinedLine
from lierre.privacy import permissions as privacy
from lierre.privacy.models import Breach
from lierre.publishing import permissions as publishing
from lierre.publishing.asked import asked_of as posts_asked_of
from lierre.publishing.mailing.approvers import asked_of as mailings_asked_of
from lierre.publishing.models import Account, Ambassador, Delivery, Material, OwnDelivery, OwnText, Story
from lierre.publishing.register import AGAIN

WORK, LINE, INVITATION, LOOK, ERASED = "work", "line", "invitation", "person.seen", "person.erased"
REQUEST, BREACH, CLAIM = "request", "breach", "claim"
SENT, SUBMITTED, LEFT, LETTER = "sent", "submitted", "left", "letter"
ORPHAN = "orphan"
STORY, TOPIC, OWN = "story", "topic", "own"
INVITED, ASKING, VOUCH = "invited", "asking", "vouch"
WEEK: Final = timedelta(days=7)
YEAR: Final = timedelta(days=365)
BETWEEN: Final = "\x1f"  # never in a cell


@dataclass(frozen=True, slots=True)
class Group:
    """So many things alike: what they are called, a word or an example of them, the number of one, since when."""

    about: str
    called: str
    told: str
    count: int
    number: int
    since: datetime | None


Pending = dict[str, list[Group]]
Rows = QuerySet[Any, Any]


def pending_for(user: Any) -> Pending:
    """By what they are about. What this person does not answer for is not asked."""
    first, *others = asked(user)
    found: Pending = defaultdict(list)
    for row in first.union(*others, all=True) if others else first:
        group = Group(*row)
        found[group.about].append(group)
    return found


def asked(user: Any) -> Iterator[Rows]:
    yield failed_works(user)
    if may(user, people.EDIT_PERSONS):
        yield lines_put_aside()
    if may(user, people.ERASE_PERSONS):
        yield watched()
    if may(user, people.JUDGE_CLAIMS):
        yield claims_to_judge()
    if may_invite(user):
        yield unanswered(user)
    if may(user, privacy.HANDLE_REQUESTS):
        yield rights_used(user)
    if may(user, privacy.KEEP_BREACHES):
        yield breaches_to_decide()
    yield from asked_about_networks(user)
    if user.holds("graduate", "student", "ambassador"):
        yield from asked_among_graduates(user)


def asked_about_networks(user: Any) -> Iterator[Rows]:
    if may(user, publishing.SETTLE_POSTS):
        yield posts_to_settle(user)
    if may(user, publishing.SEE_POSTS):
        yield posts_to_approve(user)
        yield letters_to_approve(user)
    if may(user, publishing.FEED_AMBASSADORS):
        yield stories_to_answer()
    if may(user, publishing.TAKE_PART):
        yield topics_to_tell(user)
        yield own_to_settle(user)
    if may(user, publishing.KEEP_ACCOUNTS):
        yield accounts_left(user)
        yield accounts_without_answer(user)


def gathered(rows: Rows, *, about: Any, called: Any, told: Any, since: str, alike: tuple[str, ...] = ()) -> Rows:
    """Grouped, in columns that can stand under those of another table."""
    named = rows.order_by().annotate(thing=text(about), called=text(called)).values("thing", "called", *alike)
    counted: Rows = named.annotate(told=text(told), some=Count("pk"), number=Min("pk"), moment=Min(since))
    return counted.values_list("thing", "called", "told", "some", "number", "moment")


def text(expression: Any) -> Cast:
    return Cast(expression, TextField())


def failed_works(user: Any) -> Rows:
    title = Coalesce(NullIf("title", Value("")), F("name"), output_field=CharField())
    failed = Work.objects.asked_by(user).filter(state=Work.State.FAILED)
    return gathered(failed, about=Value(WORK), called=title, told=Max("failure"), since="finished_at", alike=("id",))


def lines_put_aside() -> Rows:
    """By source and reason, each with an example."""
    waiting = QuarantinedLine.objects.waiting().filter(delivery__imported__state=Import.State.APPLIED)
    example = Min(Concat("code", Value(BETWEEN), "column", Value(BETWEEN), "value", output_field=TextField()))
    return gathered(
        waiting, about=Value(LINE), called=F("delivery__imported__source__name"), told=example,
        since="delivery__imported__applied_at", alike=("code",),
    )  # fmt: skip


def claims_to_judge() -> Rows:
    waiting = Claim.objects.to_judge()
    return gathered(waiting, about=Value(CLAIM), called=Value(""), told=Max(Value("")), since="asked_at")


def watched() -> Rows:
    """Who looked at hidden persons this week, and who was erased this year, by whoever did it."""
    now = timezone.now()
    done = Q(verb=LOOK, at__gte=now - WEEK) | Q(verb=ERASED, at__gte=now - YEAR)
    return gathered(
        Entry.objects.filter(done),
        about=F("verb"),
        called=F("by_name"),
        told=Max(Value("")),
        since="at",
        alike=("verb",),
    )


def unanswered(user: Any) -> Rows:
    """By role: thousands may have been sent at once."""
    expired = Invitation.objects.expired().filter(invited_by=user)
    return gathered(expired, about=Value(INVITATION), called=F("kind"), told=Max(Value("")), since="expires_at")


def rights_used(user: Any) -> Rows:
    """Requests of rights that this person answers for, by right: how many, since when, and before which day."""
    waiting = privacy.requests_visible_to(user).still_open()
    return gathered(
        waiting.annotate(began=at_midnight("received_on")), about=Value(REQUEST), called=F("right"),
        told=text(Min("due_on")), since="began",
    )  # fmt: skip


def breaches_to_decide() -> Rows:
    """Nobody has said yet whether the authority is told. Each is a matter of hours, and stands alone."""
    return gathered(
        Breach.objects.to_decide(), about=Value(BREACH), called=F("title"), told=Max(Value("")), since="noticed_at",
        alike=("id",),
    )  # fmt: skip


def posts_to_settle(user: Any) -> Rows:
    """What became of them is not known, was refused, or missed its time: by state. Of the accounts that are theirs to settle."""
    return gathered(
        Delivery.objects.asking().filter(
            account__in=publishing.accounts_where(user, publishing.SETTLE_POSTS).values("pk")
        ),
        about=Value(SENT),
        called=F("state"),
        told=Max(Value("")),
        since="due_at",
        alike=("state",),
    )


def posts_to_approve(user: Any) -> Rows:
    """Those that wait for the yes of this person, and do not leave without it. `since` is the time of the first of them."""
    waiting = posts_asked_of(user)
    return gathered(waiting, about=Value(SUBMITTED), called=Value(""), told=Max("title"), since="due_at")


def letters_to_approve(user: Any) -> Rows:
    """Those that this person may approve, by their role or for somebody who is away; never what they wrote."""
    waiting = mailings_asked_of(user)
    return gathered(waiting, about=Value(LETTER), called=Value(""), told=Max("name"), since="due_at")


def accounts_without_answer(user: Any) -> Rows:
    """Nobody answers for them, whoever does was asked and says nothing, or their address leads nowhere."""
    silent = Q(asked_on__lt=timezone.localdate() - AGAIN / 2)
    late = Q(confirmed_on=None) | Q(confirmed_on__lt=timezone.localdate() - YEAR)
    found = publishing.accounts_where(user, publishing.KEEP_ACCOUNTS).filter(archived_at=None)
    found = found.filter(Q(owner=None) | silent & late | Q(dead_since__isnull=False))
    return gathered(found, about=Value(ORPHAN), called=Value(""), told=Max("label"), since="visited_at")


def accounts_left(user: Any) -> Rows:
    """Whoever answered for them has left without handing them over: by person."""
    kept = publishing.accounts_where(user, publishing.KEEP_ACCOUNTS).values("pk")
    return gathered(
        Account.objects.without_their_owner().filter(pk__in=kept).annotate(since=at_midnight("asked_on")), about=Value(LEFT),
        called=F("owner__name"), told=Max("owner_id"), since="since", alike=("owner_id",),
    )  # fmt: skip


def stories_to_answer() -> Rows:
    """What ambassadors told, and nobody has answered."""
    return gathered(
        Story.objects.waiting(), about=Value(STORY), called=Value(""), told=Max("title"), since="made_at"
    )  # fmt: skip


def topics_to_tell(user: Any) -> Rows:
    """Of this week, for them. Those that they said they published are done."""
    whom = Ambassador.objects.filter(user=user.pk)
    done = OwnText.objects.filter(ambassador__user=user.pk).exclude(published_at=None).values("material")
    waiting = Material.objects.to_be_said(whom, timezone.localdate()).exclude(pk__in=done)
    return gathered(waiting, about=Value(TOPIC), called=Value(""), told=Min("title"), since="offered_at")


def asked_among_graduates(user: Any) -> Iterator[Rows]:
    """Groups that invite them, those who ask to join one that they host, and who says that they were of their class."""
    standing = Membership.objects.filter(group__closed_at=None)
    hosted = Membership.objects.within().filter(person__account=user.pk, hosts=True).values("group")
    group: dict[str, Any] = {"called": F("group__name"), "told": Max("group_id"), "since": "at", "alike": ("group_id",)}
    yield gathered(standing.filter(person__account=user.pk, state="invited"), about=Value(INVITED), **group)
    yield gathered(standing.filter(state="asked", group__in=hosted), about=Value(ASKING), **group)
    charges = Delegate.objects.held_by(user).filter(year=OuterRef("year"))
    theirs = Q(degree="") | Exists(charges.filter(degree__iexact=OuterRef("degree")))
    claims = Claim.objects.to_judge().filter(theirs, Exists(charges)).exclude(vouches__account=user.pk)
    yield gathered(claims, about=Value(VOUCH), called=Value(""), told=Max("family"), since="asked_at")


def own_to_settle(user: Any) -> Rows:
    """What they asked to publish in their own name. Whoever sees the house in their place is told nothing of it."""
    theirs = OwnDelivery.objects.asking().filter(account__ambassador__user=user.pk)
    if getattr(user, "acting", None):
        theirs = theirs.none()
    return gathered(theirs, about=Value(OWN), called=Value(""), told=Max(Value("")), since="due_at")


def at_midnight(day: str) -> Cast:
    """A day, as the moment at which it begins: it stands under the moments of the others."""
    return Cast(day, DateTimeField())
