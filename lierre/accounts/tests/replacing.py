"""Somebody at the keyboard who proved a moment ago who they are, and somebody in the place of another."""

from allauth.account.internal.flows.login import record_authentication
from django.test import Client, RequestFactory
from django.urls import reverse

from lierre.accounts.models import User

WHY = "Elle ne voit pas sa fiche"


def at_the_keyboard(user: User) -> Client:
    """Signed in, with the password typed just now."""
    client, request = Client(), RequestFactory().get("/")
    client.force_login(user)
    request.session = client.session
    record_authentication(request, user, "password", email=user.email, reauthenticated=True)
    request.session.save()
    return client


def in_the_place_of(user: User, by: User) -> Client:
    client = at_the_keyboard(by)
    answer = client.post(reverse("accounts:act_as", args=[user.pk]), {"reason": WHY})
    assert answer.status_code == 303, answer.content
    return client
