"""Mail to an address comes back: a mail server is a witness like another, and says it of the person. Nothing is erased."""

from typing import Any

from django.utils.translation import gettext as _

from lierre.people.models import ContactPoint, Person, Source
from lierre.people.models.merge import standing
from lierre.people.saying import say


def mail_source() -> Source:
    """Mail servers as a witness. They are trusted last: what they say of an address, nobody else says."""
    return Source.objects.get_or_create(
        name=_("Mail that came back"), defaults={"kind": "third", "siglum": "C"}
    )[0]  # fmt: skip


def comes_back(person: Person, address: str, why: str, *, by: Any) -> None:
    """A new record says that mail comes back. The address stays, with those who gave it."""
    person = standing(person)
    held = ContactPoint.objects.filter(person=person, kind="email", value=address)
    if held.filter(refused=False).exists():
        facts = {"contacts": [{"kind": "email", "value": address, "refused": True}]}
        say(facts, source=mail_source(), by=by, person=person, reason=why[:300], verb="address.refused")
