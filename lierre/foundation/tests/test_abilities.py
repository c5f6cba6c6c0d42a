"""What someone may do follows from the roles they hold, and a refusal says why."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from lierre.foundation import abilities
from lierre.foundation.abilities import NotAllowed, declare, declared, may, needs

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring_files(monkeypatch):
    monkeypatch.setattr(abilities, "_declared", {})
    return declare("bring_files", label="bring files in", roles=frozenset({"alumni_office", "it"}))


def test_a_role_gives_the_ability_in_its_unit_and_below(solenn, gwenael, university, iut, bring_files):
    assert may(solenn, bring_files)
    assert may(solenn, bring_files, unit=iut)
    assert not may(gwenael, bring_files)


def test_the_office_of_one_school_has_no_ability_elsewhere(yann, university, iut, bring_files):
    yann.roles.create(unit=iut, kind="alumni_office")
    everywhere = declare("move_the_house", label="move the house", roles=frozenset({"alumni_office"}), everywhere=True)

    assert may(yann, bring_files)
    assert may(yann, bring_files, unit=iut)
    assert not may(yann, bring_files, unit=university)
    assert not may(yann, everywhere)


def test_nobody_signed_in_may_nothing(bring_files):
    assert not may(AnonymousUser(), bring_files)
    assert not may(None, bring_files)


def test_a_view_is_guarded_and_says_why(solenn, gwenael, bring_files):
    view = needs(bring_files)(lambda _request: HttpResponse("in"))
    request = RequestFactory().get("/")

    request.user = solenn
    assert view(request).content == b"in"
    request.user = gwenael
    with pytest.raises(NotAllowed, match="bring files in"):
        view(request)


def test_one_name_means_one_thing(bring_files):
    same = declare("bring_files", label="bring files in", roles=frozenset({"alumni_office", "it"}))

    assert same is bring_files
    assert declared() == [bring_files]
    with pytest.raises(ValueError, match="declared twice"):
        declare("bring_files", label="bring files in", roles=frozenset({"student"}))
