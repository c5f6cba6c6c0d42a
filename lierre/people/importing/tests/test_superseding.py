"""A line that could not be taken, brought again as bad as it was, asks once; what is understood of it is not read again."""

from datetime import date

import pytest

from lierre.foundation.models.journal import Entry
from lierre.people.importing.replaying import cells_of, choose, replay
from lierre.people.importing.tests.bringing import (
    AMELIE,
    APOGEE,
    ERWAN,
    GWEN,
    NIGHT,
    apply,
    bring,
    file,
    rehearse,
    revert,
    witness,
)
from lierre.people.models import Person, QuarantinedLine, Record

pytestmark = pytest.mark.django_db
BAD = AMELIE.replace("17/05/1991", "31/02/1991")
MIXED = AMELIE.replace("20901412", "21001733")  # the number of Erwan, the national number of Amélie
SECOND, THIRD = date(2026, 11, 1), date(2026, 12, 1)


def states() -> list[str]:
    """Of the quarantined lines, in the order in which they came."""
    return list(QuarantinedLine.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("line", [BAD, AMELIE.rpartition(";")[0], ";".join(["", "", "", "", "YANN", *[""] * 8])])
def test_the_same_bad_file_brought_twice_asks_once(line):
    apply(bring(file(APOGEE, ERWAN, line)))

    apply(bring(file(APOGEE, ERWAN, line), day=SECOND))

    older, newer = QuarantinedLine.objects.order_by("pk")
    assert (older.state, older.superseded_by, older.settled_by) == ("superseded", newer, "Solenn Kerbrat")
    assert list(QuarantinedLine.objects.waiting()) == [newer]


def test_a_line_that_is_still_wrong_in_another_way_takes_the_place_of_the_first():
    apply(bring(file(APOGEE, BAD)))

    apply(bring(file(APOGEE, AMELIE.replace("17/05/1991", "00/13/1991")), day=SECOND))

    assert states() == ["superseded", "waiting"]


def test_the_bad_lines_of_one_person_each_find_their_own():
    """Two years of one student, both wrong: the later file brings the second only, and the first still waits."""
    other = BAD.replace(";2013;", ";2012;")
    apply(bring(file(APOGEE, other, BAD)))

    apply(bring(file(APOGEE, BAD), day=SECOND))

    assert states() == ["waiting", "superseded", "waiting"]


def test_what_others_say_and_what_is_not_applied_takes_no_place():
    apply(bring(file(APOGEE, BAD)))

    apply(bring(file(APOGEE, BAD), source=witness("third"), day=SECOND))
    rehearse(bring(file(APOGEE, BAD), day=SECOND))
    apply(bring(file(APOGEE, GWEN.replace("02/11/1995", "31/02/1995")), day=SECOND))

    assert states() == ["waiting"] * 4


def test_the_older_line_asks_again_when_the_later_delivery_is_taken_back():
    apply(bring(file(APOGEE, BAD)))
    again = apply(bring(file(APOGEE, BAD), day=SECOND))

    revert(again)

    first = QuarantinedLine.objects.order_by("pk").first()
    assert (first.state, first.superseded_by, first.settled_by) == ("waiting", None, "")


def test_a_delivery_between_two_others_is_taken_back_and_the_first_line_still_does_not_ask():
    apply(bring(file(APOGEE, BAD)))
    between = apply(bring(file(APOGEE, BAD), day=SECOND))
    apply(bring(file(APOGEE, BAD), day=THIRD))

    revert(between)

    first, _second, third = QuarantinedLine.objects.order_by("pk")
    assert (first.state, first.superseded_by) == ("superseded", third)


def test_a_later_file_that_repairs_the_line_clears_the_one_that_asks():
    apply(bring(file(APOGEE, BAD)))
    apply(bring(file(APOGEE, BAD), day=SECOND))

    apply(bring(file(APOGEE, AMELIE), day=THIRD))

    assert states() == ["superseded", "cleared"]
    assert not QuarantinedLine.objects.waiting()


def test_the_journal_says_how_many_lines_were_brought_again():
    apply(bring(file(APOGEE, BAD)))

    again = apply(bring(file(APOGEE, BAD), day=SECOND))

    said = Entry.objects.get(verb="quarantine.superseded")
    assert (said.details["lines"], said.subject_id) == (1, str(again.pk))


def test_a_line_to_decide_is_brought_again_and_asks_once():
    apply(bring(file(APOGEE, AMELIE, ERWAN), day=date(2026, 9, 1)))
    apply(bring(file(APOGEE, MIXED)))

    apply(bring(file(APOGEE, MIXED), day=SECOND))

    assert states() == ["superseded", "waiting"]


def test_a_line_to_decide_is_shown_and_given_without_reading_its_file_again():
    apply(bring(file(APOGEE, AMELIE, ERWAN), day=date(2026, 9, 1)))
    imported = apply(bring(file(APOGEE, MIXED)))
    aside = QuarantinedLine.objects.to_decide().get()
    for kept in imported.folder.glob("*"):
        kept.write_bytes(b"Nothing that could be read.")

    cells = cells_of(aside)
    record = choose(aside, Person.objects.get(family="Herve"), by="Solenn Kerbrat")

    assert cells == MIXED.split(";")
    assert record.said["student_number"] == "21001733"
    assert record.raw == aside.raw


def test_what_is_given_is_what_the_file_would_have_said():
    """The same line, given to somebody from what was kept, and replayed from its cells."""
    apply(bring(file(APOGEE, AMELIE, ERWAN), day=date(2026, 9, 1)))
    apply(bring(file(APOGEE, MIXED)))
    aside = QuarantinedLine.objects.to_decide().get()

    given = choose(aside, Person.objects.get(family="Herve"), by="Solenn Kerbrat")

    straight = apply(bring(file(APOGEE, MIXED), source=witness("third"), day=SECOND))
    waiting = QuarantinedLine.objects.get(delivery__imported=straight)
    assert (waiting.raw, waiting.facts) == (given.raw, given.facts)


def test_a_line_that_adds_to_somebody_unknown_is_replayed_without_its_file_being_searched():
    platform = witness("platform")
    jobs = "Identifiant AF\tIdentifiant école\tTitre du poste\tNom de l'entreprise\tPoste actuel ?"
    apply(bring(file(jobs, "412\t\tStatisticienne\tArmor Énergies\t1"), source=platform))
    apply(bring(file(NIGHT, "412\t\tAmélie\tHervé\t0\t"), source=platform, day=SECOND))
    aside = QuarantinedLine.objects.get()

    replay(aside, cells_of(aside), by="Solenn Kerbrat")

    assert aside.facts
    assert Record.objects.get(said_by="Solenn Kerbrat").raw == aside.raw
