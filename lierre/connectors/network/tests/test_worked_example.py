"""The network that docs/connectors shows whole, installed as a package of its own, publishes and is never there twice."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from uuid import uuid4

import pytest

from lierre.connectors.network import (
    Attempts,
    AuthorisationLost,
    Invalid,
    Key,
    Link,
    Message,
    Network,
    UnknownOutcome,
    Verdict,
    registry,
)
from simulators.faults import Fault, Faults
from simulators.serving import Request, Response, living

EXAMPLE = Path(__file__).parents[4] / "docs/connectors/noticeboard"


@dataclass
class Screens:
    """The server that the example speaks to."""

    notices: dict[str, dict] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    address: str = ""

    def publishes(self, request: Request) -> bool:
        return request.method == "PUT"

    def refusal(self, fault: Fault) -> Response:
        return Response(429)

    def answer(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer the token":
            return Response(401, {"error": "who are you?"})
        if request.path == "/board":
            return Response(200, {"name": "Hall", "characters": 200})
        key = request.path.rsplit("/", 1)[-1]
        match request.method:
            case "PUT" if key not in self.notices or self.notices[key]["text"] == request.json["text"]:
                self.notices[key] = request.json | {"seen": 12}
                return Response(201, {})
            case "PUT":
                return Response(409, {"error": "another text"})
            case "DELETE":
                return Response(204 if self.notices.pop(key, None) else 404)
        return Response(200, self.notices[key]) if key in self.notices else Response(404, {"error": "no such notice"})


@pytest.fixture
def noticeboard(tmp_path, monkeypatch) -> Iterator[Network]:
    """Installed: its module, and what its pyproject.toml declares, found as those of any package."""
    declared = (EXAMPLE / "pyproject.toml").read_text().partition('"lierre.networks"]\n')[2].splitlines()[0]
    name, _equals, where = declared.partition(" = ")
    told = tmp_path / "lierre_noticeboard-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: lierre-noticeboard\nVersion: 1.0\n")
    where = where.strip('"')
    (told / "entry_points.txt").write_text(f"[lierre.networks]\n{name} = {where}\n")
    (tmp_path / "lierre_noticeboard.py").write_text((EXAMPLE / "lierre_noticeboard.py").read_text())
    monkeypatch.syspath_prepend(str(tmp_path))
    registry.networks.cache_clear()
    yield registry.network("noticeboard")
    registry.networks.cache_clear()
    sys.modules.pop("lierre_noticeboard", None)


@pytest.fixture
def screens(settings) -> Iterator[Screens]:
    settings.ALLOW_LOOPBACK = True
    simulator = Screens()
    with living(simulator):
        yield simulator


@pytest.fixture
def account(noticeboard, screens):
    return noticeboard.authorise(Key("the token", "hall", screens.address))[0]


def once():
    return Attempts(1, datetime.now(UTC), datetime.now(UTC))


def test_it_is_a_network_like_ours(noticeboard):
    assert isinstance(noticeboard, Network)
    assert {"mastodon", "bluesky", "linkedin", "facebook", "manual", "website", "noticeboard"} == {*registry.networks()}


def test_it_publishes_and_says_how_many_saw_it(noticeboard, account, screens):
    message = Message("Portes ouvertes", str(uuid4()), link=Link("https://ubn.example/jpo"))

    receipt = noticeboard.publish(account, noticeboard.prepare(account, message, datetime.now(UTC)))

    assert screens.notices[receipt.id]["text"] == "Portes ouvertes\n\nhttps://ubn.example/jpo"
    assert [metric.value for metric in noticeboard.fetch_metrics(account, [receipt])] == [12]
    assert (account.name, noticeboard.limits(account).text) == ("Hall", 200)
    assert noticeboard.adopt(account, receipt.permalink).id == receipt.id
    noticeboard.delete(account, receipt)
    noticeboard.delete(account, receipt)
    assert screens.notices == {}


@pytest.mark.parametrize("fault", [Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.DROP_BEFORE])
def test_nobody_answered_and_it_is_there_once(noticeboard, account, screens, fault):
    prepared = noticeboard.prepare(account, Message("Portes ouvertes", str(uuid4())), datetime.now(UTC))
    screens.faults.strike(fault)
    with pytest.raises(UnknownOutcome):
        noticeboard.publish(account, prepared)

    verdict = noticeboard.confirm(account, prepared, once()).verdict
    if verdict == Verdict.AGAIN:
        noticeboard.publish(account, prepared, once())

    assert verdict == (Verdict.AGAIN if fault == Fault.DROP_BEFORE else Verdict.CONFIRMED)
    assert [*screens.notices] == [prepared.key]


def test_its_refusals_are_told_apart(noticeboard, account, screens):
    prepared = noticeboard.prepare(account, Message("Un texte", "key"), datetime.now(UTC))
    other = noticeboard.prepare(account, Message("Un autre", "key"), datetime.now(UTC))
    noticeboard.publish(account, prepared)

    with pytest.raises(Invalid):
        noticeboard.publish(account, other)
    assert noticeboard.confirm(account, other, once()).verdict == Verdict.PERSON
    with pytest.raises(AuthorisationLost):
        noticeboard.authorise(Key("false", "hall", screens.address))


def test_a_package_that_is_broken_takes_nothing_else_down(caplog):
    """Nor one that says another name than its own, or that of a network of ours."""
    broken = [
        EntryPoint("gone", "not_there:Network", registry.GROUP),
        EntryPoint("other", "lierre.connectors.mastodon:Mastodon", registry.GROUP),
        EntryPoint("mastodon", "lierre.connectors.mastodon:Mastodon", registry.GROUP),
        EntryPoint("text", "builtins:str", registry.GROUP),
    ]

    assert list(registry.brought(broken)) == []
    assert len(caplog.records) == 4
    assert not entry_points(group=registry.GROUP)
