"""What privacy is asked and told about an ambassador who is also a person of the base: their choices hold here too."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.people.models.merge import standing
from lierre.privacy.contacting import may_contact
from lierre.privacy.models import Consent, Contact, Purpose

PURPOSE: Final = "ambassadeurs"  # in the register, for those who work here
SERVICE: Final = "publishing.ambassadors"


def person_of(user: Any) -> Person | None:
    found = Person.objects.filter(account=user.pk).first()
    return standing(found) if found else None


def purpose() -> Purpose | None:
    return Purpose.objects.filter(key=PURPOSE, population="staff").first()


def agree(user: Any, said: str, words: str, *, by: Any, how: str = "account") -> None:
    """“yes” when they come, “no” when they leave: with the words that they read. Nothing for whoever is not in the base."""
    person, stands = person_of(user), purpose()
    if person is not None and stands is not None:
        Consent.write(person, said, purpose=stands, how=how, words=words, by=by)


def note_written_to(user: Any) -> None:
    """
    Counted in what the person receives, and asked again under a lock. Refuses with the reason.

    The message goes to the address of the log-in: no address of the base is asked for ("none").
    """
    person, stands = person_of(user), purpose()
    if stands is not None and not stands.is_open:
        raise Refused(_("The purpose of ambassadors is closed in the register."))
    if person is None or stands is None:
        return
    with transaction.atomic():
        held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        if not (answer := may_contact(held, stands, channel=Purpose.Channel.NONE)):
            raise Refused(answer.reason)
        Contact.objects.create(person=held, purpose=stands, service=SERVICE, channel=Purpose.Channel.EMAIL)


def forget_written_to(user: Any) -> None:
    """The mail server took nothing, for sure."""
    person = person_of(user)
    last = Contact.objects.filter(person=person, service=SERVICE).first() if person else None
    if last is not None:
        last.delete()
