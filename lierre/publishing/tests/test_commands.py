"""What machines and administrators type: lines of JSON in, lines of JSON out."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from lierre.publishing.models import Account, Delivery, Post
from lierre.publishing.models.delivery import hash_of

pytestmark = pytest.mark.django_db


def lierre(*words, given=None, monkeypatch=None):
    if given is not None:
        monkeypatch.setattr("sys.stdin", StringIO(given))
    out = StringIO()
    try:
        call_command(*words, stdout=out)
        status = 0
    except SystemExit as end:
        status = end.code
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_account_is_connected_and_looked_at(world, db, tmp_path):
    file = tmp_path / "key"
    file.write_text("token-univ\n")

    _status, connected = lierre(
        "network",
        "connect",
        "mastodon",
        "--account",
        "univ",
        "--token-file",
        str(file),
        "--base-url",
        world.address,
        "--json",
    )
    _status, checked = lierre("network", "check", "univ", "--json")

    assert (connected[0]["account"], connected[0]["connected"]) == ("univ", True)
    assert (checked[0]["open"], checked[0]["missing"]) == (True, [])
    assert Account.objects.get().limits["text"] == 500


def test_a_false_key_ends_with_a_sentence(world, db, tmp_path):
    file = tmp_path / "key"
    file.write_text("false")

    status, told = lierre(
        "network",
        "connect",
        "mastodon",
        "--account",
        "univ",
        "--token-file",
        str(file),
        "--base-url",
        world.address,
        "--json",
    )

    assert status == 1
    assert "refused" in told[0]


def test_lines_of_json_become_posts_and_bad_ones_are_put_aside(univ, monkeypatch):
    lines = [
        {"account": "univ", "text": "Bonjour « à tous »", "reference": "a-1"},
        {"account": "unknown", "text": "Rien"},
        {"account": "univ", "text": "Encore", "at": "demain"},
        {"account": "univ", "parts": ["Un", "Deux"], "at": "2030-01-01T09:00:00+01:00"},
    ]
    given = "\n".join(json.dumps(line) for line in lines) + "\nnot json\n"

    status, told = lierre("publish", "--json", given=given, monkeypatch=monkeypatch)

    assert status == 1
    assert [each.get("line") for each in told] == [None, 2, 3, None, None, 5]
    assert told[0]["text_hash"] == hash_of("Bonjour « à tous »")
    assert Post.objects.count() == 2


def test_a_reference_said_twice_is_written_once(univ, monkeypatch):
    line = json.dumps({"account": "univ", "text": "Bonjour", "reference": "a-1"}) + "\n"

    lierre("publish", "--json", given=line, monkeypatch=monkeypatch)
    lierre("publish", "--json", given=line, monkeypatch=monkeypatch)

    assert Post.objects.count() == 1


def test_the_outbox_tells_each_row_with_its_proof(world, univ, tmp_path):
    file = tmp_path / "text"
    file.write_bytes("Bonjour\r\nà tous".encode())
    lierre("publish", "--account", "univ", "--text-file", str(file), "--json")
    call_command("work", "--once", stdout=StringIO())

    _status, (row,) = lierre("outbox", "--json")

    assert (row["state"], row["account"], row["attempts"]) == ("confirmed", "univ", 1)
    assert row["text_hash"] == hash_of("Bonjour\r\nà tous")
    assert row["permalink"] == world.mastodon.statuses[0]["url"]


def test_a_row_in_doubt_is_looked_for_at_once(world, univ):
    from lierre.publishing.outbox.lane import Outbox
    from lierre.publishing.tests.conftest import approved

    world.mastodon.lag = 3600.0
    world.faults.next = ["commit-drop"]
    approved("Bonjour", univ)
    Outbox().once()
    world.mastodon.lag = 0.0

    _status, (row,) = lierre("outbox", "check", str(Delivery.objects.get().pk), "--json")

    assert row["state"] == "confirmed"
