"""Lines that no number settles: linked alone, asked about, or new; and what somebody said is remembered."""

from datetime import date
from typing import Any

import pytest

from demo.graduate import Graduate
from lierre.foundation.errors import Refused
from lierre.people.erasing import erase
from lierre.people.importing.replaying import choose
from lierre.people.linking import separate
from lierre.people.models import (
    Import,
    LineMatch,
    MatchingModel,
    MatchingRefusal,
    MatchingRule,
    Person,
    QuarantinedLine,
    Record,
    Source,
    Suspicion,
)
from lierre.people.reconciling.refusing import refuse
from lierre.people.reconciling.sampling import draw
from lierre.people.tests.imports import applied, rehearsed
from lierre.people.tests.reconciling.conftest import told

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def line_of(person: Graduate, **otherwise: str) -> dict[str, str]:
    """What an association knows of them: no number."""
    return {**told(person), "NUMERO": "", "LOT": "6", **otherwise}


def somebody(base: list[Graduate]) -> Graduate:
    """Whose names nobody else bears."""
    names = [(person.given, person.family) for person in base]
    families = [person.family for person in base]
    return next(
        person for person in base
        if names.count((person.given, person.family)) == 1 and families.count(person.family) == 1 and person.email
    )  # fmt: skip


def bring(rows: list[dict[str, str]], source: Source, by: Any, name: str = "association.csv") -> Import:
    return applied(rows, source, DAY, by=by, name=name)


def test_a_line_that_can_only_be_of_one_person_is_linked_alone_and_says_why(base, association, solenn):
    known = somebody(base)
    person = Person.objects.get(family=known.family, given=known.given)
    imported = bring([line_of(known, NOM=known.family.upper())], association, solenn)
    record = Record.objects.get(delivery__imported=imported)
    assert (record.person, record.linked_by) == (person, Record.Link.LIKENESS)
    match = LineMatch.objects.get(delivery__imported=imported, rank=1)
    assert match.band == "link"
    assert match.model == MatchingModel.objects.adopted().first()
    assert match.probability > 0.99
    assert {name for name, _level, _bits in match.weights} >= {"start", "given", "family", "date"}
    assert imported.rehearsal["matching"]["link"] == 1


def test_another_date_of_birth_is_never_linked_alone(base, association, solenn):
    known = somebody(base)
    other = known.born.replace(year=known.born.year - 7, day=1 + known.born.day % 27)
    imported = rehearsed([line_of(known, NE_LE=other.isoformat())], association, DAY, by=solenn)
    assert imported.rehearsal["matching"]["link"] == 0
    assert not LineMatch.objects.filter(band="link").exists()


def test_two_lines_of_one_file_are_never_linked_alone_with_one_person(base, association, solenn):
    known = somebody(base)
    lines = [line_of(known), line_of(known, LOT="7")]
    imported = rehearsed(lines, association, DAY, by=solenn)
    assert imported.rehearsal["matching"]["link"] == 1
    waiting = QuarantinedLine.objects.get(delivery__imported=imported)
    assert waiting.code == QuarantinedLine.RESEMBLES


def test_somebody_nobody_resembles_is_new(base, association, solenn):
    before = Person.objects.count()
    stranger = {"NOM": "Xhaferllari", "PRENOM": "Zef", "NE_LE": "1971-03-02", "LOT": "1"}
    imported = bring([stranger], association, solenn)
    assert Person.objects.count() == before + 1
    assert imported.rehearsal["matching"]["expected_new"] == pytest.approx(1, abs=0.05)


def asked(base: list[Graduate], association: Source, solenn: Any, name: str = "association.csv") -> QuarantinedLine:
    """Whatever resembles somebody is asked about."""
    if not MatchingRule.objects.exists():
        MatchingRule.adopt(1.0, 0.01, by=solenn, reason="Tout demander.")
    bring([line_of(somebody(base))], association, solenn, name)
    return QuarantinedLine.objects.waiting().latest("pk")


def test_who_is_asked_links_the_line(base, association, solenn):
    line = asked(base, association, solenn)
    person = Person.objects.get(pk=line.candidates[0])
    record = choose(line, person, by=solenn)
    assert (record.person, record.linked_by) == (person, Record.Link.STAFF)
    assert LineMatch.objects.get(rank=1).answer == "same"


def test_somebody_else_is_remembered_for_ever(base, association, solenn):
    line = asked(base, association, solenn)
    resembled = Person.objects.get(pk=line.candidates[0])
    record = choose(line, None, by=solenn)
    low, high = sorted([resembled.pk, record.person_id])
    assert Suspicion.objects.get(low=low, high=high).state == "different"
    assert MatchingRefusal.objects.filter(person=resembled, hash=record.digest).exists()
    imported = line.delivery.imported
    imported.ask_revert(by=solenn).run_now()
    imported.refresh_from_db()
    imported.ask_rehearsal(by=solenn).run_now()
    assert not LineMatch.objects.filter(person=resembled).exists()


def test_a_line_linked_alone_that_somebody_separates_is_not_linked_again(base, association, solenn):
    known = somebody(base)
    imported = bring([line_of(known)], association, solenn)
    record = Record.objects.get(delivery__imported=imported)
    person = record.person
    separate(record, by=solenn, reason="Ce sont deux personnes.")
    assert LineMatch.objects.get(delivery__imported=imported, rank=1).answer == "different"
    assert MatchingRefusal.objects.filter(person=person, hash=record.digest).exists()


def test_numbers_settle_before_any_likeness(base, association, solenn):
    known = somebody(base)
    imported = rehearsed([told(known)], association, DAY, by=solenn)
    assert imported.rehearsal["matching"] == {}


def test_thresholds_out_of_order_are_refused(db, solenn):
    with pytest.raises(Refused, match="first threshold is the lower"):
        MatchingRule.adopt(0.5, 0.6, by=solenn, reason="Pour voir.")


def test_whoever_is_erased_takes_what_was_found_for_them_along(base, association, solenn):
    known = somebody(base)
    bring([line_of(known)], association, solenn)
    person = Person.objects.get(family=known.family, given=known.given)
    draw(by=solenn)
    refuse([7], [person], by=solenn)
    erase(person, by=solenn, reason="À sa demande.")
    assert not LineMatch.objects.filter(person=person.pk).exists()
    assert not MatchingRefusal.objects.exists()
