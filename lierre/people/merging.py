"""Two persons are one: all the records of the one speak of the other from now on. Undone record by record."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people.linking import link
from lierre.people.marks import veiled
from lierre.people.models import Decision, Person, Record


def merge(person: Person, kept: Person, *, by: Any, reason: str) -> list[Decision]:
    """`person` leaves the directory; whoever they were linked with as an account must be said before."""
    if person.pk == kept.pk:
        raise Refused(_("This is already the same person."))
    if person.account_id and kept.account_id:
        raise Refused(_("Both of them sign in with an account of their own: close one of the two accounts first."))
    with transaction.atomic():
        records = Record.objects.select_for_update().filter(person=person)
        decisions = [link(each, kept, by=by, reason=reason) for each in records]
        if not decisions:
            raise Refused(_("No record speaks of %(person)s: there is nothing to bring over.") % {"person": person})
        if person.account_id:
            account, person.account = person.account, None
            person.save(update_fields=["account"])
            kept.account = account
            kept.save(update_fields=["account"])
        journal("person.merged", kept, by=by, why=veiled(reason, kept), records=len(decisions))
    return decisions
