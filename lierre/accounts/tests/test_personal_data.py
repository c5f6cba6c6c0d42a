"""What accounts hold about people: declared, given back whole, erased."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from lierre.accounts.models import Invitation, Role, User
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry
from lierre.foundation.personal_data import register, undeclared

pytestmark = pytest.mark.django_db

HOLDING_PEOPLE = (User, Role, Invitation, EmailAddress, UserSession, Authenticator)


def holding(model):
    return next(each for each in register() if each.model == model)


def test_every_table_that_names_someone_is_declared():
    assert undeclared(HOLDING_PEOPLE) == []


def test_the_register_names_no_field_that_does_not_exist():
    ours = {model._meta.label_lower for model in HOLDING_PEOPLE}

    assert {each.model: each.unknown_fields() for each in register() if each.model in ours} == {m: set() for m in ours}


def test_someone_gets_back_all_that_is_held_about_them(solenn, yann, university):
    Invitation.invite(yann.email, "graduate", university, by=solenn)

    assert holding("accounts.user").export(yann)[0]["name"] == "Yann Le Goff"
    assert holding("accounts.role").export(yann)[0]["kind"] == "ambassador"
    assert holding("accounts.invitation").export(yann)[0]["kind"] == "graduate"
    assert holding("account.emailaddress").export(yann)[0]["email"] == yann.email


def test_whoever_is_no_user_has_no_row_here(university):
    assert [each.export(university) for each in register() if each.model.startswith(("accounts.", "mfa."))] == [[]] * 5


def test_erasing_leaves_an_empty_account_that_opens_nothing(client, malo, yann):
    client.force_login(yann)
    client.get("/mon-compte/")

    for model in ("accounts.invitation", "accounts.role", "accounts.user"):
        holding(model).erase(yann)

    kept = User.objects.get(pk=yann.pk)
    assert (kept.name, kept.is_active, kept.has_usable_password()) == ("", False, False)
    assert "yann" not in kept.email
    assert not kept.roles.exists()
    assert not EmailAddress.objects.filter(user=yann).exists()
    assert client.get("/mon-compte/").status_code == 302
    assert "Yann" not in Entry.objects.of_verb("user.erased").get().subject_name


def test_the_last_administrator_is_not_erased(malo):
    with pytest.raises(Refused, match="Nobody else could administer"):
        holding("accounts.user").erase(malo)
