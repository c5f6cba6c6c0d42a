"""A line that was refused is corrected in place and replayed, or repaired by a later file; nothing is asked twice."""

from datetime import date

import pytest

from lierre.foundation.errors import Refused
from lierre.people.importing.replaying import cells_of, choose, drop, replay
from lierre.people.importing.tests.bringing import (
    AMELIE,
    APOGEE,
    ERWAN,
    GWEN,
    NIGHT,
    apply,
    base,
    bring,
    counts,
    file,
    rehearse,
    revert,
    witness,
)
from lierre.people.models import Person, QuarantinedLine, Record
from lierre.people.rebuilding import rebuild

pytestmark = pytest.mark.django_db
BAD = {
    "date": AMELIE.replace("17/05/1991", "31/02/1991"),
    "short": AMELIE.rpartition(";")[0],
    "long": AMELIE.replace("14 rue des Sternes", "14; rue des Sternes"),
    "formula": AMELIE.replace("14 rue des Sternes", "=cmd|'/c calc'!A1"),
    "zero byte": AMELIE.replace("HERVE", "HER\0VE"),
}
LATER = date(2026, 11, 1)


def waiting(line: str = BAD["date"]) -> QuarantinedLine:
    """A line that waits, among others that are in the base."""
    imported = apply(bring(file(APOGEE, ERWAN, line)))
    return QuarantinedLine.objects.select_related("delivery__imported__source").get(delivery__imported=imported)


@pytest.mark.parametrize("line", BAD.values(), ids=BAD.keys())
def test_a_line_is_corrected_in_place_and_taken_as_if_the_file_had_said_so(line):
    aside = waiting(line)
    cells = cells_of(aside)
    assert cells[:2] == AMELIE.split(";")[:2]

    record = replay(aside, AMELIE.split(";"), by="Solenn Kerbrat")

    aside.refresh_from_db()
    assert (aside.state, aside.settled_by, aside.record) == ("replayed", "Solenn Kerbrat", record)
    assert record.person.born == "1991-05-17"
    assert rebuild(only_check=True).differences == 0
    assert counts(rehearse(bring(file(APOGEE, AMELIE), day=LATER))) == {"unchanged": 1}


def test_what_is_still_wrong_is_refused_with_its_reason_and_waits():
    aside = waiting()

    for line, told in (
        (BAD["date"], "31/02/1991"),
        (BAD["formula"], "is a formula"),
        (BAD["short"], "12 cells, where the header has 13"),
        (";" * 12, "names nobody"),
    ):
        with pytest.raises(Refused, match=told):
            replay(aside, line.split(";"), by="Solenn Kerbrat")

    aside.refresh_from_db()
    assert aside.state == "waiting"
    assert Record.objects.count() == 1


def test_a_corrected_line_whose_keys_point_at_two_persons_asks_which_and_keeps_the_correction():
    apply(bring(file(APOGEE, AMELIE, GWEN), day=date(2026, 9, 1)))
    aside = waiting(BAD["date"].replace("20901412", "99999999").replace("1407412058;K", ";"))
    mixed = AMELIE.replace("20901412", "21101999")

    with pytest.raises(Refused, match="several persons"):
        replay(aside, mixed.split(";"), by="Solenn Kerbrat")
    aside.refresh_from_db()
    record = choose(aside, Person.objects.get(family="Herve"), by="Solenn Kerbrat")

    assert len(aside.candidates) == 2
    assert record.person.family == "Herve"
    assert record.said["student_number"] == "21101999"


def test_somebody_decides_that_a_line_is_about_a_new_person():
    apply(bring(file(APOGEE, AMELIE, ERWAN), day=date(2026, 9, 1)))
    apply(bring(file(APOGEE, AMELIE.replace("20901412", "21001733"))))
    aside = QuarantinedLine.objects.to_decide().get()

    choose(aside, None, by="Solenn Kerbrat")

    assert Person.objects.filter(record_id__isnull=False).count() == 3


@pytest.mark.parametrize("line", BAD.values(), ids=BAD.keys())
def test_a_later_file_that_repairs_a_line_clears_it_and_asks_again_when_it_is_taken_back(line):
    aside = waiting(line)

    better = apply(bring(file(APOGEE, AMELIE), day=LATER))
    aside.refresh_from_db()
    cleared = aside.state
    revert(better)

    aside.refresh_from_db()
    assert (cleared, aside.state) == ("cleared", "waiting")


NAMELESS = AMELIE.replace("20901412;1407412058;K", ";;")
TWIN = NAMELESS.replace("17/05/1991", "18/05/1991")


