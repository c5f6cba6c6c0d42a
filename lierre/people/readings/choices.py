"""Who sees what: families of values × those who may look, as the person chose."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.directory.viewer import Viewer
from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import FAMILIES, FINER

FAMILY_LABELS: Final[dict[str, str | Promise]] = {
    "name": _("Name"),
    "study": _("Studies and class year"),
    "position": _("Position and career"),
    "profile": _("In my own words, skills, languages"),
    "place": _("Place"),
    "contact": _("Contact points"),
    "email": _("E-mail addresses"),
    "phone": _("Telephone numbers"),
    "address": _("Postal address"),
    "link": _("LinkedIn profile, web site"),
    "birth": _("Birth"),
}
# Who would be looking, in the order of the columns. The keys are those of AUDIENCES.
LOOKERS: Final[dict[str, str | Promise]] = {
    "class": _("a classmate"),
    "groups": _("somebody of one of your groups"),
    "graduates": _("a graduate of another class"),
    "students": _("a student"),
    "recruiters": _("a verified recruiter"),
    "public": _("anybody who signs in"),
}
EVERYONE_OF_THE_NETWORK: Final = ("class", "groups", "graduates", "students")


@dataclass(frozen=True, slots=True)
class Choice:
    """One family of values, and whether somebody of each audience sees it today. `finer`: a part of the one above."""

    family: str
    label: str | Promise
    seen: tuple[tuple[str, bool], ...]
    finer: bool = False

    @property
    def by_nobody(self) -> bool:
        return not any(seen for _name, seen in self.seen)


@dataclass(frozen=True, slots=True)
class Level:
    """A whole table of choices in one gesture."""

    name: str
    label: str | Promise
    meaning: str | Promise
    seen_by: dict[str, tuple[str, ...]]


def level(name: str, label: str | Promise, meaning: str | Promise, /, **seen_by: tuple[str, ...]) -> Level:
    return Level(name, label, meaning, {family: seen_by.get(family, ()) for family in FAMILY_LABELS})


LEVELS: Final = {
    each.name: each
    for each in (
        level("personne", _("Nobody"), _("I am in no list: for the others I am not here.")),
        level(
            "promotion", _("My class only"), _("My classmates see everything but my birth; the others do not know I am here."),
            **{family: ("class",) for family in FAMILY_LABELS if family != "birth"},
        ),
        level(
            "groupes", _("My class and my groups"),
            _("Those of my class and of my groups see everything but my birth; the others do not know I am here."),
            **{family: ("class", "groups") for family in FAMILY_LABELS if family != "birth"},
        ),
        level(
            "diplomes", _("Among graduates"), _("Name, studies, position and town; ways to reach me for my class only."),
            **dict.fromkeys(("name", "study", "position", "profile", "place"), ("class", "groups", "graduates")),
            **dict.fromkeys(("contact", "email", "phone", "link"), ("class",)),
        ),
        level(
            "ouvert", _("Open to recruiters"), _("The same for students and verified recruiters, and how to find me on the web."),
            **dict.fromkeys(
                ("name", "study", "position", "profile", "place", "link"), (*EVERYONE_OF_THE_NETWORK, "recruiters")
            ),
            **dict.fromkeys(("contact", "email", "phone"), ("class", "groups", "graduates")),
        ),
    )
}  # fmt: skip


def choices(lets: Callable[[Viewer, str], bool], year: int | None) -> list[Choice]:
    """The table, as the pages obey it: for each kind of viewer, `lets` is the very code that answers them."""
    viewers = {name: Viewer.like(name, year) for name in AUDIENCES}
    return [
        Choice(
            family,
            FAMILY_LABELS[family],
            tuple((name, lets(viewer, family)) for name, viewer in viewers.items()),
            family in FINER,
        )
        for family in families()
    ]


def families() -> Iterator[str]:
    """Each family, followed by the values that may be shown apart from it."""
    for family in FAMILIES:
        yield family
        yield from (finer for finer, whole in FINER.items() if whole == family)
