"""Every address of the house, found by walking the resolver, and an example of each that takes something.

A new address with a parameter must be given an example here, or the tests that walk the house stop and say so.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lierre.people.fold.folding import position_key
from lierre.people.readings.sheet import Sheet
from lierre.people.views.correcting import key_name
from tests.house import Belongings, House

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """`name`: "people:person". `route`: "personnes/<slug:public_id>/". `takes`: the names of its parameters."""

    name: str
    route: str
    takes: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def area(self) -> str:
        """The first word of the path: what the address is about."""
        return self.route.lstrip("^").split("/")[0] or "accueil"

    @property
    def shown(self) -> str:
        """The path as a reader sees it, with … where something is named."""
        return "/" + re.sub(
            r"<[^>]*>|\(\?P<[^()]*\)|[\^$\\]", lambda found: "…" if len(found[0]) > 1 else "", self.route
        )

    def examples(self, house: House) -> list[str]:
        """Paths that exist, the one that tells most first."""
        if not self.takes:
            return [reverse(self.name)]
        if self.takes == ("form",):
            return [reverse(self.name, kwargs={"form": form}) for form in ("csv", "xlsx")]
        if self.name not in EXAMPLES:
            raise LookupError(f"Give {self.name} ({self.route}) an example in tests/addresses.py, EXAMPLES.")
        return [reverse(self.name, kwargs=arguments) for arguments in EXAMPLES[self.name](house)]

    def own(self, belongings: Belongings) -> str | None:
        """The path of what someone brought or asked themselves, where that makes a difference."""
        return reverse(self.name, kwargs=OWN[self.name](belongings)) if self.name in OWN else None


def addresses() -> list[Address]:
    """All of them, each once, in the order of their paths."""
    found = {each.name: each for each in walk(get_resolver())}
    return sorted(found.values(), key=lambda each: each.route.lstrip("^"))


def walk(resolver: URLResolver, before: str = "", taken: tuple[str, ...] = (), space: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route, takes = before + str(pattern.pattern), (*taken, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, route, takes, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            assert isinstance(pattern, URLPattern)
            yield Address(f"{space}{pattern.name}", route, takes, pattern.callback)


def position_of(person: Any) -> str:
    """How one of the positions of someone is named in an address."""
    item, _record = Sheet.for_everyone_to_know(person).folded.positions[0]
    return key_name(position_key(item))


def about_person(house: House, **more: Any) -> list[Arguments]:
    return [{"public_id": house.person.public_id, **more}]


def per_group(house: House, *groups: str) -> list[Arguments]:
    return [argument for group in groups for argument in about_person(house, group=group)]


GROUPS = ("identite", "profil", "etats", "etudes", "postes", "coordonnees")
LISTS = ("postes", "etudes", "coordonnees")
EXAMPLES: dict[str, Callable[[House], list[Arguments]]] = {
    "foundation:work": lambda house: [{"work_id": house.work.pk}],
    "foundation:cancel_work": lambda house: [{"work_id": house.work.pk}],
    "foundation:hasten_duty": lambda _house: [{"name": "people.watch_folder"}],
    "accounts:unit": lambda house: [{"unit_id": unit.pk} for unit in (house.school, house.university, house.closed)],
    "accounts:change_unit": lambda house: [{"unit_id": house.school.pk}],
    "accounts:move_unit": lambda house: [{"unit_id": house.school.pk}],
    "accounts:close_unit": lambda house: [{"unit_id": house.school.pk}],
    "accounts:reopen_unit": lambda house: [{"unit_id": house.closed.pk}],
    "accounts:user": lambda house: [{"user_id": house.role.user_id}],
    "accounts:give_role": lambda house: [{"user_id": house.role.user_id}],
    "accounts:withdraw_role": lambda house: [{"user_id": house.role.user_id, "role_id": house.role.pk}],
    "accounts:user_act": lambda house: [
        {"user_id": house.role.user_id, "name": name} for name in ("desactiver", "reactiver", "deconnecter", "oublier-cles")
    ],
    "accounts:right": lambda _house: [{"name": "see_persons"}],
    "accounts:send_invitation_again": lambda house: [{"invitation_id": house.invitation.pk}],
    "accounts:withdraw_invitation": lambda house: [{"invitation_id": house.invitation.pk}],
    "accounts:join": lambda house: [{"token": house.invitation.token}],
    "people:directory_facet": lambda _house: [{"parameter": "promotion"}, {"parameter": "employeur"}],
    "people:forget_search": lambda house: [{"search_id": house.search.pk}],
    "people:person": about_person,
    "people:history": about_person,
    "people:correct": lambda house: per_group(house, *GROUPS),
    "people:correct_item": lambda house: about_person(house, group="postes", key=position_of(house.person)),
    "people:add": lambda house: per_group(house, *LISTS),
    "people:same_as": about_person,
    "people:erase": about_person,
    "people:record": lambda house: [{"record_id": house.record.pk}, {"record_id": house.decision.record_id}],
    "people:separate": lambda house: [{"record_id": house.record.pk}],
    "people:attach": lambda house: [{"record_id": house.record.pk}],
    "people:undo": lambda house: [{"decision_id": house.decision.pk}],
    "people:own_correct": lambda _house: [{"group": group} for group in GROUPS],
    "people:own_correct_item": lambda house: [
        {"group": "postes", "key": position_of(house.belongings[house.everybody.pk].person)}
    ],
    "people:own_add": lambda _house: [{"group": group} for group in LISTS],
    "people:import": lambda house: [
        {"import_id": imported.pk} for imported in (house.applied, house.rehearsed, house.received)
    ],
    "people:rehearse": lambda house: [{"import_id": house.rehearsed.pk}],
    "people:mapping": lambda house: [
        {"import_id": house.received.pk, "delivery_id": house.received.deliveries.earliest("pk").pk}
    ],
    "people:confirm_import": lambda house: [
        {"import_id": house.rehearsed.pk, "act": "appliquer"}, {"import_id": house.applied.pk, "act": "defaire"},
        {"import_id": house.received.pk, "act": "abandonner"},
    ],
    "people:quarantined_line": lambda house: [{"line_id": house.line.pk}, {"line_id": house.to_decide.pk}],
    "people:choose_person": lambda house: [{"line_id": house.to_decide.pk}],
    "people:drop_line": lambda house: [{"line_id": house.line.pk}],
    "people:source": lambda house: [{"source_id": house.source.pk}],
    "account_confirm_email": lambda _house: [{"key": "MQ:unknown"}],
    "account_reset_password_from_key": lambda _house: [{"uidb36": "1", "key": "unknown"}],
    "mfa_remove_webauthn": lambda house: [{"pk": house.belongings[house.everybody.pk].key.pk}],
    "mfa_edit_webauthn": lambda house: [{"pk": house.belongings[house.everybody.pk].key.pk}],
}  # fmt: skip
OWN: dict[str, Callable[[Belongings], Arguments]] = {
    "foundation:work": lambda theirs: {"work_id": theirs.work.pk},
    "foundation:cancel_work": lambda theirs: {"work_id": theirs.work.pk},
    "people:import": lambda theirs: {"import_id": theirs.imported.pk},
    "people:rehearse": lambda theirs: {"import_id": theirs.imported.pk},
    "people:confirm_import": lambda theirs: {"import_id": theirs.imported.pk, "act": "appliquer"},
    "people:forget_search": lambda theirs: {"search_id": theirs.search.pk},
    "mfa_remove_webauthn": lambda theirs: {"pk": theirs.key.pk},
    "mfa_edit_webauthn": lambda theirs: {"pk": theirs.key.pk},
}
# What a form must hold for its answer to speak of the right to send it, rather than of what is missing in it.
FORMS: dict[str, Callable[[House], Arguments]] = {
    "people:choose_person": lambda house: {"personne": house.person.public_id},
}
