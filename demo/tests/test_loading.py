"""The house of the demonstration is built once, its stories are told once, and nobody else's base is ever emptied."""

from datetime import date

import pytest

from demo.characters import ACCOUNTS, AMELIE, EVERY_ACCOUNT, LENA, PASSWORD, YANN
from demo.exports.catalogue import NAMES
from demo.institution import UNITS
from demo.loading.clearing import NotTheDemonstration, clear
from demo.loading.deliveries import DELIVERIES
from demo.loading.house import SOURCES, build, source, user
from demo.loading.story import SAID, link_accounts, person_of, tell
from lierre.accounts.models import Role, Unit, User
from lierre.foundation.models.journal import Entry
from lierre.people.models import Person, Record, Source
from lierre.people.saying import say


@pytest.fixture
def house(db: None) -> None:
    """The units, log-ins and witnesses of the demonstration."""
    build()


@pytest.fixture
def known(house: None) -> None:
    """The characters who have a log-in, as the school's file would make them known."""
    for graduate in (AMELIE, YANN, LENA):
        say(
            {"given": graduate.given, "family": graduate.family, "student_number": graduate.student_number},
            source=source("school"),
            by="demo",
            asserted_on=date(2014, 10, 8),
        )


def test_the_house_is_built_once(house):
    lines = Entry.objects.count()

    build()

    assert (Unit.objects.count(), User.objects.count(), Source.objects.count()) == (
        len(UNITS),
        len(EVERY_ACCOUNT),
        len(SOURCES),
    )
    assert Entry.objects.count() == lines


def test_everyone_holds_the_role_that_their_log_in_announces(house):
    for account in EVERY_ACCOUNT:
        assert User.objects.get(email=account.email).check_password(PASSWORD)
        assert Role.objects.filter(user__email=account.email, kind=account.role, unit__code=account.unit).exists()


def test_units_have_the_paths_that_the_product_looks_them_up_by(house):
    for unit in Unit.objects.select_related("parent"):
        assert unit.path == f"{unit.parent.path if unit.parent else '/'}{unit.code}/"


def test_amelie_tells_her_story_once(known):
    tell()
    tell()

    amelie = person_of(AMELIE)
    assert Record.objects.filter(person=amelie, delivery=None).count() == len(SAID) + 1
    assert str(amelie) == "Amélie Hervé-Cariou"
    assert amelie.heard_on == date(2026, 11, 2)


def test_those_who_studied_here_sign_in_as_themselves(known):
    link_accounts()
    link_accounts()

    assert Person.objects.get(account=user("Amélie Hervé")) == person_of(AMELIE)
    assert Person.objects.exclude(account=None).count() == 3
    assert Entry.objects.filter(verb="person.account_linked").count() == 3


def test_a_character_who_was_never_brought_is_missed_aloud(house):
    with pytest.raises(LookupError, match="Amélie Hervé is not in the base"):
        person_of(AMELIE)


def test_every_file_is_brought_by_someone_who_can_sign_in():
    names = {account.name for account in ACCOUNTS}

    assert {delivery.files for delivery in DELIVERIES} == set(NAMES)
    assert all(delivery.by in names and delivery.source in SOURCES for delivery in DELIVERIES)


def test_the_base_of_another_institution_is_never_emptied(db):
    Unit.objects.create(code="OTHER", name="Another university", kind="institution", path="/OTHER/")

    with pytest.raises(NotTheDemonstration):
        clear()

    assert Unit.objects.filter(code="OTHER").exists()
