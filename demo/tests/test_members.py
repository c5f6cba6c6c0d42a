"""Some graduates open their page, others leave France: always the same ones, and about as many as in life."""

from collections import Counter

import pytest

from demo.exports.platform import account_of
from demo.loading.house import build, source
from demo.loading.members import came, came_on, open_pages, said_by
from demo.population import everyone
from demo.write import SEED
from lierre.foundation.models.journal import Entry
from lierre.people.directory.viewer import Viewer
from lierre.people.models import DirectoryEntry, Record
from lierre.people.saying import say

MANY = 4000
OVERSEAS = {"971", "972", "973", "974", "976"}


@pytest.fixture(scope="module")
def known():
    return list(everyone(SEED, MANY))


def test_about_one_in_twelve_opens_their_page(known):
    coming = [person for person in known if came(person)]

    assert 0.06 * MANY < len(coming) < 0.1 * MANY
    assert not any(person.died or person.do_not_contact or person.number < 0 for person in coming)
    assert [person.number for person in coming] == [person.number for person in everyone(SEED, MANY) if came(person)]


def test_they_let_recruiters_see_their_work_and_fewer_how_to_reach_them(known):
    said = [said_by(person) for person in known if came(person)]
    shown = Counter(name for facts in said for name, audience in facts.items() if "recruiters" in audience)

    assert shown["audience_name"] == shown["audience_position"] == len(said)
    assert 0 < shown["audience_contact"] < shown["audience_place"] < len(said)


def test_some_live_abroad_in_many_countries_and_some_overseas(known):
    told = [account.job.country for account in map(account_of, known) if account and account.job]
    abroad = Counter(country for country in told if country != "FR")
    overseas = {person.home.department for person in known if person.home} & OVERSEAS

    assert 0.05 * MANY < abroad.total() < 0.1 * MANY
    assert len(abroad) > 20
    assert abroad.most_common(1)[0][1] < abroad.total() / 4
    assert overseas == OVERSEAS


def test_their_pages_are_opened_once_and_recruiters_see_them(db, known):
    build()
    coming = [person for person in known[:400] if came(person)]
    for person in coming[1:]:
        facts = {"given": person.given, "family": person.family, "student_number": person.student_number}
        say(facts, source=source("school"), by="demo")
    lines = Entry.objects.count()

    opened = open_pages(400, SEED)
    again = open_pages(400, SEED)

    # Whoever the school does not know stays unknown.
    assert (opened, again) == (len(coming) - 1, 0)
    # One line of the journal for all of them: the demonstration does not open on two thousand.
    assert Entry.objects.count() == lines + 1
    assert Record.objects.filter(source=source("member")).count() == opened
    assert {came_on(person) for person in coming[1:]} >= {
        each.asserted_on for each in Record.objects.filter(source=source("member"))
    }
    assert Viewer.among("recruiters").existing(DirectoryEntry.objects.all()).count() == opened
