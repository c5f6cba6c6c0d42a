"""Whoever looks at people who are hidden from graduates leaves a trace: the right to see all is answered for.

What counts is the *person*: someone whose name other graduates may not see. A job or a town is hidden by default, so
that a line for each of them would write the whole directory in the journal every day and prove nothing.

- A person's page: one line for each person and reader, once an hour.
- A list that shows such people: one line for each reader, once in ten minutes, with what was asked and how many there
  were; typing a name is one look, not ten. People whose page is then opened have their own line.
- An export, a search on the command line: always one line, with the question and the numbers.
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
from lierre.people.directory.rows import Row
from lierre.people.directory.snapshot import sight_of
from lierre.people.directory.viewer import GRADUATES, hidden_from_graduates
from lierre.people.models import DirectoryEntry, Person

SAME_PERSON: Final = timedelta(hours=1)
SAME_READER: Final = timedelta(minutes=10)


def saw_person(person: Person, *, by: Any) -> None:
    """Call it from whatever page shows everything that is known of one person."""
    mask = DirectoryEntry.objects.filter(person=person).values_list("mask", flat=True).first() or 0
    if not hidden_from_graduates(mask):
        return
    lately = seen_lately("person.seen", by, SAME_PERSON).about(person)
    if not lately.exists():
        with transaction.atomic():
            record("person.seen", person, by=by, name="")


def saw_list(rows: Sequence[Row], answer: Answer, *, by: Any) -> None:
    """Call it after a list was shown to someone who sees everything."""
    hidden = sum(row.hidden_from_graduates for row in rows)
    if hidden and not seen_lately("persons.listed", by, SAME_READER).exists():
        with transaction.atomic():
            record("persons.listed", by=by, asked=without_words(answer), hidden=hidden, total=answer.total)


def took_away(answer: Answer, form: str, *, by: Any) -> None:
    """Call it before a list leaves the house."""
    write("persons.exported", answer, by=by, form=form)


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
    who = {"actor_id": by.pk} if isinstance(by, models.Model) else {"actor_id": None, "by_name": str(by)}
    return Entry.objects.of_verb(verb).filter(at__gt=timezone.now() - span, **who)
