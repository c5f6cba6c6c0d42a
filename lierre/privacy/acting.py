"""For which controller somebody acts: the unit where they hold their roles says so; and what they may do then."""

from typing import Any, Final

from lierre.accounts.models import User
from lierre.foundation.abilities import Ability
from lierre.people.fold.visibility import FAMILIES, FINER
from lierre.privacy.fields import FLOWING
from lierre.privacy.models import Agreement, Controller

KEPT: Final = "_acts_for"
# What is not about the persons of another controller, or is measured by the agreement with it.
LENT_ABILITIES: Final = frozenset(
    {
        "see_persons", "export_persons", "use_segments", "hold_tokens", "see_units", "see_rights", "see_posts",
        "write_posts", "settle_posts", "see_groups", "manage_groups",
    }
)  # fmt: skip
FOR_THEMSELVES: Final = frozenset({"graduate", "student", "recruiter", "ambassador"})
# Which fields must flow for a family of values to be seen: all of those that it shows.
SHOWN_BY: Final[dict[str, tuple[str, ...]]] = {
    "name": ("given", "family", "usage"),
    "study": ("studies",),
    "position": ("positions",),
    "place": ("positions", "contacts"),
    "contact": ("contacts",),
    "birth": ("born", "birth_place", "birth_country", "nationality"),
    "email": ("contacts",),
    "phone": ("contacts",),
    "address": ("contacts",),
    "link": ("linkedin", "website"),
    "profile": ("headline", "summary", "skills", "languages", "certifications"),
}
assert SHOWN_BY.keys() == {*FAMILIES, *FINER}
assert {name for names in SHOWN_BY.values() for name in names} <= FLOWING.keys()


def acts_for(user: Any) -> Controller | None:
    """
    The other controller whose unit they work in, and nowhere else. None for those of the school.

    Read once a request. Whoever holds a role at the top of the institution is of the school: nothing is asked then.
    """
    if not isinstance(user, User):
        return None
    if KEPT not in user.__dict__:
        user.__dict__[KEPT] = found(user)
    return user.__dict__[KEPT]  # type: ignore[no-any-return]


def found(user: User) -> Controller | None:
    units = [role.unit for role in user.roles_held]
    at_home = any(unit.parent_id is None for unit in units)
    # Those who see what each person shows to people like them, and nothing more, act for nobody.
    if at_home or all(role.kind in FOR_THEMSELVES for role in user.roles_held):
        return None
    others = Controller.objects.exclude(unit=None).exclude(kind=Controller.Kind.SCHOOL).select_related("unit")
    return next((each for each in others if each.unit and all(each.unit.contains(unit) for unit in units)), None)


def lets(user: Any, ability: Ability) -> bool:
    """Whoever acts for another controller does with the base what an agreement can measure, and nothing else."""
    return ability.name in LENT_ABILITIES or acts_for(user) is None


def lent_to(user: Any) -> frozenset[str] | None:
    """The families of values that flow to them today. Asked of the base each time: what ends is hidden at once."""
    controller = acts_for(user)
    return None if controller is None else families_flowing_to(controller)


def families_flowing_to(taker: Controller) -> frozenset[str]:
    fields: set[str] = set()
    for agreement in Agreement.objects.in_force().filter(taker=taker).prefetch_related("purposes"):
        if any(purpose.is_open for purpose in agreement.purposes.all()):
            fields.update(agreement.fields)
    return frozenset(family for family, needed in SHOWN_BY.items() if fields.issuperset(needed))
