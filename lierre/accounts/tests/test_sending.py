"""Invitations leave by themselves: once each, again after a failure, and even when the sender died."""

import re
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.duties import KEPT, forget_invitations, send_invitations
from lierre.accounts.models import Invitation
from lierre.accounts.models.invitation import MOST_ATTEMPTS

pytestmark = pytest.mark.django_db

WORD = "Chère Nolwenn, le réseau de votre promotion ouvre."


@pytest.fixture
def invitation(solenn, university):
    return Invitation.invite("nolwenn@courriel.example", "graduate", university, by=solenn, message=WORD)


class SilentServer(EmailBackend):
    """A mail server that refuses everything."""

    def send_messages(self, messages):  # noqa: ARG002
        raise ConnectionRefusedError("nobody listens")


class DeadlyServer(EmailBackend):
    """The process is killed while it talks to the mail server."""

    def send_messages(self, messages):  # noqa: ARG002
        raise SystemExit(137)


def later(invitation):
    """As if the lease, or the wait, were over."""
    Invitation.objects.filter(pk=invitation.pk).update(send_at=timezone.now() - timedelta(seconds=1))


def test_the_message_leaves_once_in_french_then_in_english(invitation, mailoutbox, settings):
    settings.INSTITUTION = "Université de Bretagne-Nord"

    assert send_invitations() == "1 invitation left."
    assert send_invitations() == "0 invitations left."

    (message,) = mailoutbox
    assert message.to == ["nolwenn@courriel.example"]
    assert message.body.count(WORD) == 1
    tokens = re.findall(reverse("accounts:join", args=["(.+)"]), message.body)
    assert [Invitation.objects.for_link(token) for token in tokens] == [invitation, invitation]
    assert "Hello," in message.body
    assert message.content_subtype == "plain"
    invitation.refresh_from_db()
    assert invitation.sent_at is not None


def test_what_could_not_leave_is_shown_and_tried_again_later(client, invitation, settings, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.SilentServer"
    assert send_invitations() == "0 invitations left. 1 could not leave."
    client.force_login(invitation.invited_by)
    page = client.get(reverse("accounts:invitations"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_invitations() == "0 invitations left."
    later(invitation)

    assert send_invitations() == "1 invitation left."

    assert "ConnectionRefusedError: nobody listens" in page.text
    assert len(mailoutbox) == 1
    invitation.refresh_from_db()
    assert invitation.failure == ""


def test_after_the_last_attempt_it_is_tried_no_more_and_still_shown(invitation, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SilentServer"
    for _attempt in range(MOST_ATTEMPTS):
        later(invitation)
        send_invitations()

    invitation.refresh_from_db()
    assert invitation.send_at is None
    assert "nobody listens" in invitation.failure


def test_a_sender_that_dies_in_the_middle_loses_nothing(invitation, settings, mailoutbox):
    settings.EMAIL_BACKEND = f"{__name__}.DeadlyServer"
    with pytest.raises(SystemExit):
        send_invitations()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_invitations() == "0 invitations left."  # another worker may still be sending it
    later(invitation)

    assert send_invitations() == "1 invitation left."
    assert len(mailoutbox) == 1


def test_two_senders_do_not_take_the_same_message(invitation):
    same = Invitation.objects.get(pk=invitation.pk)

    assert invitation.claim()
    assert not same.claim()


def test_a_message_sent_again_meanwhile_is_not_marked_by_the_former_sender(invitation, solenn):
    former = Invitation.objects.get(pk=invitation.pk)
    former.claim()
    invitation.refresh_from_db()
    invitation.send_again(by=solenn)

    former.mark_sent()

    invitation.refresh_from_db()
    assert invitation.send_at is not None


def test_withdrawn_and_expired_invitations_do_not_leave(invitation, solenn, university, mailoutbox):
    invitation.withdraw(by=solenn)
    old = Invitation.invite("autre@courriel.example", "graduate", university, by=solenn)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(minutes=1))

    send_invitations()

    assert mailoutbox == []


def test_a_line_break_in_the_name_of_the_institution_forges_no_header(invitation, mailoutbox, settings):
    settings.INSTITUTION = "Université\nBcc: x@courriel.example"

    send_invitations()

    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["nolwenn@courriel.example"]


def test_old_invitations_are_forgotten_and_waiting_ones_are_not(invitation, solenn, university):
    old = Invitation.invite("autre@courriel.example", "graduate", university, by=solenn)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - KEPT - timedelta(days=1))

    assert forget_invitations() == "1 invitation forgotten."
    assert list(Invitation.objects.all()) == [invitation]