def test_a_line_without_any_key_is_repaired_by_the_one_that_says_the_same_but_for_the_cell_at_fault():
    aside = waiting(NAMELESS.replace("17/05/1991", "31/02/1991"))
    assert aside.keys == []

    better = apply(bring(file(APOGEE, GWEN, NAMELESS), day=LATER))
    aside.refresh_from_db()
    cleared = aside.state
    revert(better)

    aside.refresh_from_db()
    assert (cleared, aside.state) == ("cleared", "waiting")


@pytest.mark.parametrize(
    "lines",
    [[NAMELESS.replace("AMELIE", "AWENA")], [NAMELESS, TWIN], [NAMELESS.replace("29600", "29200")]],
    ids=["another given name", "two who may be", "another town"],
)
def test_a_line_without_any_key_waits_while_it_is_not_certain(lines):
    aside = waiting(NAMELESS.replace("17/05/1991", "31/02/1991"))

    apply(bring(file(APOGEE, *lines), day=LATER))

    aside.refresh_from_db()
    assert aside.state == "waiting"


def test_the_line_of_a_night_that_lost_its_last_column_is_repaired_by_the_next_night():
    platform = witness("platform")
    apply(bring(file(NIGHT, "412\t\tAmélie\tHervé\t0\t", "413\t\tErwan\tBellec\t0"), source=platform))

    apply(bring(file(NIGHT, "413\t\tErwan\tBellec\t0\t"), source=platform, day=LATER))

    assert QuarantinedLine.objects.get().state == "cleared"


def test_a_file_about_others_or_from_others_clears_nothing():
    aside = waiting()

    apply(bring(file(APOGEE, GWEN), day=LATER))
    apply(bring(file(NIGHT, "412\t20901412\tAmélie\tHervé\t0\t"), source=witness("platform"), day=LATER))

    aside.refresh_from_db()
    assert aside.state == "waiting"


def test_the_persons_of_a_night_do_not_clear_a_job_that_came_before_them():
    """The job itself is still not in the base: it waits until it comes again, or somebody replays it."""
    platform = witness("platform")
    jobs = "Identifiant AF\tIdentifiant école\tTitre du poste\tNom de l'entreprise\tPoste actuel ?"
    job = file(jobs, "412\t\tStatisticienne\tArmor Énergies\t1")
    apply(bring(job, source=platform))
    aside = QuarantinedLine.objects.get()

    apply(bring(file(NIGHT, "412\t\tAmélie\tHervé\t0\t"), source=platform, day=LATER))
    aside.refresh_from_db()
    before = aside.state
    apply(bring(job, source=platform, day=LATER))

    aside.refresh_from_db()
    assert (aside.code, aside.value) == ("no_person_yet", "412")
    assert (before, aside.state) == ("waiting", "cleared")


def test_a_line_whose_person_was_not_known_is_replayed_once_they_are():
    platform = witness("platform")
    jobs = "Identifiant AF\tIdentifiant école\tTitre du poste\tNom de l'entreprise\tPoste actuel ?"
    apply(bring(file(jobs, "412\t\tStatisticienne\tArmor Énergies\t1"), source=platform))
    apply(bring(file(NIGHT, "412\t\tAmélie\tHervé\t0\t"), source=platform, day=LATER))
    aside = QuarantinedLine.objects.get()

    replay(aside, cells_of(aside), by="Solenn Kerbrat")

    assert Person.objects.get().positions.get().title == "Statisticienne"


def test_reverting_takes_back_what_was_replayed_and_the_line_waits_again():
    aside = waiting()
    replay(aside, AMELIE.split(";"), by="Solenn Kerbrat")

    revert(aside.delivery.imported)

    aside.refresh_from_db()
    assert (aside.state, aside.record) == ("waiting", None)
    assert not any(base().values())


def test_a_line_set_aside_is_asked_no_more():
    aside = waiting()

    drop(aside, by="Solenn Kerbrat", reason="She asked not to be there.")

    for act in (lambda: drop(aside, by="x"), lambda: replay(aside, AMELIE.split(";"), by="x")):
        with pytest.raises(Refused, match="already settled"):
            act()


def test_nothing_is_settled_before_the_import_is_applied():
    imported = rehearse(bring(file(APOGEE, ERWAN, BAD["date"])))

    with pytest.raises(Refused, match="Apply the import first"):
        replay(QuarantinedLine.objects.get(delivery__imported=imported), AMELIE.split(";"), by="Solenn Kerbrat")
