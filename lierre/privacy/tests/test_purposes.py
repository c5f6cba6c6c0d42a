"""Purposes and agreements: versions, balance tests, and what may flow between two controllers."""

import pytest
from django.db import IntegrityError, transaction

from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.privacy.models import Agreement, Controller, Purpose
from lierre.privacy.sharing import may_share

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Controller:
    return Controller.objects.get(key="ecole")


@pytest.fixture
def association() -> Controller:
    return Controller.objects.get(key="association")


def test_an_institution_begins_with_purposes_that_make_sense():
    bases = dict(Purpose.objects.of("graduates").values_list("key", "legal_basis"))

    assert bases["relations"] == "public_task"
    assert bases["lettre-association"] == "consent"
    assert bases["dons"] == "legitimate_interest"
    assert Purpose.objects.get(key="dons").balance_test


def test_changing_a_purpose_keeps_the_former_version_in_the_journal(maiwenn, gifts):
    gifts.keep({"retention_months": 24}, by=maiwenn, reason="Deux ans suffisent.")

    line = Entry.objects.about(gifts).get()
    assert (line.verb, line.reason, line.details["changed"]) == (
        "purpose.changed", "Deux ans suffisent.", ["retention_months"],
    )  # fmt: skip
    assert line.details["version"]["retention_months"] == 24


def test_a_legitimate_interest_is_weighed_or_refused(maiwenn, network, gifts):
    with pytest.raises(Refused, match="balance test"):
        network.keep({"legal_basis": "legitimate_interest"}, by=maiwenn, reason="Changement.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Purpose.objects.filter(pk=gifts.pk).update(balance_test="")


def test_without_a_reason_or_without_a_change_nothing_is_kept(maiwenn, gifts):
    with pytest.raises(Refused):
        gifts.keep({"retention_months": 24}, by=maiwenn, reason=" ")
    with pytest.raises(Refused):
        gifts.keep({"retention_months": gifts.retention_months}, by=maiwenn, reason="Rien.")


def test_what_is_not_written_does_not_flow(maiwenn, school, association, letter):
    assert not may_share("usage", school, association)

    agreement = Agreement(giver=school, taker=association, fields=["usage", "given", "contacts"], terms="Convention.")
    agreement.sign([letter], by=maiwenn)

    assert may_share("usage", school, association)
    assert may_share("usage", school, association, purpose="lettre-association")
    assert not may_share("usage", school, association, purpose="adhesion")
    assert not may_share("born", school, association)
    assert not may_share("usage", association, school)
    assert not may_share("nothing", school, association)


def test_once_ended_nothing_flows_the_day_after(maiwenn, school, association, letter):
    agreement = Agreement(giver=school, taker=association, fields=["usage"])
    agreement.sign([letter], by=maiwenn)

    agreement.end(by=maiwenn, reason="Non renouvelée.")

    agreement.refresh_from_db()
    assert agreement.ends_on is not None
    assert not may_share("usage", school, association, day=agreement.ends_on.replace(year=agreement.ends_on.year + 1))


def test_an_agreement_names_purposes_of_the_one_who_receives(maiwenn, school, association, gifts):
    with pytest.raises(Refused, match="one of those"):
        Agreement(giver=school, taker=association, fields=["usage"]).sign([gifts], by=maiwenn)
