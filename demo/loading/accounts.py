"""Graduates who found their record by themselves, and have an account since: as the link of a claim opens it."""

from functools import cache
from typing import Final

from django.contrib.auth.hashers import make_password

from demo.characters import ERWAN, INES, KATELL, NOLWENN, PASSWORD
from demo.graduate import Graduate
from demo.loading.house import BY
from demo.loading.story import person_of
from lierre.accounts.models import User
from lierre.foundation.models.journal import record
from lierre.people.claiming.opening import open_account
from lierre.people.models import Claim, Person

WHO_CAME: Final = (NOLWENN, ERWAN, KATELL, INES)


def open_accounts() -> dict[str, User]:
    """Of those whose story is told: their name → their account."""
    return {f"{each.given} {each.family}": account_of(each) for each in WHO_CAME}


def account_of(graduate: Graduate) -> User:
    return by_address(person_of(graduate), graduate.email)


def by_address(person: Person, email: str) -> User:
    """They gave an address that we hold, followed the link, and chose a password."""
    claim = Claim.receive("address", email=email, by=BY)
    claim.recognise(person, by=BY)
    claim.leave()
    claim.arrive()
    claim.refresh_from_db()
    account = newcomer(str(person), email)
    open_account(claim, user=account)
    return account


def newcomer(name: str, email: str) -> User:
    """They share the password of the demonstration, so it is hashed once."""
    account: User = User.objects.create(email=email.lower(), name=name, password=hashed())
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)
    record("user.created", account, by=BY)
    return account


@cache
def hashed() -> str:
    return make_password(PASSWORD)
