"""Machines are told what happened: signed, again when they were deaf, and never anything but identifiers."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.interchange.duties import forget_answers, send_dispatches
from lierre.interchange.models import Dispatch, Webhook
from lierre.interchange.models.dispatch import WAITS
from lierre.interchange.tests.conftest import known
from lierre.people.merging import merge
from lierre.people.saying import say

pytestmark = pytest.mark.django_db


class Listening(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((dict(self.headers), body))  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def listener(settings: Any) -> Iterator[Any]:
    """A machine that really listens, in a network that IT allowed."""
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8",)
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    server.heard, server.status = [], 204
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def webhook(listener: Any, malo: Any) -> Webhook:
    events = ["person.changed", "person.merged"]
    made, _secret = Webhook.make("Orbis", f"http://127.0.0.1:{listener.server_port}/ici", events, by=malo)
    return made


def come_back() -> None:
    Dispatch.objects.filter(state="waiting").update(due_at=timezone.now())


def test_what_happens_is_told_signed_and_only_once(webhook, listener, school, amelie):
    send_dispatches()
    send_dispatches()

    (headers, body), *others = listener.heard
    lower = {name.lower(): value for name, value in headers.items()}
    signed = f"{lower['webhook-id']}.{lower['webhook-timestamp']}.{body}".encode()
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    proof = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert others == []
    assert lower["webhook-signature"] == f"v1,{proof}"
    assert json.loads(body)["type"] == "person.changed"
    assert json.loads(body)["data"] == {"person": amelie.public_id}
    assert not {"Amélie", "Hervé", "courriel"} & set(body.replace('"', " ").split())


def test_nothing_is_told_that_was_not_asked_or_happened_before(webhook, listener, school, amelie):
    Webhook.objects.update(made_at=timezone.now() + timedelta(seconds=1))

    send_dispatches()

    assert listener.heard == []


def test_two_persons_who_become_one_are_both_named(webhook, listener, school, amelie, solenn):
    other = known(school, "Amélie", "Herve")
    merge(other, amelie, by=solenn, reason="Le même nom.")

    send_dispatches()

    told = [json.loads(body) for _headers, body in listener.heard]
    merged = [each["data"] for each in told if each["type"] == "person.merged"]
    assert merged == [{"person": amelie.public_id, "gone": other.public_id, "kept": amelie.public_id}]


def test_a_deaf_machine_is_called_again_later_and_later_then_left_alone(webhook, listener, amelie):
    listener.status = 500
    send_dispatches()
    first = Dispatch.objects.get()

    send_dispatches()  # not due yet
    assert (len(listener.heard), first.attempts, first.status) == (1, 1, 500)
    for _wait in WAITS:
        come_back()
        send_dispatches()
    first.refresh_from_db()

    assert (first.state, len(listener.heard), first.failure) == ("given_up", 1 + len(WAITS), "It answered 500.")
    assert len({body for _headers, body in listener.heard}) == 1
    assert len({headers["webhook-id"] for headers, _body in listener.heard}) == 1


def test_a_machine_that_never_answers_is_suspended_and_may_be_started_again(webhook, listener, amelie, malo):
    listener.status = 500
    send_dispatches()
    for _message in range(3):
        dispatch = Dispatch.try_out(webhook, by=malo)
        Dispatch.objects.filter(pk=dispatch.pk).update(attempts=len(WAITS))
        send_dispatches()
    webhook.refresh_from_db()
    assert webhook.state == "suspended"
    assert Entry.objects.about(webhook).of_verb("webhook.suspended").exists()
    with pytest.raises(Refused):
        Dispatch.try_out(webhook, by=malo)

    listener.status = 200
    webhook.start(by=malo)
    dispatch.refresh_from_db()
    dispatch.webhook.refresh_from_db()
    dispatch.send_again(by=malo)
    send_dispatches()
    dispatch.refresh_from_db()

    assert (dispatch.state, dispatch.status) == ("taken", 200)


def test_a_network_that_was_not_allowed_is_never_called(webhook, listener, amelie, settings):
    settings.WEBHOOK_NETWORKS = ()

    send_dispatches()

    assert listener.heard == []
    assert "private network" in Dispatch.objects.get().failure


def test_the_secret_is_not_readable_in_the_base_and_can_be_renewed(webhook, malo):
    before, sealed = webhook.secret, webhook.sealed

    after = webhook.renew(by=malo)

    assert before not in sealed
    assert after not in Webhook.objects.get().sealed
    assert Webhook.objects.get().secret == after != before


def test_a_secret_that_cannot_be_read_any_more_is_said_and_keeps_nobody_waiting(
    webhook, listener, school, malo, settings
):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret of the instance", []
    readable, _secret = Webhook.make("Ici aussi", f"{webhook.url}/bis", webhook.events, by=malo)
    known(school, "Amélie", "Hervé")

    send_dispatches()

    assert len(listener.heard) == Dispatch.objects.filter(webhook=readable).count() == 1
    assert "cannot be read any more" in Dispatch.objects.get(webhook=webhook).failure


def test_what_was_told_is_forgotten_after_a_month(webhook, listener, amelie):
    send_dispatches()
    Dispatch.objects.update(made_at=timezone.now() - timedelta(days=31))
    say({"headline": "Archiviste"}, source=amelie.records.first().source, by="the tests", person=amelie)
    listener.status = 500
    send_dispatches()

    forget_answers()

    assert [each.state for each in Dispatch.objects.all()] == ["waiting"]
