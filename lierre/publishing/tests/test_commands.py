"""What machines and administrators type: lines of JSON in, lines of JSON out."""

import json
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lierre.publishing.models import Account, Delivery, Post, Rule
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

    assert (status, told) == (
        1, [{"refused": "The network does not accept this key: look whether it was copied whole, and whose it is."}],
    )  # fmt: skip


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


BAD = [
    b'{"account": "univ", "text": 7}', b'{"account": "univ", "parts": "abc"}', b'{"account": 5, "text": "a"}',
    b'{"account": {"univ": 1}, "text": "a"}', b'{"account": [], "text": "a"}', b'{"account": "univ", "text": "a\\u0000b"}',
    b'{"account": "univ", "text": "\\ud83c"}', b'{"account": "univ", "text": "a", "at": 5}',
    b'{"account": "univ", "text": "a", "at": "0001-01-01T00:00:00+14:00"}',
    b'{"account": "univ", "text": "a", "language": "french"}',
    b'{"account": "univ", "text": "a", "reference": {"a": 1}}', b'{"account": "univ", "text": "a", "media": 5}',
    b'{"account": "univ", "text": "a", "reference": "' + b"r" * 101 + b'"}', b'{"account": "univ", "text": "\xe9t\xe9"}',
    b"[" * 100_000, b"7", b'{"account": "univ"}', b'{"account": "nobody", "text": "a"}', b'{"account": "univ", "text": " "}',
]  # fmt: skip


def test_no_line_however_bad_keeps_a_good_one_from_leaving(univ, monkeypatch):
    good = [
        b'\xef\xbb\xbf{"account": "univ", "text": "Un"}',
        b'{"account": ["univ", "univ"], "text": "Deux", "reference": 7}',
    ]
    given = TextIOWrapper(BytesIO(b"\n".join([good[0], *BAD, b"", good[1]])), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", given)

    status, told = lierre("publish", "--json")

    assert status == 1
    assert [each["line"] for each in told if "refused" in each] == list(range(2, len(BAD) + 2))
    assert all(each["refused"][0].isupper() or each["refused"][0] == "“" for each in told if "refused" in each)
    assert [post.parts for post in Post.objects.order_by("pk")] == [["Un"], ["Deux"]]


def test_an_archived_account_takes_nothing_that_would_never_leave(univ, monkeypatch):
    univ.write(archived_at=timezone.now())

    status, told = lierre("publish", "--json", given='{"account": "univ", "text": "Un"}\n', monkeypatch=monkeypatch)

    assert (status, told) == (1, [{"line": 1, "refused": "univ is archived: nothing leaves for it any more."}])
    assert not Post.objects.exists()


def test_the_charter_advises_a_command_and_blocks_what_the_institution_decided_to_block(univ, monkeypatch):
    rule = {"kind": "avoid", "why": "Nobody understands it."}
    Rule.objects.create(name="Jargon", words=["synergie"], severity="blocks", **rule)
    Rule.objects.create(name="Anglicisms", words=["challenge"], severity="advice", replacement="défi", **rule)
    texts = ["Une synergie", "Un challenge", "Portes ouvertes"]
    given = "".join(json.dumps({"account": "univ", "text": text}) + "\n" for text in texts)

    status, told = lierre("publish", "--json", given=given, monkeypatch=monkeypatch)

    assert (status, told[0]["line"]) == (1, 1)
    assert told[0]["refused"].startswith("The charter blocks “synergie”: Jargon.")
    assert [(each["rule"], each["passage"], each["instead"]) for each in told[1]["charter"]] == [
        ("Anglicisms", "challenge", "défi")
    ]
    assert told[2]["charter"] == []
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    "written",
    [b"token-univ", b"\xef\xbb\xbftoken-univ\r\n", b'{"access_token": "token-univ", "token_type": "Bearer"}\n'],
)
def test_a_key_is_read_in_whatever_file_it_was_kept(world, db, tmp_path, written):
    (tmp_path / "key").write_bytes(written)
    words = ["--account", "univ", "--token-file", str(tmp_path / "key"), "--base-url", world.address, "--json"]

    status, told = lierre("network", "connect", "mastodon", *words)

    assert (status, told[0]["connected"]) == (0, True)


