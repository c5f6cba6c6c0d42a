"""Groups of the fictional network: a club, a town, a chapter overseas, a laboratory, classes; who hosts, asks, is invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from demo.characters import AMELIE, ERWAN, INES, KATELL, MAMADOU, NOLWENN, TRISTAN, YANN
from demo.degrees import DEGREE
from demo.graduate import Graduate
from demo.loading.house import BY
from demo.loading.story import person_of
from lierre.accounts.models import User
from lierre.community.groups.ruling import follow_rule
from lierre.community.models import Group, Membership
from lierre.people.choosing import choose_audiences
from lierre.people.models import Person, Position, Study, Term

HERE: Final = ["class", "graduates", "groups"]
# What one in three of them shows to those who share a group, and to nobody else but their class.
TO_MY_GROUPS: Final = {
    "name": HERE, "study": HERE, "position": ["class", "groups"], "place": ["groups"], "contact": ["groups"], "birth": [],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Club:
    """`who`: whom it concerns, as a question asked of positions. `told`: characters who are in it, the first one hosts."""

    name: str
    kind: str
    about: str
    who: Q
    most: int
    told: tuple[Graduate, ...] = ()
    asks: tuple[Graduate, ...] = ()
    invited: tuple[Graduate, ...] = ()


CLUBS: Final = (
    Club(
        "Énergies de la mer", "association",
        "Ceux qui travaillent au large, ou pour le large. Un dîner par saison, à Brest ou à Lorient.",
        Q(employer__label__in=["Armor Énergies", "Houle Vive", "Syndicat d’énergie du Léon"]), 18,
        (NOLWENN, ERWAN, AMELIE, MAMADOU), asks=(TRISTAN,),
    ),
    Club(
        "Bretagne-Nord au Québec", "city",
        "S’entraider à l’arrivée : un logement, un premier emploi, et un fest-noz en février.",
        Q(country="CA", city__in=["Montréal", "Québec", "Rimouski"]), 14,
    ),
    Club(
        "Chiffres et société", "association", "Statisticiens et curieux. Une lecture par mois, à distance.",
        Q(person__studies__degree__label="Master Statistique et société"), 12, (AMELIE, INES), asks=(KATELL, MAMADOU),
    ),
    Club(
        "Brest, le premier jeudi", "city", "Un café au port de commerce, sans ordre du jour. On vient comme on est.",
        Q(city="Brest"), 16, (ERWAN, YANN), invited=(AMELIE,),
    ),
    Club(
        "Docteurs des énergies marines", "laboratory", "Ceux qui ont soutenu ici, et ceux qui rédigent.",
        Q(person__studies__degree__label__startswith="Doctorat"), 9, (YANN, MAMADOU),
    ),
)  # fmt: skip
# Classes that follow what the school knows: the degree and the year of some of those whose story is told.
CLASSES: Final = (("MASSS", 2014), ("MASGE", 2017), ("MASDE", 2011))


def bring_together(accounts: dict[str, User], *, by: User) -> int:
    """How many groups there are. `by`: the alumni office, who made them and let the first ones in."""
    for number, club in enumerate(CLUBS):
        found(number, club, accounts, by=by)
    for code, year in CLASSES:
        label = DEGREE[code].label
        term = Term.objects.filter(kind="degree", label=label).first()
        if term is not None:
            follow_rule(Group.make(f"{label}, {year}", "class", by=by, degree=term.pk, year=year), by=by)
    return Group.objects.count()


def found(number: int, club: Club, accounts: dict[str, User], *, by: User) -> None:
    group = Group.make(club.name, club.kind, by=by, about=club.about)
    told = [person_of(each) for each in club.told]
    others = concerned(club, [person_of(each).pk for each in (*club.told, *club.asks, *club.invited)])
    for place, person in enumerate([*told, *others]):
        kept = Membership.invite(group, person, by=by)
        kept.enter(by=BY)
        if person in told[:1] or (not told and place == 0):
            kept.give_keys(True, by=by)
        if place >= len(told) and place % 3 == 0:
            choose_audiences(person, TO_MY_GROUPS, by=BY)
        since = timezone.now() - timedelta(days=420 - 60 * number - 7 * place, hours=place % 5)
        Membership.objects.filter(pk=kept.pk).update(at=since)
    for graduate in club.asks:
        asked = Membership.ask(group, person_of(graduate), by=speaker(graduate, accounts))
        Membership.objects.filter(pk=asked.pk).update(at=timezone.now() - timedelta(days=2 + number))
    for graduate in club.invited:
        Membership.invite(group, person_of(graduate), by=accounts.get("Erwan Bellec", by))


def speaker(graduate: Graduate, accounts: dict[str, User]) -> Any:
    return accounts.get(f"{graduate.given} {graduate.family}", BY)


def concerned(club: Club, known: Sequence[int]) -> list[Person]:
    """The first of them, by number: alive, whom one may write to, and who have no account."""
    there = Position.objects.filter(club.who, is_current=True).values("person_id")
    free = Person.objects.alive().filter(account=None, lost=False, do_not_contact=False, pk__in=there)
    studied = Study.objects.exclude(obtained=False).values("person_id")
    return list(free.filter(pk__in=studied).exclude(pk__in=known).order_by("pk")[: club.most])
