"""Invitations: who may invite whom, and what a link opens."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.models import Invitation, Role, User
from lierre.accounts.models.invitation import LIFE, SALT
from lierre.foundation.errors import Refused
from lierre.foundation.models import Entry

pytestmark = pytest.mark.django_db

NOLWENN = {"name": "Nolwenn Abgrall", "password": "un bateau sur la rade"}


@pytest.fixture
def invitation(solenn, university):
    """Solenn invites Nolwenn, a graduate who has no account."""
    return Invitation.invite("nolwenn@courriel.example", "graduate", university, by=solenn)


def link(invitation):
    return reverse("accounts:join", args=[invitation.token])


def left_long_ago(invitation):
    """The message left yesterday: it may be sent again."""
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now() - timedelta(days=1), send_at=None)
    invitation.refresh_from_db()


def test_the_alumni_office_invites_a_graduate(client, solenn, university):
    client.force_login(solenn)

    client.post(
        reverse("accounts:invite"), {"email": "Nolwenn@Courriel.example", "kind": "graduate", "unit": university.pk}
    )

    made = Invitation.objects.get()
    assert (made.email, made.kind, made.invited_by, made.state) == (
        "nolwenn@courriel.example", "graduate", solenn, "pending",
    )  # fmt: skip
    assert "nolwenn@courriel.example" in client.get(reverse("accounts:invitations")).text


def test_the_journal_knows_that_someone_was_invited_but_not_whom(invitation):
    entry = Entry.objects.of_verb("invitation.made").get()

    assert "nolwenn" not in f"{entry.subject_name} {entry.details} {entry.reason}"


def test_looking_at_the_link_changes_nothing(client, invitation):
    page = client.get(link(invitation))

    assert "You are invited." in page.text
    assert not User.objects.filter(email=invitation.email).exists()
    assert Invitation.objects.get().state == "pending"


def test_accepting_opens_the_account_gives_the_role_and_lets_in(client, invitation, university, solenn):
    answer = client.post(link(invitation), NOLWENN, follow=True)

    nolwenn = User.objects.get(email="nolwenn@courriel.example")
    assert answer.wsgi_request.user == nolwenn
    assert nolwenn.holds("graduate", unit=university)
    assert Entry.objects.of_verb("role.given").about(nolwenn).get().actor_id == solenn.pk
    assert nolwenn.emailaddress_set.get().verified


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({**NOLWENN, "password": "trop court"}, "password"),
        ({**NOLWENN, "password": "nolwenn abgrall"}, "password"),
        ({**NOLWENN, "name": " "}, "name"),
    ],
)
def test_a_name_and_a_good_password_are_asked_for(client, invitation, given, wrong):
    page = client.post(link(invitation), given)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {wrong}
    assert Invitation.objects.get().state == "pending"


def test_a_link_serves_once(client, invitation):
    client.post(link(invitation), NOLWENN)

    page = client.get(link(invitation))

    assert page.status_code == 410
    assert "already accepted" in page.text


def test_an_expired_link_opens_nothing(client, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    page = client.post(link(invitation), NOLWENN)

    assert page.status_code == 410
    assert "has expired" in page.text
    assert not User.objects.filter(email=invitation.email).exists()


def test_a_link_that_was_replaced_opens_nothing_and_the_new_one_does(client, invitation, solenn):
    former = link(invitation)
    left_long_ago(invitation)
    invitation.send_again(by=solenn)

    assert "A newer invitation replaced this one" in client.get(former).text
    assert client.get(link(invitation)).status_code == 200


def test_sending_again_gives_two_more_weeks(invitation, solenn):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=3))
    left_long_ago(invitation)

    invitation.send_again(by=solenn)

    assert invitation.state == "pending"
    assert invitation.expires_at > timezone.now() + LIFE - timedelta(minutes=1)


def test_a_message_that_has_just_left_is_not_sent_again_at_once(client, invitation, solenn):
    invitation.mark_sent()
    client.force_login(solenn)

    page = client.post(reverse("accounts:send_invitation_again", args=[invitation.pk]), follow=True)

    assert "left a few minutes ago" in page.text
    assert Invitation.objects.get().turn == 1


def test_a_withdrawn_link_opens_nothing(client, invitation, solenn):
    client.force_login(solenn)
    client.post(reverse("accounts:withdraw_invitation", args=[invitation.pk]))
    client.logout()

    assert "was withdrawn" in client.get(link(invitation)).text
    assert client.post(link(invitation), NOLWENN).status_code == 410


@pytest.mark.parametrize(
    "forge", [lambda: "x", lambda: "WzEsMV0:1abcde:forged", lambda: signing.dumps([1, 1], salt="another")]
)
def test_a_forged_link_opens_nothing(client, db, forge):
    token = forge()

    page = client.get(reverse("accounts:join", args=[token]))

    assert page.status_code == 410
    assert "not one of ours" in page.text


def test_a_link_to_nothing_opens_nothing(client, db):
    assert client.get(reverse("accounts:join", args=[signing.dumps([99, 1], salt=SALT)])).status_code == 410


def test_an_invitation_dies_when_its_author_may_no_longer_give_the_role(client, invitation, solenn):
    solenn.roles.all().delete()

    page = client.post(link(invitation), NOLWENN)

    assert "may no longer give this role" in page.text
    assert not User.objects.filter(email=invitation.email).exists()


def test_an_invitation_dies_with_the_account_of_its_author(client, invitation, solenn, malo):
    solenn.deactivate(by=malo, why="Départ")

    assert "no longer works here" in client.get(link(invitation)).text


def test_someone_who_has_an_account_signs_in_and_takes_the_role(client, solenn, yann, university):
    invitation = Invitation.invite("Yann.LeGoff@ubn.example", "graduate", university, by=solenn)

    assert "An account already answers" in client.get(link(invitation)).text
    client.post(link(invitation), NOLWENN)
    assert Invitation.objects.get().state == "pending"
    client.force_login(yann)
    client.post(link(invitation))

    assert {role.kind for role in yann.roles.all()} == {"ambassador", "graduate"}
    assert User.objects.filter(email__iexact="yann.legoff@ubn.example").count() == 1


def test_the_link_of_another_gives_nothing_to_whoever_is_signed_in(client, invitation, hugo):
    client.force_login(hugo)

    page = client.post(link(invitation), NOLWENN)

    assert "you are signed in as Hugo Ferrand" in page.text
    assert Invitation.objects.get().state == "pending"
    assert not Role.objects.filter(user=hugo, kind="graduate").exists()


def test_the_role_of_an_invitation_ends_on_its_day(client, solenn, university):
    end = timezone.localdate() + timedelta(days=60)
    invitation = Invitation.invite("nolwenn@courriel.example", "student", university, by=solenn, until=end)

    client.post(link(invitation), NOLWENN)

    assert Role.objects.get(user__email=invitation.email).until == end


def test_nobody_is_invited_twice_to_the_same_role(client, invitation, solenn, university):
    client.force_login(solenn)

    page = client.post(
        reverse("accounts:invite"), {"email": "NOLWENN@courriel.example", "kind": "graduate", "unit": university.pk}
    )

    assert page.status_code == 422
    assert "already invited to this role" in page.text


def test_nobody_invites_themselves(solenn, university):
    with pytest.raises(Refused, match="Nobody gives a role to themselves"):
        Invitation.invite("SOLENN.kerbrat@ubn.example", "graduate", university, by=solenn)


def test_the_alumni_office_does_not_invite_staff(client, solenn, university):
    client.force_login(solenn)

    page = client.post(reverse("accounts:invite"), {"email": "x@ubn.example", "kind": "it", "unit": university.pk})

    assert page.status_code == 422
    assert not Invitation.objects.exists()


def test_one_sees_the_invitations_to_the_roles_that_one_gives(client, invitation, gwenael, malo, university):
    Invitation.invite("dir@ubn.example", "direction", university, by=malo)
    client.force_login(gwenael)
    for_communication = client.get(reverse("accounts:invitations")).context["page"].rows
    client.force_login(malo)
    for_it = client.get(reverse("accounts:invitations")).context["page"].rows

    assert for_communication == []
    assert {each.kind for each in for_it} == {"graduate", "direction"}


def test_the_list_is_narrowed_by_state(client, invitation, solenn, university):
    Invitation.invite("autre@courriel.example", "graduate", university, by=solenn).withdraw(by=solenn)
    client.force_login(solenn)

    page = client.get(reverse("accounts:invitations") + "?state=withdrawn")

    assert [each.email for each in page.context["page"].rows] == ["autre@courriel.example"]


def test_one_does_not_withdraw_the_invitation_of_another_office(client, invitation, gwenael):
    client.force_login(gwenael)

    assert client.post(reverse("accounts:withdraw_invitation", args=[invitation.pk])).status_code == 404
    assert Invitation.objects.get().state == "pending"


@pytest.mark.parametrize("name", ["helene", "maiwenn", "yann", "amelie_user", "hugo"])
def test_invitations_are_hidden_from_those_who_may_not_invite(client, request, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("accounts:invitations")).status_code == 403
    assert client.post(reverse("accounts:invite"), {}).status_code == 403
