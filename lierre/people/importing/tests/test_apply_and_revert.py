"""An import is applied, applied again, taken back: the base is always what its records say, and never changes twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models import Duty
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
from lierre.people.models import Import, Person, Record
from lierre.people.rebuilding import rebuild
from lierre.people.saying import correct

pytestmark = pytest.mark.django_db
SCHOOL = file(APOGEE, AMELIE, ERWAN)


def test_a_rehearsal_writes_nothing_and_an_apply_writes_what_it_said():
    imported = rehearse(bring(SCHOOL))
    nothing = Record.objects.count(), Person.objects.count()

    apply(imported)

    assert counts(imported) == {"new": 2}
    assert nothing == (0, 0)
    assert [str(person) for person in Person.objects.order_by("sort")] == ["Erwan Bellec", "Amelie Herve"]
    assert rebuild(only_check=True).differences == 0


def test_whoever_was_applied_is_soon_told_apart_from_the_others():
    Duty.objects.write_down()
    learning = Duty.objects.filter(name="people.learn_persons")
    learning.update(due_at=timezone.now() + timedelta(hours=1))

    apply(bring(SCHOOL))

    assert learning.get().due_at <= timezone.now()


def test_bringing_the_same_file_again_changes_nothing():
    apply(bring(SCHOOL))
    before = base()

    again = apply(bring(SCHOOL, day=date(2026, 11, 1)))

    assert counts(again) == {"unchanged": 2}
    assert base() == before


def test_the_same_line_twice_in_one_file_is_one_record():
    assert counts(apply(bring(file(APOGEE, AMELIE, ERWAN, AMELIE)))) == {"new": 2, "unchanged": 1}
    assert Record.objects.count() == 2


def test_a_newer_file_enriches_and_says_before_and_after():
    apply(bring(SCHOOL))
    moved = AMELIE.replace("14 rue des Sternes;29600", "2 rue Neuve;35000").replace("HERVE;AMELIE", "HERVÉ;AMÉLIE")

    newer = rehearse(bring(file(APOGEE, moved, ERWAN), day=date(2026, 11, 1)))

    (sample,) = newer.rehearsal["samples"]["enriched"]
    changes = {change["field"]: (change["before"], change["after"]) for change in sample["changes"]}
    assert counts(newer) == {"enriched": 1, "unchanged": 1}
    assert changes["family"] == ("Herve", "Hervé")
    assert "2 rue Neuve" in changes["contacts"][1]


def test_an_older_file_never_overwrites_a_newer_one():
    apply(bring(SCHOOL))

    older = apply(bring(file(APOGEE, AMELIE.replace("HERVE", "HERVET")), day=date(2014, 10, 8)))

    assert counts(older) == {"confirmed": 1}
    assert Person.objects.get(given="Amelie").family == "Herve"


def test_a_blank_never_overwrites():
    apply(bring(SCHOOL))

    apply(bring(file(APOGEE, AMELIE.replace("17/05/1991;14 rue des Sternes;29600", ";;")), day=date(2026, 11, 1)))

    assert Person.objects.get(given="Amelie").born == "1991-05-17"


def test_reverting_gives_the_base_back_as_it_was():
    apply(bring(SCHOOL))
    before = base()
    second = apply(bring(file(APOGEE, AMELIE.replace("29600", "35000"), GWEN), day=date(2026, 11, 1)))
    assert base() != before

    revert(second)

    assert base() == before
    assert rebuild(only_check=True).differences == 0
    assert second.state == Import.State.REVERTED


def test_what_came_later_stays_when_an_import_is_taken_back():
    first = apply(bring(SCHOOL))
    apply(bring(file(NIGHT, "412\t20901412\tAmélie\tHervé\t0\tamelie@courriel.example"), source=witness("platform")))
    amelie = Person.objects.get(family="Herve")
    correct(amelie, {"usage": "Hervé-Cariou"}, reason="She wrote to us.", by="Solenn Kerbrat")

    revert(first)

    amelie.refresh_from_db()
    assert (amelie.family, amelie.usage, amelie.born) == ("Hervé", "Hervé-Cariou", "")
    assert [str(person) for person in Person.objects.filter(record_id__isnull=False)] == [str(amelie)]
    assert rebuild(only_check=True).differences == 0


def test_an_import_that_was_taken_back_can_be_applied_again():
    imported = apply(bring(SCHOOL))
    before = base(but=["people_recordkey"])
    revert(imported)

    apply(imported)

    people = {table: len(rows) for table, rows in base(but=["people_recordkey"]).items()}
    assert people == {table: len(rows) for table, rows in before.items()}
    assert rebuild(only_check=True).differences == 0


def test_reverting_in_any_order_empties_the_base():
    imports = [
        apply(bring(SCHOOL)),
        apply(bring(file(NIGHT, "412\t20901412\tAmélie\tHervé\t0\t"), source=witness("platform"))),
        apply(bring(file(APOGEE, AMELIE.replace("29600", "35000"), GWEN), day=date(2026, 11, 1))),
    ]

    for at in (1, 0, 2):
        revert(imports[at])

    assert not any(base().values())


def test_whoever_is_absent_from_a_newer_file_is_not_touched():
    apply(bring(file(NIGHT, "412\t\tAmélie\tHervé\t0\t", "413\t\tErwan\tBellec\t0\t"), source=witness("platform")))
    before = Person.objects.get(family="Bellec")

    apply(bring(file(NIGHT, "412\t\tAmélie\tHervé\t1\t"), source=witness("platform"), day=date(2026, 10, 2)))

    after = Person.objects.get(family="Bellec")
    assert (after.heard, after.lost, after.died) == (before.heard, False, "")


def test_the_five_tables_of_one_night_find_their_persons_whatever_their_order():
    jobs = "Identifiant AF\tIdentifiant école\tTitre du poste\tNom de l'entreprise\tPoste actuel ?"
    degrees = "Identifiant AF\tRéférence du diplôme\tMode de formation\tCycle"

    night = apply(
        bring(
            file(jobs, "412\t\tStatisticienne\tArmor Énergies\t1"),
            file(degrees, "412\tStatistique et société\t\tMaster"),
            file(NIGHT, "412\t\tAmélie\tHervé\t0\t"),
            source=witness("platform"),
        )
    )

    amelie = Person.objects.get()
    assert counts(night) == {"new": 3}
    assert [delivery.dialect for delivery in night.deliveries.all()] == [
        "alumnforce-users", "alumnforce-userdegrees", "alumnforce-userjobs",
    ]  # fmt: skip
    assert (amelie.studies.count(), amelie.positions.count()) == (1, 1)


def test_only_strong_keys_link():
    """An address that nobody has proven, and the same name, are no proof: the next step will ask."""
    header = "Identifiant (AlumnForce),Prénom,Nom d'état-civil,Statut (x [0]),Compte activé (x),Email d'identification"
    apply(bring(file(header, "7,Amélie,Hervé,3,1,amelie@courriel.example"), source=witness("platform")))
    other = witness("platform", "Hivebrite")

    unproven = rehearse(bring(file(header, "70,Amélie,Hervé,0,0,amelie@courriel.example"), source=other))
    proven = rehearse(bring(file(header, "71,Amélie,Hervé,3,1,amelie@courriel.example"), source=other))

    assert counts(unproven) == {"new": 1}
    assert counts(proven) == {"confirmed": 1}


def test_keys_of_two_persons_are_a_question():
    apply(bring(SCHOOL))

    mixed = rehearse(bring(file(APOGEE, AMELIE.replace("20901412", "21001733"))))

    assert counts(mixed) == {"to_decide": 1}
    assert len(mixed.deliveries.get().quarantined.get().candidates) == 2


def test_another_import_that_wrote_meanwhile_makes_the_lines_judged_again():
    first, second = rehearse(bring(SCHOOL)), rehearse(bring(file(APOGEE, AMELIE)))
    apply(first)

    apply(second)

    assert counts(second) == {"unchanged": 1}
    assert Person.objects.count() == 2


def test_what_was_not_rehearsed_is_not_applied():
    imported = bring(SCHOOL)

    with pytest.raises(Refused):
        imported.ask_apply(by="Solenn Kerbrat")


def test_a_student_number_given_to_somebody_else_waits_for_a_decision():
    apply(bring(SCHOOL))
    another = (
        "21001733;1807412054;P;ROSMADEC;GWENDAL;03/03/1999;1 rue Haute;29200;2021;GEII3;E;O;Licence Génie électrique"
    )

    again = apply(bring(file(APOGEE, another), day=date(2026, 11, 1)))

    assert counts(again) == {"to_decide": 1}
    assert Person.objects.filter(family="Rosmadec").count() == 0


@pytest.mark.parametrize("other", ["28/02/1994", "17/06/1991"])
def test_a_number_that_one_file_gives_to_two_persons_is_a_question_and_stays_one(other):
    """The first line makes the person; the second is of somebody else, or one of the two dates is wrong."""
    twin = AMELIE.replace("17/05/1991", other).replace("1407412058;K", ";").replace("AMELIE", "ERWAN")
    school = file(APOGEE, AMELIE, twin, GWEN)

    imported = apply(bring(school))
    before = base()
    again = rehearse(bring(school))

    assert counts(imported) == {"new": 2, "to_decide": 1}
    assert counts(again) == {"unchanged": 2, "to_decide": 1}
    assert base() == before
    assert sorted(Person.objects.values_list("born", flat=True)) == ["1991-05-17", "1995-11-02"]


def test_a_number_that_one_file_gives_to_two_national_numbers_is_a_question():
    twin = AMELIE.replace("1407412058;K", "1507412059;L").replace("2013", "2014")

    assert counts(apply(bring(file(APOGEE, AMELIE, twin, AMELIE.replace("2013", "2011"))))) == {
        "new": 2,
        "to_decide": 1,
    }


def test_a_school_corrects_a_date_of_birth_of_its_own():
    apply(bring(SCHOOL))

    again = apply(bring(file(APOGEE, AMELIE.replace("17/05/1991", "18/05/1991")), day=date(2026, 11, 1)))

    assert counts(again) == {"enriched": 1}
    assert Person.objects.get(given="Amelie").born == "1991-05-18"


def test_a_usage_name_that_repeats_the_name_of_birth_is_no_other_name():
    header = APOGEE.replace("LIB_NOM_PAT_IND", "LIB_NOM_PAT_IND;LIB_NOM_USU_IND")

    apply(bring(file(header, AMELIE.replace("HERVE;", "HERVE;Hervé;"))))

    assert Person.objects.get().usage == ""
