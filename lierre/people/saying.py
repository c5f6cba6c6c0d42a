"""Someone says something of a person: a correction by staff, a statement by the person. It is a new record."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.bulk import insert_rows
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record as journal
from lierre.people import unwanted
from lierre.people.erasing_likeness import Likeness
from lierre.people.marks import veiled
from lierre.people.matching.keys import hashed
from lierre.people.models import Person, Record, Source
from lierre.people.models.imports import EPOCH
from lierre.people.models.merge import standing
from lierre.people.refold import fold_again

# What a person says themselves.
OWN_VOICES: Final = ("member", "archive", "survey")


def staff_source() -> Source:
    """Staff as a witness."""
    return Source.objects.get_or_create(kind="staff", defaults={"name": _("Alumni office"), "siglum": "B"})[0]


def say(
    facts: Mapping[str, Any],
    *,
    source: Source,
    by: Any,
    person: Person | None = None,
    asserted_on: date | None = None,
    reason: str = "",
    verb: str = "person.told",
) -> Record:
    """Keep what was said and fold the person again. Without a person, a new one begins with this record."""
    said = {name: value for name, value in facts.items() if says_something(name, value)}
    if not said:
        raise Refused(_("Nothing was said: fill in at least one value."))
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    with transaction.atomic():
        person = standing(person) if person else None
        kept = Record.objects.create(
            person=person or Person.objects.create(),
            source=source,
            asserted=((asserted_on or timezone.localdate()) - EPOCH).days,
            linked_by=Record.Link.STAFF if person else Record.Link.NEW,
            digest=hashed(text),
            raw=text,
            facts=text,
            said_by=str(by),
            reason=reason,
        )
        keep_keys(kept)
        assert kept.person_id is not None
        if source.kind in OWN_VOICES:
            # Whoever speaks of themselves has come back: what is brought about them later is theirs.
            likeness = Likeness.in_facts(kept.said)
            unwanted.lift([*(key.hash for key in kept.keys), *likeness.born], by=by)
        fold_again([kept.person_id])
        kept.person = Person.objects.get(id=kept.person_id)
        journal(verb, kept.person, by=by, why=veiled(reason, kept.person), fields=sorted(said))
    return kept


def says_something(name: str, value: Any) -> bool:
    """A blank says nothing; but an audience left empty says “nobody”, and must be heard."""
    return value not in ("", None, {}) and (value != [] or name.startswith("audience_"))


def correct(person: Person, facts: Mapping[str, Any], *, reason: str, by: Any) -> Record:
    """Staff corrects a value. The reason is kept, and the old value waits underneath."""
    if not reason.strip():
        raise Refused(_("Say why you correct this value: the next reader will ask."))
    return say(facts, source=staff_source(), by=by, person=person, reason=reason, verb="person.corrected")


def keep_keys(kept: Record) -> None:
    keys = {key.hash for key in kept.keys}
    insert_rows("people_recordkey", ("hash", "record_id"), ((number, kept.pk) for number in sorted(keys)))
