"""Whether somebody whom no known way reaches may be written to by one that is proposed: they decide, even unreachable."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.people import unwanted
from lierre.people.matching.keys import Key
from lierre.people.models import Person
from lierre.people.models.merge import standing
from lierre.privacy.contacting import open_file, purposes_for
from lierre.privacy.models import Contact
from lierre.privacy.suppression import mark_of

PURPOSE: Final = "fiche"  # "Mise à jour de ma fiche": it counts in the two asks a year
SERVICE: Final = "community.reaching"
CHANNEL: Final = "email"


def hash_of(address: str) -> int:
    return Key("email", address.lower()).hash


def mark_of_address(address: str) -> str:
    """Made with the key of the house, as those of the people who asked to be erased."""
    return mark_of(hash_of(address))


def is_suppressed(address: str) -> bool:
    """Whether somebody who asked to be erased had this address."""
    return bool(unwanted.among([hash_of(address)]))


def reason_not_to(person: Person) -> str:
    """
    What they said, their silence, how often they were written to. Empty when nothing forbids it.

    That no way leads to them is the reason why they are written to by another one: it is not asked here.
    """
    purpose = purposes_for([person], PURPOSE)[person.pk]
    if person.died or purpose is None or not purpose.is_open:
        return "closed"
    return open_file([person], [CHANNEL], timezone.now()).may_not(person, purpose)


def note_contact(person: Person) -> int:
    """Count it in their budget, under a lock: two services cannot both take the last ask."""
    with transaction.atomic():
        locked = Person.objects.select_for_update(of=("self",)).get(pk=standing(person).pk)
        if why := reason_not_to(locked):
            raise Refused(why)
        purpose = purposes_for([locked], PURPOSE)[locked.pk]
        assert purpose is not None
        return Contact.objects.create(person=locked, purpose=purpose, service=SERVICE, channel=CHANNEL).pk


def forget_contact(contact_id: int | None) -> None:
    """The server took nothing, for sure: they were not written to."""
    if contact_id is not None:
        Contact.objects.filter(pk=contact_id, service=SERVICE).delete()
