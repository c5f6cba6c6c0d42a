"""The house before anybody is imported: units, log-ins with their roles, and the witnesses who will speak."""

from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from demo.characters import EVERY_ACCOUNT, PASSWORD
from demo.institution import UNITS, path_of
from lierre.accounts.models import Role, Unit, User
from lierre.foundation.models.journal import record
from lierre.people.models import Source

BY: Final = "la démonstration"  # stands in the journal where a file or a machine spoke

# What each file is called as a witness: name, kind, siglum. The sigla are those of the screens.
SOURCES: Final = {
    "school": ("Scolarité", "school", "S"),
    "iut": ("IUT, ScoDoc", "school", "Sd"),
    "staff": ("Bureau des diplômés", "staff", "B"),
    "member": ("La personne elle-même", "member", "M"),
    "linkedin": ("Export LinkedIn de la personne", "archive", "L"),
    "cv": ("CV déposé par la personne", "archive", "CV"),
    "platform": ("Plateforme AlumnForce", "platform", "Af"),
    "engineers": ("Réseau des ingénieurs, Hivebrite", "platform", "Hi"),
    "survey": ("Enquête d’insertion", "survey", "E"),
    "association": ("Association des diplômés", "third", "A"),
}


@transaction.atomic
def build() -> None:
    """Make what is missing. Doing it again changes nothing."""
    make_units()
    make_users()
    for name in SOURCES:
        source(name)


def make_units() -> None:
    """The tree of the institution, parents first."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    for unit in UNITS:
        if unit.code not in known:
            known[unit.code] = Unit.objects.create(
                code=unit.code, name=unit.label, kind=unit.kind, parent=known.get(unit.parent), path=path_of(unit)
            )
            record("unit.created", known[unit.code], by=BY)


def make_users() -> None:
    """One log-in per role, and those of one laboratory. They share one password, so it is hashed once."""
    password = make_password(PASSWORD)
    for account in EVERY_ACCOUNT:
        user, is_new = User.objects.get_or_create(
            email=account.email, defaults={"name": account.name, "password": password}
        )
        if is_new:
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)
            record("user.created", user, by=BY)
        role, is_new = Role.objects.get_or_create(
            user=user, unit=Unit.objects.get(code=account.unit), kind=account.role
        )
        if is_new:
            record("role.given", role, by=BY)


def source(name: str) -> Source:
    """The witness of that name, made when it is not known yet."""
    called, kind, siglum = SOURCES[name]
    found, is_new = Source.objects.get_or_create(name=called, defaults={"kind": kind, "siglum": siglum})
    if is_new:
        record("source.created", found, by=BY)
    return found


def user(name: str) -> User:
    """The log-in of a character."""
    found: User = User.objects.get(name=name)
    return found
