"""A machine let in by another controller sees what the agreement lets flow, and nothing once it has ended."""

import pytest

from conftest import someone
from lierre.accounts.models import Unit
from lierre.people.directory import snapshot
from lierre.people.models import Source
from lierre.people.saying import say
from lierre.privacy.defaults import load
from lierre.privacy.models import Agreement, Controller, Purpose

pytestmark = pytest.mark.django_db


def test_an_agreement_that_ends_hides_at_once_from_machines(machine, maiwenn, university, school: Source):
    snapshot.forget()
    load(Controller.objects, Purpose.objects)
    unit = Unit.add(code="ASSO", name="Association", kind="service", parent=university, by="the tests")
    association = Controller.objects.get(key="association")
    association.describe({"unit": unit}, by="the tests")
    nolwenn = someone("Nolwenn Le Bris", "nolwenn@asso.example", "alumni_office", unit)
    contacts = [{"kind": "email", "value": "gaelle@courriel.example"}]
    kept = say({"given": "Gaëlle", "family": "Tanguy", "contacts": contacts}, source=school, by="the tests")
    asking = machine(nolwenn, "persons:read")
    person = f"/api/v1/persons/{kept.person.public_id}"
    assert (asking.get("/api/v1/persons").json()["total"], asking.get(person).status_code) == (0, 404)

    agreement = Agreement(
        giver=Controller.objects.get(key="ecole"), taker=association, fields=["given", "family", "usage"]
    )
    agreement.sign([Purpose.objects.get(key="lettre-association")], by=maiwenn)
    assert asking.get("/api/v1/persons").json()["total"] == 1
    assert "gaelle@courriel" not in asking.get(person).content.decode()

    agreement.end(by=maiwenn, reason="Dénoncée.")
    assert (asking.get("/api/v1/persons").json()["total"], asking.get(person).status_code) == (0, 404)
