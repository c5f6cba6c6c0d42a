"""Who must still say yes to a post, to which words, and who may say it: never somebody who wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.accounts.models import Role, Unit, User
from lierre.publishing.composing import said_by
from lierre.publishing.models import Absence, Post, Signature, Step
from lierre.publishing.models.version import digest_of

# Who may countersign what is urgent, or against the charter, whatever the steps say.
COUNTERSIGN: Final = ("communication", "direction")
EXTERNAL: Final = "external"


@dataclass(frozen=True, slots=True)
class Needed:
    """One yes that is asked for. `key` names the role, the person, or somebody outside."""

    position: int
    key: str
    label: str
    person: User | None = None
    role: str = ""
    signature: Signature | None = None

    @property
    def has_left(self) -> bool:
        """The only person who may say it can no longer sign in."""
        return self.person is not None and not self.person.is_active


def needed(post: Post, seen: str = "") -> list[Needed]:
    """In their order, each with its signature when these very words (`seen`, when it is known) have it."""
    signatures = post.signatures.of(seen or digest(post)).select_related("by", "stead", "review")
    signed = {(each.position, each.needed): each for each in signatures}
    if post.urgent:
        found = [Needed(1, "countersign", _("Countersignature"))]
    else:
        steps = Step.objects.filter(account__variants__post=post, kind__in=["", post.kind]).select_related("person")
        found = once(steps) if getattr(post, "asks", True) else []  # a page may know already that nobody is asked
    return [
        Needed(each.position, each.key, each.label, each.person, each.role, signed.get((each.position, each.key)))
        for each in found
    ]


def once(steps: Iterable[Step]) -> list[Needed]:
    """Two accounts that ask the same person ask once."""
    found: dict[tuple[int, str], Needed] = {}
    for step in steps:
        key = EXTERNAL if step.external else f"person:{step.person_id}" if step.person_id else f"role:{step.role}"
        found.setdefault((step.position, key), Needed(step.position, key, str(step), step.person, step.role))
    return [found[place] for place in sorted(found)]


def digest(post: Post) -> str:
    return digest_of(said_by(post))


def open_step(every: list[Needed]) -> list[Needed]:
    """What is asked for now: the lowest step that is not complete."""
    missing = [each for each in every if each.signature is None]
    lowest = min((each.position for each in missing), default=0)
    return [each for each in missing if each.position == lowest]


def authors(post: Post) -> set[int]:
    """Whoever wrote something of what is read: none of them may approve it."""
    wrote = post.versions.order_by().values_list("by", flat=True).distinct()
    return {int(pk) for pk in (post.owner_id, *wrote) if pk}


def authors_of(post: Post) -> list[User]:
    return list(User.objects.active().filter(pk__in=authors(post)))


def speaks_for(post: Post) -> Unit | None:
    """The unit that was chosen, else the one that all its accounts belong to; None is the institution itself."""
    if post.unit is not None:
        return post.unit
    units = {variant.account.unit_id for variant in post.variants.all()}
    known = [pk for pk in units if pk]
    return Unit.objects.filter(pk=known[0]).first() if known and len(units) == 1 else None


def holds_for(user: User, unit: Unit | None, *roles: str) -> bool:
    """A role of one faculty does not approve what the institution says."""
    return user.holds(*roles, unit=unit) if unit else user.holds_everywhere(*roles)


def answers_for(user: User, each: Needed, post: Post) -> tuple[bool, User | None]:
    """Whether this user, who wrote nothing of it, may say this yes; and in whose stead."""
    if each.key == EXTERNAL:
        return False, None
    if each.person is None:
        roles, unit = COUNTERSIGN if each.key == "countersign" else (each.role,), speaks_for(post)
        if user.holds(*roles) and holds_for(user, unit, *roles):
            return True, None
        stead = next((who for who in stood_for(user, post) if holds_for(who, unit, *roles)), None)
        return stead is not None, stead
    if each.person.pk == user.pk:
        return True, None
    # Whoever wrote it decides by nobody else either.
    away = Absence.objects.on(timezone.localdate()).filter(who=each.person, deputy=user).exclude(who__in=authors(post))
    return (True, each.person) if away.exists() else (False, None)


def stood_for(user: User, post: Post) -> list[User]:
    """Those who are away, said that this user decides meanwhile, and wrote nothing of it."""
    away = Absence.objects.on(timezone.localdate()).filter(deputy=user, who__is_active=True)
    return [each.who for each in away.exclude(who__in=authors(post)).select_related("who")]


def may_sign(user: Any, post: Post, every: list[Needed] | None = None, *, wrote: bool | None = None) -> list[Needed]:
    """The yes that this user may say now. `wrote`: whether they wrote something of it, when that is known."""
    if not isinstance(user, User) or post.state != Post.State.SUBMITTED:
        return []
    if user.pk in authors(post) if wrote is None else wrote:
        return []
    return [each for each in open_step(every or needed(post)) if answers_for(user, each, post)[0]]


def who_may(each: Needed, post: Post) -> list[User]:
    """Those who may say it, and those who decide for them; nobody of the house for somebody outside."""
    if each.key == EXTERNAL:
        return []
    if each.person is not None:
        able = [each.person]
    else:
        able = holders(speaks_for(post), *(COUNTERSIGN if each.key == "countersign" else (each.role,)))
    able = [user for user in able if user.pk not in authors(post)]
    away = Absence.objects.on(timezone.localdate()).filter(who__in=able).select_related("deputy")
    return [user for user in (*able, *(absence.deputy for absence in away)) if user.is_active]


def holders(unit: Unit | None, *roles: str) -> list[User]:
    held = Role.objects.in_force().filter(kind__in=roles, user__is_active=True).select_related("user", "unit")
    return [role.user for role in held if (role.unit.contains(unit) if unit else role.unit.parent_id is None)]


def still_asked(post: Post) -> list[User]:
    """Each person who may say one of the yes that are asked for now, once, but those who wrote it."""
    wrote = authors(post)
    found: dict[int, User] = {}
    for each in open_step(needed(post)):
        found |= {user.pk: user for user in who_may(each, post) if user.pk not in wrote}
    return list(found.values())
