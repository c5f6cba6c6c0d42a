"""Posts that wait for a yes that somebody may say now: what `signers` answers of one post, of all of them in one question."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from lierre.accounts.models import Role, User
from lierre.publishing.models import Absence, Post, Signature, Step, Variant, Version
from lierre.publishing.signers import COUNTERSIGN, EXTERNAL

KEY = Case(
    When(external=True, then=Value(EXTERNAL)),
    When(person__isnull=False, then=Concat(Value("person:"), Cast("person_id", CharField()))),
    default=Concat(Value("role:"), F("role")),
    output_field=CharField(),
)


def asked_of(user: User) -> QuerySet[Post]:
    """By a role that reaches whoever it speaks for, by their name, or for somebody who is away; never what they wrote."""
    waiting = Post.objects.filter(state=Post.State.SUBMITTED).exclude(owner=user.pk).exclude(versions__by=user.pk)
    words = Version.objects.filter(post=OuterRef("pk"), number=OuterRef("version")).values("digest")
    waiting = waiting.annotate(words=Subquery(words[:1]), speaks_for=Coalesce("unit__path", one_unit(), Value("")))
    lowest = unsigned().order_by("position").values("position")
    waiting = waiting.annotate(step=Subquery(lowest[:1]))
    return waiting.filter(Q(urgent=True) & countersigned_by(user) | Q(urgent=False) & signed_by(user))


def one_unit() -> Subquery:
    """The unit that all its accounts belong to."""
    found = Variant.objects.filter(post=OuterRef("pk")).order_by().values("post")
    found = found.annotate(
        low=Min("account__unit__path"), high=Max("account__unit__path"), placed=Count("account__unit"), every=Count("pk")
    ).filter(low=F("high"), placed=F("every"))  # fmt: skip
    return Subquery(found.values("low"))


def unsigned() -> QuerySet[Step]:
    """Steps of one post that its present words have no signature for."""
    steps = Step.objects.filter(account__variants__post=OuterRef("pk")).annotate(key=KEY)
    given = Signature.objects.filter(
        post=OuterRef(OuterRef("pk")), digest=OuterRef(OuterRef("words")), position=OuterRef("position"),
        needed=OuterRef("key"),
    )  # fmt: skip
    return steps.filter(Q(kind="") | Q(kind=OuterRef("kind"))).exclude(Exists(given))


def signed_by(user: User) -> Q:
    open_steps = unsigned().filter(position=OuterRef("step"))
    today = Absence.objects.on(timezone.localdate()).filter(deputy=user.pk)
    named = Q(person=user.pk) | Exists(today.filter(who=OuterRef("person")))
    stood = ~Q(role="") & Exists(stood_for(user, depth=2, role=OuterRef(OuterRef("role"))))
    found = Q(Exists(open_steps.filter(named | stood)))
    for role in user.roles_held:
        found |= reached_by(role) & Q(Exists(open_steps.filter(role=role.kind)))
    return found


def countersigned_by(user: User) -> Q:
    """What is urgent leaves with one of these, whatever the steps say."""
    found = Q(Exists(stood_for(user, depth=1, role=None)))
    for role in user.roles_held:
        if role.kind in COUNTERSIGN:
            found |= reached_by(role)
    return found


def reached_by(role: Role) -> Q:
    """A role of one faculty does not approve what the institution says."""
    return Q(pk__gt=0) if role.unit.parent_id is None else Q(speaks_for__startswith=role.unit.path)


def stood_for(user: User, *, depth: int, role: Any) -> QuerySet[Absence]:
    """Absences of those whose role reaches it, who wrote nothing of it. `depth`: how far the post is; `role`: the one asked."""
    path = ExpressionWrapper(post("speaks_for", depth + 1), output_field=CharField())
    kinds: dict[str, Any] = {"kind__in": COUNTERSIGN} if role is None else {"kind": role}
    roles = Role.objects.in_force().filter(user=OuterRef("who"), **kinds).annotate(speaks_for=path)
    roles = roles.filter(Q(unit__parent=None) | Q(speaks_for__startswith=F("unit__path")))
    wrote = Version.objects.filter(post=post("pk", depth + 1), by=OuterRef("who"))
    away = Absence.objects.on(timezone.localdate()).filter(Exists(roles), deputy=user.pk, who__is_active=True)
    return away.exclude(who=Coalesce(post("owner", depth), 0)).exclude(Exists(wrote))


def post(name: str, depth: int) -> Any:
    found: Any = name
    for _level in range(depth):
        found = OuterRef(found)
    return found
