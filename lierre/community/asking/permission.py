"""Whether a person may be asked now: privacy answers, for the purpose that the register holds for this."""

from collections.abc import Collection

from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.privacy.answer import Answer
from lierre.privacy.contacting import may_contact, may_contact_all, purposes_for, record_contact
from lierre.privacy.models import Consent, Contact

PURPOSE = "fiche"  # "Mise à jour de ma fiche", in the register: it counts in the two asks a year
SERVICE = "community.asking"
A_SLICE = 1_000


def may_ask_all(persons: Collection[Person]) -> dict[int, Answer]:
    return may_contact_all(persons, PURPOSE)


def may_ask(person: Person) -> Answer:
    return may_contact(person, PURPOSE)


def note_asked(person: Person) -> int:
    """Count this message in the budget of the person. Refused when another service took the last ask meanwhile."""
    return record_contact(person, PURPOSE, service=SERVICE).pk


def forget_asked(contact_id: int | None) -> None:
    """The mail server took nothing, for sure: they were not written to."""
    if contact_id is not None:
        Contact.objects.filter(pk=contact_id, service=SERVICE).delete()


def ask_no_more(person: Person, *, words: str, by: str) -> None:
    """They refuse to be asked. The words they read are the proof."""
    purpose = purposes_for([person], PURPOSE)[person.pk]
    if purpose is None:
        raise Refused("No purpose of the register stands for this person.")
    Consent.write(person, Consent.Said.NO, how=Consent.How.LINK, words=words, by=by, purpose=purpose)
