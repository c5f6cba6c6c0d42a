"""One line, a moment later, with the answers of the whole file: whatever has changed since the keys were written."""

from random import Random

import numpy as np
import pytest

from lierre.people.erasing import erase
from lierre.people.merging import merge
from lierre.people.models import DirectoryChange, KeyPage, KeyShelf, Person
from lierre.people.reconciling.asking import match_line, match_lines
from lierre.people.reconciling.learning import learn
from lierre.people.reconciling.pages import ENTRY
from lierre.people.reconciling.shelf import follow, last_change
from lierre.people.saying import say, staff_source
from lierre.people.tests.reconciling.everybody import everybody_matched

pytestmark = pytest.mark.django_db


def lines_of(base, count=60, seed=5):
    """Half of what is known of some, with a slip in one name out of four."""
    chance = Random(seed)
    for person in chance.sample(base, count):
        family = person.family if chance.random() < 0.75 else person.family[:2] + "x" + person.family[3:]
        facts = {
            "given": person.given,
            "family": family,
            "studies": [{"degree": person.last.degree.label, "year": person.last.year}],
        }
        if chance.random() < 0.5:
            facts["born"] = person.born.isoformat()
        if person.email and chance.random() < 0.5:
            facts["contacts"] = [{"kind": "email", "value": person.email}]
        yield facts


def shown(candidates):
    return [(each.person, round(each.probability, 9)) for each in candidates]


def test_one_line_finds_what_the_whole_file_finds(base):
    known = learn()
    lines = list(lines_of(base))
    together = match_lines(lines, known)
    assert [shown(match_line(facts)) for facts in lines] == [shown(found.candidates) for found in together]
    assert sum(bool(found.candidates) for found in together) > 50


def test_the_keys_of_the_base_find_what_comparing_with_everybody_finds(base):
    known = learn()
    lines = list(lines_of(base))
    assert [shown(found.candidates) for found in match_lines(lines, known)] == [
        shown(found) for found in everybody_matched(lines, known)
    ]


def test_somebody_who_came_since_is_found_before_and_after_the_shelf_follows(base, solenn):
    learn()
    facts = {"given": "Zef", "family": "Xhaferllari", "born": "1971-03-02"}
    assert match_line(facts) == []
    record = say(facts, source=staff_source(), by="Solenn Kerbrat")
    before = match_line(facts)
    assert [each.person for each in before] == [record.person_id]
    assert follow().seen_change == last_change()
    assert shown(match_line(facts)) == shown(before)


def test_a_name_that_changed_is_found_no_more_by_the_one_before(base, solenn):
    known = learn()
    lines = list(lines_of(base, 20))
    for number in Person.objects.order_by("pk").values_list("pk", flat=True)[:200:5]:
        facts = {"family": f"Xhafer{number:04d}", "given": "Zef", "born": "1950-01-02"}
        say(facts, source=staff_source(), by="Solenn Kerbrat", person=Person.objects.get(pk=number))
    for followed in (None, follow()):
        now = known if followed is None else None
        found = [shown(match_line(facts, now)) for facts in lines]
        assert found == [shown(each) for each in everybody_matched(lines, known)]


def test_whoever_joined_another_is_found_no_more(base, solenn):
    known = learn()
    gone, kept = Person.objects.order_by("pk")[100:102]
    merge(gone, kept, by=solenn, reason="La même personne.", despite=True)
    found = match_line({"given": gone.given, "family": gone.family, "born": gone.born}, known)
    assert gone.pk not in [each.person for each in found]


def test_changes_that_are_no_longer_known_have_the_shelf_written_again(base):
    learn()
    DirectoryChange.objects.create(person_id=1)
    KeyShelf.objects.update(seen_change=0)
    DirectoryChange.objects.filter(seq__lt=last_change()).delete()
    assert follow() is None


def marks():
    """Every key of the shelf with whom it speaks of, and every sheet."""
    pages = KeyPage.objects.filter(number__gte=0).values_list("entries", flat=True)
    found = [np.frombuffer(bytes(entries), dtype=ENTRY) for entries in pages]
    sheets = {bytes(sheet) for sheet in KeyPage.objects.filter(number__lt=0).values_list("entries", flat=True)}
    return {(int(key), int(person)) for key, person in np.concatenate(found).tolist()}, sheets


def test_following_changes_leaves_what_writing_everything_would(base, solenn):
    learn()
    people = list(Person.objects.order_by("pk"))
    for turn, person in enumerate(people[:60:3]):
        say({"family": f"Xhafer{turn:04d}"}, source=staff_source(), by="Solenn Kerbrat", person=person)
        if turn % 4 == 0:
            follow()
    say({"given": "Zef", "family": "Xhaferllari"}, source=staff_source(), by="Solenn Kerbrat")
    merge(people[200], people[201], by=solenn, reason="La même personne.", despite=True)
    follow()
    followed = marks()
    learn()
    assert followed == marks()


@pytest.mark.parametrize("has_changed", ["no", "yes", "yes, and the shelf followed"])
def test_whoever_is_erased_leaves_no_mark_on_the_shelf(base, solenn, has_changed):
    learn()
    person = Person.objects.order_by("pk")[50]
    if has_changed != "no":
        say({"family": "Xhaferllari"}, source=staff_source(), by="Solenn Kerbrat", person=person)
    if "followed" in has_changed:
        follow()
    number, before = person.pk, marks()
    assert sum(whose == number for _key, whose in before[0]) > 5
    erase(person, by=solenn, reason="À sa demande.")
    keys, sheets = marks()
    assert number not in {whose for _key, whose in keys}
    assert len(sheets) == len(before[1]) - 1
    assert not any("xhaferllari" in sheet.decode().lower() for sheet in sheets)
