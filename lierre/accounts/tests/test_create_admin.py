"""`lierre create-admin`: the first person in."""

import re

import pytest
from django.core.management import CommandError, call_command

from lierre.accounts.models import Role, Unit, User

pytestmark = pytest.mark.django_db

MALO = {"email": "Malo.Quere@ubn.example", "name": "Malo  Quéré"}


def create_admin(capsys, **options):
    call_command("create_admin", **{**MALO, "generate": True, **options})
    return capsys.readouterr().out


def test_on_an_empty_base_it_creates_the_institution_and_its_administrator(capsys, db, client):
    said = create_admin(capsys, institution="Université de Bretagne-Nord", code="UBN")

    malo = User.objects.get()
    assert (malo.email, malo.name) == ("malo.quere@ubn.example", "Malo Quéré")
    assert malo.holds_everywhere("it")
    assert Unit.objects.get().path == "/UBN/"
    assert client.login(email=malo.email, password=re.search(r"shown once: (\S+)", said)[1])


def test_the_code_of_the_institution_is_drawn_from_its_name(capsys, db):
    create_admin(capsys, institution="École nationale des arts de Brest")

    assert Unit.objects.get().code == "EB"


def test_doing_it_again_changes_nothing(capsys, db):
    create_admin(capsys)
    before = User.objects.get().password

    said = create_admin(capsys, name="Another name")

    assert "nothing to do" in said
    assert "shown once" not in said
    assert (User.objects.get().password, User.objects.get().name) == (before, "Malo Quéré")
    assert Role.objects.count() == 1


def test_it_lets_someone_who_was_locked_out_back_in(capsys, solenn):
    User.objects.filter(pk=solenn.pk).update(is_active=False)

    said = create_admin(capsys, email=solenn.email, name=solenn.name)

    assert "Reactivated the account of Solenn Kerbrat." in said
    assert User.objects.get().holds_everywhere("it")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"email": "malo"}, "not an e-mail address"),
        ({"name": "  "}, "Give a name"),
        ({"code": "U B N"}, "is not a code"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(capsys, db, wrong, told):
    with pytest.raises(CommandError, match=told):
        create_admin(capsys, **wrong)

    assert not User.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [(["court", "court"], "too short"), (["une barque en bois", "une barque en fer"], "differ")],
)
def test_a_password_that_is_asked_is_checked(capsys, db, monkeypatch, typed, told):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("lierre.accounts.management.commands.create_admin.getpass", lambda _asked: typed.pop(0))

    with pytest.raises(CommandError, match=told):
        create_admin(capsys, generate=False)

    assert not User.objects.exists()
