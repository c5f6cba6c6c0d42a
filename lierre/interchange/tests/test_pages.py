"""The pages about machines: a token shown once, a webhook tried, the documentation read in its own schema."""

import pytest
from django.urls import reverse

from lierre.foundation.models.journal import Entry
from lierre.interchange.models import Dispatch, Token, Webhook
from lierre.interchange.schema import schema

pytestmark = pytest.mark.django_db
MACHINES = "/machines/"


def test_a_token_is_shown_once_and_its_owner_answers_for_it(client, solenn):
    client.force_login(solenn)

    asked = {"name": "Orbis", "scopes": ["persons:read", "persons:write"], "days": 30, "voice": "survey"}
    made = client.post(MACHINES, asked)
    after = client.get(MACHINES)

    token = Token.objects.get()
    assert (made.status_code, "no-store" in made["Cache-Control"]) == (201, True)
    assert (token.owner, token.source.kind) == (solenn, "survey")
    shown = next(
        word
        for word in made.text.replace("<", " ").replace(">", " ").split()
        if word.startswith("lierre_") and len(word) > 40
    )
    assert Token.objects.presented(shown) == token
    assert "Orbis" in after.text
    assert shown not in after.text


def test_only_what_one_may_do_is_offered_and_taken(client, malo):
    client.force_login(malo)

    page = client.get(MACHINES)
    refused = client.post(MACHINES, {"name": "Orbis", "scopes": ["persons:read"], "days": 30})

    assert "accounts:read" in page.text
    assert "persons:read" not in page.text
    assert refused.status_code == 422
    assert not Token.objects.exists()


def test_it_takes_back_any_token_and_others_only_their_own(client, solenn, malo, gwenael):
    token, _text = Token.make("Orbis", ["persons:read"], by=solenn)
    other, _text = Token.make("Malo", ["accounts:read"], by=malo)
    client.force_login(solenn)
    not_hers = client.post(reverse("interchange:revoke_token", args=[other.pk]))
    client.force_login(malo)

    client.post(reverse("interchange:revoke_token", args=[token.pk]), follow=True)

    token.refresh_from_db()
    assert not_hers.status_code == 404
    assert (token.state, Entry.objects.of_verb("token.revoked").get().actor_id) == ("revoked", malo.pk)


def test_a_webhook_is_made_tried_stopped_and_forgotten(client, malo, settings):
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8",)
    client.force_login(malo)

    said = {"name": "Orbis", "url": "http://127.0.0.1:9/", "events": ["person.erased"]}
    made = client.post(reverse("interchange:new_webhook"), said)
    webhook = Webhook.objects.get()
    client.post(reverse("interchange:webhook_act", args=[webhook.pk, "essayer"]))
    page = client.get(webhook.get_absolute_url())
    client.post(reverse("interchange:webhook_act", args=[webhook.pk, "arreter"]))
    again = client.post(reverse("interchange:send_again", args=[Dispatch.objects.get().pk]), follow=True)
    client.post(reverse("interchange:forget_webhook", args=[webhook.pk]))

    assert webhook.secret in made.text
    assert webhook.secret not in page.text
    assert "test" in page.text
    assert "Start this webhook first" in again.text
    assert not Webhook.objects.exists()
    assert not Dispatch.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "http://orbis.example/", "https://nom:mot@orbis.example/", "ftp://orbis.example/"]
)
def test_an_address_that_may_not_be_called_is_refused_at_once(client, malo, url):
    client.force_login(malo)

    answer = client.post(reverse("interchange:new_webhook"), {"name": "Orbis", "url": url, "events": ["person.erased"]})

    assert answer.status_code == 422
    assert not Webhook.objects.exists()


def test_the_documentation_says_every_operation_of_the_schema(client, malo):
    client.force_login(malo)

    page = client.get(reverse("interchange:documentation")).text

    for path, operations in schema()["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page
    assert client.get(reverse("api:openapi")).json()["openapi"] == "3.1.0"
