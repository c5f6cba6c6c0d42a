"""Whoever looks at people who are hidden from graduates leaves a trace: the right to see all is answered for.

What counts is the *person*: someone whose name other graduates may not see. A job or a town is hidden by default, so
that a line for each of them would write the whole directory in the journal every day and prove nothing.

- A person's page: one line for each person and reader, once an hour.
- A list that shows such people: one line for each reader, once in ten minutes, with what was asked and how many there
  were; typing a name is one look, not ten. People whose page is then opened have their own line.
- An export, a search on the command line: always one line, with the question and the numbers.
- Someone looked for to be linked or merged: as a list.
- Suggestions under the search box are not written: whoever is chosen there opens a page.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import numpy as np
from django.db import models, transaction
from django.utils import timezone

from lierre.foundation.models.journal import Entry, record
from lierre.people.directory.answering import Answer
from lierre.people.directory.mass import refuse_too_often
from lierre.people.directory.rows import Row
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import GRADUATES, hidden_from_graduates
from lierre.people.models import DirectoryEntry, Person

SAME_PERSON: Final = timedelta(hours=1)
SAME_READER: Final = timedelta(minutes=10)


def saw_person(person: Person, *, by: Any) -> None:
    """Call it from whatever page shows everything that is known of one person."""
    saw_persons([person], by=by)


def saw_persons(persons: Sequence[Person], *, by: Any) -> None:
    """The same, when a page shows several side by side."""
    masks = dict(DirectoryEntry.objects.filter(person__in=persons).values_list("person", "mask"))
    hidden = {str(person.pk): person for person in persons if hidden_from_graduates(masks.get(person.pk, 0))}
    if not hidden:
        return
    lately = seen_lately("person.seen", by, SAME_PERSON)
    known = lately.filter(subject_kind=Person._meta.label_lower, subject_id__in=list(hidden))
    seen = set(known.values_list("subject_id", flat=True))
    with transaction.atomic():
        for number, person in hidden.items():
            if number not in seen:
                record("person.seen", person, by=by, name="")


def saw_as(person: Person, looker: str, *, by: Any) -> None:
    """Staff borrows the eyes of others to help somebody: always a line, whoever they are."""
    with transaction.atomic():
        record("person.seen_as", person, by=by, name="", looker=looker)


def saw_list(rows: Sequence[Row], answer: Answer, *, by: Any) -> None:
    """Call it after a list was shown to someone who sees everything."""
    hidden = sum(row.hidden_from_graduates for row in rows)
    if hidden and not seen_lately("persons.listed", by, SAME_READER).exists():
        with transaction.atomic():
            total = max(answer.total, len(rows))  # somebody may be shown who was found by a number
            record("persons.listed", by=by, asked=without_words(answer), hidden=hidden, total=total)


def took_away(answer: Answer, form: str, *, by: Any, why: str = "") -> None:
    """Call it before a list leaves the house. A long one is refused when too many left that day."""
    with transaction.atomic():
        refuse_too_often(answer.total, by=by)
        write("persons.exported", answer, by=by, why=why, form=form)


def searched(answer: Answer, shown: int, *, by: Any) -> None:
    """Call it before the command line shows anybody: whoever types there is known by a name only."""
    write("persons.searched", answer, by=by, shown=shown)


def write(verb: str, answer: Answer, *, by: Any, **details: Any) -> None:
    visible = sight_of(GRADUATES).exists
    known = answer.ids[answer.ids < len(visible)]
    hidden = answer.total - int(np.count_nonzero(visible[known]))
    with transaction.atomic():
        record(verb, by=by, asked=without_words(answer), total=answer.total, hidden=hidden, **details)


def without_words(answer: Answer) -> str:
    """What was asked. A name that was typed is marked, not kept: a line of the journal could not forget it."""
    asked = answer.question
    return asked.saying("…").query if asked.text else asked.query


def seen_lately(verb: str, by: Any, span: timedelta) -> Any:
    """By this reader. What somebody sees in the place of another is neither seen by that other, nor by themselves."""
    if actor := getattr(by, "acted_by", None):
        theirs = Entry.objects.by(actor).of_verb(verb).filter(details__in_place_of=by.pk)
        return theirs.filter(at__gt=timezone.now() - span)
    who = {"actor_id": by.pk} if isinstance(by, models.Model) else {"actor_id": None, "by_name": str(by)}
    return Entry.objects.of_verb(verb).filter(at__gt=timezone.now() - span, **who)
