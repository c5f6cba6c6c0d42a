"""What somebody answered about a line is kept for ever: it is not asked again, and it teaches what weighs how much."""

from collections.abc import Sequence
from typing import Any, Final

from lierre.foundation.models.journal import record as journal
from lierre.people.duplicates.judging import answer
from lierre.people.models import LineMatch, LineTwin, Person, QuarantinedLine, Record, Suspicion
from lierre.people.models.merge import standing_ids
from lierre.people.reconciling.answering_twins import twins_were_answered
from lierre.people.reconciling.refusing import refuse

Answer: Final = LineMatch.Answer


def line_was_given(line: QuarantinedLine, record: Record, *, is_new: bool, by: Any) -> None:
    """Somebody said of whom a line speaks: one of those it resembles, or somebody new. Call it in a transaction."""
    if record.person is None:
        return
    matches = list(LineMatch.objects.of_line(line.delivery_id, line.line).select_related("person"))
    refused = answer_each(matches, record, by=by)
    twins = twins_were_answered(record, by=by)
    if not matches and not LineTwin.objects.of_line(line.delivery_id, line.line).exists():
        return
    refused += [person for person in twins if person not in refused]
    refuse([*line.keys, record.digest], refused, by=by)
    if is_new:  # whoever is chosen may still be a duplicate of another; whoever is new is not
        for person in refused:
            answer([record.person, person], Suspicion.State.DIFFERENT, by=by)
    said = Answer.DIFFERENT if is_new else Answer.SAME
    journal("matching.answered", record.person, by=by, line=line.line, answer=said.value)


def answer_each(matches: Sequence[LineMatch], record: Record, *, by: Any) -> list[Person]:
    """Write the answer on each of those whom the line resembles; gives those whom it does not speak of."""
    today = standing_ids([match.person_id for match in matches])
    refused = []
    for match in matches:
        is_them = today[match.person_id] == record.person_id
        match.say(Answer.SAME if is_them else Answer.DIFFERENT, by=by)
        if not is_them:
            refused.append(match.person)
    return refused
