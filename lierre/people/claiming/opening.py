"""The link is followed: an account opens, or the one that answers there is linked with the record."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.accounts.models import Role, Unit, User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.choosing import tell
from lierre.people.models import Claim, Person
from lierre.people.models.merge import standing


def owner_of(claim: Claim) -> Person:
    """Whoever the person is today."""
    assert claim.person is not None
    return standing(claim.person)


def open_account(claim: Claim, *, user: User | None = None, name: str = "", password: str = "") -> User:
    """All of it, or nothing: the account, its role, the link, and that the address was proven."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=owner_of(claim).pk)
        if user is None:
            user = User.objects.create_user(claim.email, password, name=name)
            record("user.created", user, by=user, claim=claim.pk)
        link(person, user)
        claim.close(by=user)
        # The address answered: it is theirs, and it is fresh.
        tell(person, {"contacts": [{"kind": "email", "value": claim.email, "confirmed": True}]}, by=user)
    return user


def link(person: Person, user: Any) -> None:
    if person.account_id is not None:
        raise Refused(_("An account is open for this record already: sign in, or have your password sent again."))
    if Person.objects.filter(account=user).exists():
        raise Refused(
            _("Your account is linked with another record already. Tell the alumni office: the two may be one.")
        )
    Person.objects.filter(pk=person.pk).update(account=user)
    record("person.account_linked", person, by=user)
    root = Unit.objects.filter(parent=None).order_by("pk").first()
    if root is not None and not user.holds("graduate"):
        Role.give(user, Role.Kind.GRADUATE, root, by="people.claims", why=_("proved that a record is theirs"))
