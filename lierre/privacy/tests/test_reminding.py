"""Requests that press: whoever answers is reminded, in time and not every day; nothing of the request is in the message."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lierre.foundation.models import Entry
from lierre.privacy.duties import remind
from lierre.privacy.models import Request

pytestmark = pytest.mark.django_db


def asked(*, days_left: int, handler=None) -> Request:
    found = Request.receive("access", name="Amélie Hervé", email="amelie@courriel.example", by="the tests")
    due_on = timezone.localdate() + timedelta(days=days_left)
    Request.objects.filter(pk=found.pk).update(due_on=due_on, handler=handler)
    found.refresh_from_db()
    return found


def test_whoever_was_given_it_is_reminded_a_week_before_without_a_name(solenn, maiwenn):
    request = asked(days_left=7, handler=solenn)

    assert remind() == "1 reminder left."

    message = mail.outbox[0]
    assert message.to == [solenn.email]
    assert request.get_absolute_url() in message.body
    assert "7 days left" in message.subject
    assert not [word for word in ("Amélie", "Hervé", "amelie@") if word in f"{message.subject} {message.body}"]
    assert Entry.objects.of_verb("request.reminded").count() == 1


def test_nobody_is_reminded_sooner_nor_of_what_is_settled(solenn, amelie):
    asked(days_left=8, handler=solenn)
    settled = asked(days_left=1)
    settled.identify(amelie, "address", by=solenn)
    settled.settle(by=solenn, answer="Voici.")

    assert remind() == "0 reminders left."


def test_it_is_said_again_after_three_days_only(solenn):
    request = asked(days_left=5, handler=solenn)
    remind()
    assert remind() == "0 reminders left."

    Request.objects.filter(pk=request.pk).update(reminded_on=timezone.localdate() - timedelta(days=3))
    assert remind() == "1 reminder left."


def test_what_is_late_or_nobodys_goes_to_those_who_lead(solenn, maiwenn):
    asked(days_left=3)
    remind()
    assert mail.outbox[-1].to == [maiwenn.email]

    asked(days_left=-1, handler=solenn)
    remind()
    assert mail.outbox[-1].to == sorted([maiwenn.email, solenn.email])
    assert "is late" in mail.outbox[-1].subject