@pytest.mark.parametrize("written", [None, b"", b"\xff\xfe\x00", b"{}", b"not a key " * 9])
def test_a_file_that_holds_no_key_ends_with_a_sentence(db, tmp_path, written):
    if written is not None:
        (tmp_path / "key").write_bytes(written)

    status, told = lierre(
        "network", "connect", "mastodon", "--account", "univ", "--token-file", str(tmp_path / "key"), "--json"
    )

    assert (status, [*told[0]]) == (1, ["refused"])


def test_a_text_is_read_as_it_was_written_but_for_the_mark_of_its_editor(univ, tmp_path):
    file = tmp_path / "text"
    file.write_bytes(b"\xef\xbb\xbf" + "Été  \r\n".encode())

    _status, (told,) = lierre("publish", "--account", "univ", "--text-file", str(file), "--json")

    assert (told["text_hash"], Post.objects.get().parts) == (hash_of("Été  \r\n"), ["Été  \r\n"])


@pytest.mark.parametrize(
    ("written", "said"),
    [(None, "No such file or directory"), (b"\xe9t\xe9", "is not a text in UTF-8"), (b" \n", "no text")],
)
def test_a_file_that_holds_no_text_ends_with_a_sentence(univ, tmp_path, written, said):
    file = tmp_path / "text"
    if written is not None:
        file.write_bytes(written)

    status, told = lierre("publish", "--account", "univ", "--text-file", str(file), "--json")

    assert (status, [*told[0]], said in told[0]["refused"]) == (1, ["refused"], True)
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("at", "due"),
    [("2027-03-28T02:30", None), ("2027-03-28T03:30", "2027-03-28T01:30:00+00:00"),
     ("2026-10-25T02:30", "2026-10-25T00:30:00+00:00"), ("2027-03-28T02:30+01:00", "2027-03-28T01:30:00+00:00")],
)  # fmt: skip
def test_an_hour_that_no_clock_shows_is_refused_and_the_one_that_comes_twice_is_the_first(univ, monkeypatch, at, due):
    given = json.dumps({"account": "univ", "text": "Bonjour", "at": at}) + "\n"

    status, (told,) = lierre("publish", "--json", given=given, monkeypatch=monkeypatch)

    if due is None:
        assert (status, "does not exist" in told["refused"]) == (1, True)
    else:
        assert (status, Post.objects.get().due_at.isoformat()) == (0, due)


@pytest.mark.parametrize("words", [["check"], ["check", "404"]])
def test_a_row_that_is_not_named_or_not_there_ends_with_a_sentence(db, words):
    with pytest.raises(CommandError, match="row"):
        call_command("outbox", *words)


@pytest.mark.parametrize(
    ("address", "said"),
    [("not-an-address", "This address cannot be called"), ("http://10.0.0.7", "This address cannot be called"),
     ("", "This address cannot be called"), ("http://127.0.0.1:9", "The server does not answer")],
)  # fmt: skip
def test_a_server_that_cannot_be_asked_is_said_so(db, settings, tmp_path, address, said):
    settings.ALLOW_LOOPBACK = True
    (tmp_path / "key").write_text("token-univ")
    words = ["--account", "univ", "--token-file", str(tmp_path / "key"), "--base-url", address, "--json"]

    status, told = lierre("network", "connect", "mastodon", *words)

    assert (status, told[0]["refused"].startswith(said)) == (1, True)


def test_two_servers_that_number_their_accounts_alike_are_two_accounts(world, db, tmp_path):
    """The first account of a server is often its number one."""
    (tmp_path / "key").write_text("token-univ")
    here, there = world.address, world.address.replace("127.0.0.1", "localhost")

    def connected(name, address):
        words = ["--account", name, "--token-file", str(tmp_path / "key"), "--base-url", address, "--json"]
        return lierre("network", "connect", "mastodon", *words)[0]

    statuses = [connected(name, address) for name, address in (("a", here), ("b", there), ("b", there), ("c", here))]
    given = "".join(json.dumps({"account": name, "text": f"De {name}"}) + "\n" for name in ("a", "b"))
    with pytest.MonkeyPatch.context() as patch:
        lierre("publish", "--json", given=given, monkeypatch=patch)
    world.faults.next = ["commit-drop", "commit-drop"]
    call_command("work", "--once", stdout=StringIO())

    assert statuses == [0, 0, 0, 1]
    assert [row.state for row in Delivery.objects.order_by("pk")] == ["confirmed", "confirmed"]
    assert lierre("network", "check", "b", "--json")[0] == 0
