"""Who is let in, how often, and that what was sent twice counts once."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.interchange.models import IdempotencyKey, Token
from lierre.interchange.models.token import RATE, digest_of
from lierre.people.models import Import, Record

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_and_only_its_hash_is_kept(solenn):
    _token, text = Token.make("Orbis", ["persons:read"], by=solenn)

    kept = Token.objects.get()
    assert text.startswith("lierre_")
    assert (kept.digest, kept.hint) == (digest_of(text), f"{text[:11]}…")
    assert text not in str({field.name: getattr(kept, field.name) for field in Token._meta.fields})
    assert Entry.objects.of_verb("token.made").get().details["scopes"] == ["persons:read"]


def test_nobody_gives_a_machine_what_they_may_not_do_themselves(malo, solenn):
    for owner, scopes in ((malo, ["persons:read"]), (solenn, ["persons:read", "everything"]), (solenn, [])):
        with pytest.raises(Refused):
            Token.make("Orbis", scopes, by=owner)
    assert not Token.objects.exists()


def test_two_machines_never_bear_the_same_name(solenn):
    Token.make("Orbis", ["persons:read", "persons:write"], by=solenn)[0].revoke(by=solenn)

    with pytest.raises(Refused, match="name"):
        Token.make("Orbis", ["persons:read"], by=solenn)


def test_the_door_is_closed_to_false_dead_and_revoked_tokens(machine, client, solenn):
    asking = machine(solenn, "persons:read")
    answers = [asking.get("/api/v1/me").status_code]
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answers.append(asking.get("/api/v1/me").status_code)
    Token.objects.update(expires_at=timezone.now() + timedelta(days=1))
    solenn.deactivate(by="the tests", why="")
    answers.append(asking.get("/api/v1/me").status_code)
    solenn.reactivate(by="the tests", why="")
    asking.token.revoke(by=solenn)
    answers.append(asking.get("/api/v1/me").status_code)
    client.force_login(solenn)
    answers.append(client.get("/api/v1/me").status_code)

    assert answers == [200, 401, 401, 401, 401]
    assert "Show a token" in client.get("/api/v1/me", headers={"accept-language": "en"}).json()["detail"]


def test_a_role_that_is_withdrawn_takes_its_scopes_away_at_once(machine, solenn, amelie):
    asking = machine(solenn, "persons:read")
    solenn.roles.all().delete()

    assert asking.get("/api/v1/persons").json()["scope"] == "persons:read"
    assert (asking.get("/api/v1/me").json()["scopes"], asking.get("/api/v1/me").json()["lost_scopes"]) == (
        [],
        ["persons:read"],
    )


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/persons", "persons:read"), ("GET", "/persons/{}", "persons:read"),
        ("GET", "/persons/{}/records", "records:read"),
        ("POST", "/persons/{}/records", "persons:write"), ("GET", "/persons/{}/consents", "consents:read"),
        ("GET", "/sources", "sources:read"), ("GET", "/imports", "imports:read"),
        ("POST", "/imports/1/rehearsal", "imports:write"),
        ("POST", "/imports/1/application", "imports:write"), ("GET", "/segments", "segments:read"),
    ],
)  # fmt: skip
def test_each_operation_asks_for_its_scope(machine, solenn, amelie, method, path, scope):
    others = [name for name in ("persons:read", "segments:read") if name != scope]
    sent = {"facts": {"headline": "Archiviste"}} if method == "POST" else None

    answer = machine(solenn, *others).ask(method, "/api/v1" + path.format(amelie.public_id), sent)

    assert (answer.status_code, answer.json().get("scope")) == (403, scope)
    assert f'scope="{scope}"' in answer["WWW-Authenticate"]


def test_a_machine_that_asks_too_often_is_told_when_to_come_back(machine, solenn):
    asking = machine(solenn, "persons:read")
    first = asking.get("/api/v1/me")
    Token.objects.update(spent=RATE, window=Token.present_window())
    late = asking.get("/api/v1/me")
    Token.objects.update(window=Token.present_window() - 1)
    after = asking.get("/api/v1/me")

    assert first["RateLimit-Remaining"] == after["RateLimit-Remaining"] == str(RATE - 1)
    assert late.status_code in {429, 200}  # 200 when the minute has turned between the two lines
    assert late.status_code == 200 or 0 < int(late["Retry-After"]) <= 60


def test_what_is_not_understood_is_a_problem_too(machine, solenn):
    asking = machine(solenn, "persons:read", "persons:write")
    answers = [
        asking.get("/api/v1/nulle-part"), asking.ask("DELETE", "/api/v1/me"), asking.get("/api/v1/persons/zzzzzzzzzzzz"),
        asking.client.post("/api/v1/persons/x/records", b"\xff{", content_type="application/json",
                           headers={"authorization": f"Bearer {asking.text}"}),
        asking.client.post("/api/v1/persons/x/records", b"a" * 3_000_000, content_type="application/json",
                           headers={"authorization": f"Bearer {asking.text}"}),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [404, 405, 404, 400, 413]
    assert {answer["Content-Type"] for answer in answers} == {"application/problem+json"}
    assert answers[1]["Allow"] == "GET"


def test_what_is_sent_twice_with_one_key_is_done_once(machine, solenn, amelie):
    asking, path = machine(solenn, "persons:write"), reverse("api:records", args=[amelie.public_id])
    before, said = Record.objects.count(), {"facts": {"headline": "Archiviste"}}

    first = asking.post(path, said, **{"idempotency-key": "a"})
    second = asking.post(path, said, **{"idempotency-key": "a"})
    other = asking.post(path, {"facts": {"headline": "Libraire"}}, **{"idempotency-key": "a"})
    third = asking.post(path, said, **{"idempotency-key": "b"})

    assert (first.status_code, second.status_code, third.status_code) == (201, 201, 201)
    assert (second.content, second["Location"], second["Idempotency-Replayed"]) == (
        first.content,
        first["Location"],
        "true",
    )
    assert (other.status_code, other.json()["type"]) == (422, "urn:lierre:problem:key_reused")
    assert Record.objects.count() == before + 2


def test_a_refusal_is_not_kept_and_a_request_under_way_is_said(machine, solenn, amelie):
    asking, path = machine(solenn, "persons:write"), reverse("api:records", args=[amelie.public_id])

    refused = asking.post(path, {"facts": {}}, **{"idempotency-key": "a"})
    done = asking.post(path, {"facts": {"headline": "Archiviste"}}, **{"idempotency-key": "a"})
    IdempotencyKey.objects.update(status=None)
    waits = asking.post(path, {"facts": {"headline": "Archiviste"}}, **{"idempotency-key": "a"})

    assert [refused.status_code, done.status_code, waits.status_code] == [409, 201, 409]
    assert waits["Retry-After"] == "5"
    assert asking.post(path, {}, **{"idempotency-key": "a" * 256}).status_code == 400


def test_a_file_is_brought_rehearsed_and_applied_once(machine, solenn, school):
    asking = machine(solenn, "imports:read", "imports:write", "sources:read")

    def bring():
        file = BytesIO("Nom;Prénom;Courriel\nTanguy;Gaëlle;gaelle@courriel.example\n".encode())
        file.name = "liste.csv"
        return asking.post("/api/v1/imports", {"file": file, "source": school.pk}, **{"idempotency-key": "a"})

    first, second = bring(), bring()

    told = asking.get(first["Location"]).json()
    assert (first.status_code, first.content) == (201, second.content)
    assert Import.objects.count() == 1
    assert (told["source"], told["files"], told["work"]) == ("Scolarité", ["liste.csv"], None)
    assert asking.get("/api/v1/imports").json()["imports"][0]["id"] == told["id"]
    again = asking.post(f"{first['Location']}/application")
    assert (again.status_code, again.json()["type"]) == (409, "urn:lierre:problem:refused")


def test_a_file_that_nobody_can_read_is_refused_and_leaves_nothing(machine, solenn):
    file = BytesIO(b"")
    file.name = "rien.csv"

    answer = machine(solenn, "imports:write").post("/api/v1/imports", {"file": file})

    assert answer.status_code in {409, 422}
    assert not Import.objects.exists()


def test_a_rehearsal_is_asked_and_followed(machine, solenn, university):
    from lierre.people.models import Source
    from tests.house import apogee_file

    Source.objects.get_or_create(name="Scolarité", defaults={"kind": "school", "siglum": "S"})
    imported = apogee_file(solenn)
    asking = machine(solenn, "imports:read", "imports:write")

    asked = asking.post(f"/api/v1/imports/{imported.pk}/application")

    assert (asked.status_code, asked.json()["work"]["state"]) == (202, "waiting")
    assert asked.json()["counts"]["new"] > 0
    assert Entry.objects.of_verb("work.asked").latest("id").by_name.startswith("API machine")
