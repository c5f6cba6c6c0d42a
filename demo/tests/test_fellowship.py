"""What brings graduates together in the demonstration is done by the product’s own verbs, and told once."""

from collections import Counter
from datetime import date

import pytest

from demo.characters import CHARACTERS
from demo.loading.ceremony import DEGREE
from demo.loading.claims import CLASS
from demo.loading.fellowship import come_together
from demo.loading.house import build, source
from demo.loading.story import link_accounts, open_their_pages
from lierre.community.models import Ask, Capture, Ceremony, Group, Membership, Proposal
from lierre.foundation.models.journal import Entry
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Claim, Delegate, DirectoryEntry, Person
from lierre.people.saying import say
from lierre.privacy.models import Request

CLASSMATES, LAWYERS = 12, 18


def known(given: str, family: str, number: str, born: date, degree: str, year: int, email: str) -> None:
    say(
        {
            "given": given, "family": family, "student_number": number, "born": born.isoformat(),
            "studies": [{"degree": degree, "year": year}], "contacts": [{"kind": "email", "value": email}],
            "positions": [{"title": "Chargée d’études", "employer": "Armor Énergies", "city": "Brest"}],
        },
        source=source("school"), by="demo", asserted_on=date(2014, 10, 8),
    )  # fmt: skip


@pytest.fixture
def gathered(db: None) -> None:
    """Those whose story is told, the class of Amélie, and this year’s class of law."""
    build()
    for each in CHARACTERS:
        diploma = each.last
        known(each.given, each.family, each.student_number, each.born, diploma.degree.label, diploma.year, each.email)
    for number in range(CLASSMATES):
        day = date(1991, 1, 1 + number)
        known(f"Camarade{number}", "Le Ster", f"2140{number:04}", day, *CLASS, f"camarade{number}@mel.example")
    for number in range(LAWYERS):
        day = date(2004, 1, 1 + number)
        known(f"Juriste{number}", "Cloarec", f"2260{number:04}", day, DEGREE, 2026, f"juriste{number}@etu.ubn.example")
    link_accounts()
    open_their_pages()


def test_they_come_together_once(gathered):
    told = come_together()
    lines = Entry.objects.count()

    again = come_together()

    assert told == again
    assert Entry.objects.count() == lines
    assert told == (Group.objects.count(), LAWYERS - 1, Proposal.objects.count())


def test_every_state_that_a_page_can_show_is_there(gathered):
    come_together()

    states = {
        model: Counter(model.objects.values_list("state", flat=True)) for model in (Membership, Capture, Claim, Ask)
    }
    assert {"in", "asked", "invited"} == set(states[Membership])
    assert {"kept", "sent", "confirmed"} == set(states[Capture])
    assert {"pending", "sent", "linked", "refused"} == set(states[Claim])
    assert {"sent", "answered"} <= set(states[Ask])
    assert {"sent", "accepted"} <= set(Proposal.objects.values_list("state", flat=True))
    assert Delegate.objects.in_charge().count() == 2
    assert Claim.objects.filter(vouched=True, state="sent").count() == 1
    assert {each.is_open for each in Ceremony.objects.all()} == {True, False}
    assert set(Request.objects.values_list("state", flat=True)) == {"received", "identified", "answered"}


def test_nobody_is_in_a_group_without_a_line_of_the_journal(gathered):
    come_together()

    by_hand = Membership.objects.within().exclude(how="rule").count()
    by_rule = sum(line.details["came"] for line in Entry.objects.of_verb("group.ruled"))
    assert Entry.objects.of_verb("group.joined").count() == by_hand > 10
    assert Membership.objects.within().filter(how="rule").count() == by_rule >= CLASSMATES


def test_those_whose_story_is_told_let_recruiters_see_them(gathered):
    seen = Viewer.among("recruiters").existing(DirectoryEntry.objects.all()).values("pk")

    assert set(Person.objects.filter(pk__in=seen).values_list("given", flat=True)) == {
        "Nolwenn", "Erwan", "Inès", "Mamadou", "Tristan",
    }  # fmt: skip
