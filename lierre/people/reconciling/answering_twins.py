"""What somebody answered about two lines of one import: it is not asked again, and it teaches what weighs how much."""

from collections.abc import Sequence

from lierre.people.models import LineMatch, LineTwin, Person, Record
from lierre.people.models.merge import standing_ids

Answer = LineMatch.Answer


def persons_of(twins: Sequence[LineTwin]) -> dict[int, Person]:
    """For each twin, by its number, whom the other line speaks of today; nobody while that line waits too."""
    records = {
        twin.pk: Record.objects.filter(delivery=twin.other_delivery_id, line=twin.other_line, person__isnull=False).first()
        for twin in twins
    }  # fmt: skip
    today = standing_ids([record.person_id for record in records.values() if record and record.person_id])
    people = Person.objects.in_bulk(set(today.values()))
    return {
        number: people[today[record.person_id]]
        for number, record in records.items()
        if record and record.person_id in today and today[record.person_id] in people
    }


def twins_were_answered(record: Record, *, by: object) -> list[Person]:
    """Write the answer on each line that this record resembled; gives those whom it does not speak of."""
    if record.delivery_id is None:
        return []
    twins = list(LineTwin.objects.of_line(record.delivery_id, record.line))
    persons, refused = persons_of(twins), []
    for twin in twins:
        if (person := persons.get(twin.pk)) is None:
            continue
        is_them = person.pk == record.person_id
        twin.say(Answer.SAME if is_them else Answer.DIFFERENT, by=by)
        if not is_them:
            refused.append(person)
    return refused
