"""Someone takes back what they have just said themselves: the record goes, as those of an import that is reverted."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people.models import Decision, Record, RecordKey
from lierre.people.refold import fold_again


def unsay(kept: Record, *, by: Any, verb: str = "person.unsaid") -> None:
    """Only what was typed: what came in a file is reverted with its import."""
    if kept.delivery_id is not None or kept.person_id is None:
        raise Refused(_("This record came in a file: revert its import instead."))
    person = kept.person
    with transaction.atomic():
        RecordKey.objects.filter(hash__in={key.hash for key in kept.keys}, record_id=kept.pk).delete()
        Decision.objects.filter(record=kept).delete()
        number = kept.person_id
        journal(verb, person, by=by, record=kept.pk)
        kept.delete()
        fold_again([number])
