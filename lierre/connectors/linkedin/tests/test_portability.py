"""A member's own data at LinkedIn: read page by page, only what is needed, and a 404 takes nothing away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from lierre.connectors.linkedin import (
    DOMAINS,
    Application,
    Door,
    Expired,
    NotAllowed,
    Throttled,
    Unreachable,
    changes_since,
    snapshot,
)
from lierre.connectors.linkedin.tests.simulator import TOKEN, LinkedIn, living

PROFILE = {"First Name": "Camille", "Last Name": "Exemple", "Headline": "Chargée de projet", "Summary": ""}
JOB = {"Company Name": "Armor Énergies", "Title": "Cheffe de projet", "Started On": "Jan 2024", "Finished On": ""}
OTHER_JOB = {"Company Name": "Observatoire des ports", "Title": "Statisticienne", "Started On": "2019"}


@pytest.fixture
def linkedin() -> Iterator[LinkedIn]:
    with living(LinkedIn({"PROFILE": [[PROFILE]], "POSITIONS": [[JOB], [OTHER_JOB]]})) as simulator:
        yield simulator


def door(linkedin: LinkedIn, token: str = TOKEN) -> Door:
    return Door(token, linkedin.address)


def test_each_domain_is_read_page_after_page_until_there_is_none(linkedin):
    found = snapshot(door(linkedin))

    assert found.rows["POSITIONS"] == (
        {"Company Name": "Armor Énergies", "Title": "Cheffe de projet", "Started On": "Jan 2024"}, OTHER_JOB,
    )  # fmt: skip
    assert found.is_gathered
    assert [query["start"] for _path, query in linkedin.asked if query["domain"] == "POSITIONS"] == ["0", "1", "2"]


def test_only_what_a_record_needs_is_asked_for(linkedin):
    linkedin.pages |= {"CONNECTIONS": [[{"First Name": "Maëlle"}]], "INBOX": [[{"CONTENT": "un secret"}]]}

    found = snapshot(door(linkedin))

    assert {query["domain"] for _path, query in linkedin.asked} == {*DOMAINS}
    assert not {"CONNECTIONS", "INBOX"} & {*DOMAINS, *found.rows}


def test_what_was_not_asked_for_is_not_taken_were_it_given(linkedin):
    body = {"elements": [{"snapshotDomain": "CONNECTIONS", "snapshotData": [{"First Name": "Maëlle"}]}]}
    linkedin.answers = [(200, body, {})]

    assert "Maëlle" not in str(snapshot(door(linkedin)))


def test_a_domain_that_answers_nothing_is_silent_and_nothing_more(linkedin):
    found = snapshot(door(linkedin))

    assert {"SKILLS", "EDUCATION"} <= set(found.silent)
    assert "SKILLS" not in found.rows


def test_nothing_is_gathered_yet(linkedin):
    linkedin.pages = {}

    found = snapshot(door(linkedin))

    assert (found.is_gathered, found.rows) == (False, {})


def test_its_files_are_those_of_the_archive(linkedin):
    files = snapshot(door(linkedin)).files()

    assert files["Positions.csv"][1] == OTHER_JOB
    assert [*files] == ["Profile.csv", "Positions.csv"]


@pytest.mark.parametrize(
    ("status", "refusal"), [(401, Expired), (403, NotAllowed), (429, Throttled), (426, Unreachable), (500, Unreachable)]
)
def test_a_refusal_in_the_middle_is_not_half_a_snapshot(linkedin, status, refusal):
    fine = {"elements": [{"snapshotDomain": "PROFILE", "snapshotData": [PROFILE]}]}
    linkedin.answers = [(200, fine, {}), (status, {"message": "no"}, {})]

    with pytest.raises(refusal):
        snapshot(door(linkedin))


def test_a_false_token_is_told_so(linkedin):
    with pytest.raises(Expired) as told:
        snapshot(door(linkedin, "another"))

    assert told.value.code == "INVALID_ACCESS_TOKEN"


def test_asked_too_often_it_waits_until_midnight_at_the_latest(linkedin):
    linkedin.answers = [(429, {"message": "Resource level throttle limit"}, {"Retry-After": "120"})]

    with pytest.raises(Throttled) as told:
        snapshot(door(linkedin))

    assert told.value.until <= datetime.now(UTC) + timedelta(minutes=2)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"elements": 3}', b""])
def test_what_is_no_answer_is_no_data(linkedin, body):
    linkedin.answers = [(200, body, {})]

    with pytest.raises(Unreachable):
        snapshot(door(linkedin))


def test_nobody_answers():
    with living(LinkedIn()) as gone:
        address = gone.address

    with pytest.raises(Unreachable):
        snapshot(Door(TOKEN, address))


@pytest.mark.parametrize(
    "address", ["http://elsewhere.example", "http://api.linkedin.com", "https://api.linkedin.com.example"]
)
def test_a_token_goes_nowhere_but_to_linkedin(address):
    with pytest.raises(ValueError, match="neither LinkedIn nor this machine"):
        Door(TOKEN, address)


def test_a_door_does_not_say_its_key():
    assert TOKEN not in repr(Door(TOKEN))


def event(number: int, at: datetime, resource: str = "people") -> dict[str, object]:
    moment = int(at.timestamp() * 1000)
    return {"id": number, "processedAt": moment, "capturedAt": moment, "resourceName": resource, "method": "UPDATE"}


def test_changes_are_read_each_once_through_pages(linkedin):
    start = datetime.now(UTC) - timedelta(days=2)
    linkedin.events = [event(number, start + timedelta(minutes=number)) for number in range(120)]

    found = changes_since(door(linkedin), start)

    assert [change.number for change in found] == list(range(120))


def test_what_was_seen_is_not_told_again(linkedin):
    start = datetime.now(UTC) - timedelta(days=1)
    linkedin.events = [event(1, start), event(2, start), event(3, start + timedelta(hours=1))]

    assert [change.number for change in changes_since(door(linkedin), start, seen={1, 2})] == [3]


def test_many_changes_at_one_moment_do_not_turn_in_circles(linkedin):
    start = datetime.now(UTC) - timedelta(days=1)
    linkedin.events = [event(number, start) for number in range(80)]

    assert len(changes_since(door(linkedin), start)) == 50


def test_only_the_career_rings_the_bell(linkedin):
    start = datetime.now(UTC) - timedelta(days=1)
    linkedin.events = [
        event(1, start, "people/languages"), event(2, start, "messages"), event(3, start, "socialActions/comments"),
    ]  # fmt: skip

    assert [change.number for change in changes_since(door(linkedin), start) if change.is_about_the_career] == [1]


def test_too_old_a_moment_is_brought_into_the_window(linkedin):
    changes_since(door(linkedin), datetime(2020, 1, 1, tzinfo=UTC))

    start = int(linkedin.asked[0][1]["startTime"]) / 1000
    assert datetime.fromtimestamp(start, UTC) > datetime.now(UTC) - timedelta(days=28)


def test_an_application_exchanges_a_code_for_a_token(linkedin):
    linkedin.codes = {"once": "r_dma_portability_3rd_party"}
    ours = Application("us", "the secret", linkedin.address)

    token = ours.token("once", "https://ubn.example/retour/")

    assert (token.value, token.opens_portability) == (TOKEN, True)
    assert token.expires_at > datetime.now(UTC) + timedelta(days=59)
    assert TOKEN not in repr(token)
    with pytest.raises(Expired):
        ours.token("once", "https://ubn.example/retour/")


def test_a_token_for_something_else_is_seen(linkedin):
    linkedin.codes = {"once": "openid,profile"}

    assert not Application("us", "the secret", linkedin.address).token("once", "x").opens_portability
