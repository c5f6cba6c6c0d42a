"""A page that we may only read, by the right of portability: its figures come, and nothing can be written with its keys."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lierre.connectors.network import Key, Message, Receipt, RoleLost, ScopeMissing, as_plain, from_plain, network
from lierre.connectors.network.account import Credentials
from simulators.linkedin import PAGE
from simulators.linkedin_pages import SCOPE

linkedin = network("linkedin")
ONLINE = "urn:li:share:7100000000000000042"


@pytest.fixture
def readable(server):
    server.scopes = {SCOPE}
    return linkedin.authorise(Key(server.token))[0]


def figures(account, *receipts):
    return {(each.about, each.name): each.value for each in linkedin.fetch_metrics(account, receipts)}


def test_its_keys_say_that_they_only_read_and_still_say_it_once_kept(readable):
    assert (readable.id, readable.credentials.reads_only) == (PAGE, True)
    assert from_plain(Credentials, as_plain(readable.credentials)).reads_only
    assert linkedin.check(readable).missing == ()


def test_the_figures_of_a_post_written_by_hand_come_by_its_address(server, readable):
    server.figures[ONLINE] = {"impressionCount": 500, "clickCount": 12, "likeCount": -2}
    by_hand = Receipt("", f"https://www.linkedin.com/feed/update/{ONLINE}/")

    found = figures(readable, by_hand)

    assert (found["", "impressions"], found["", "clicks"], found["", "likes"]) == (500, 12, -2)
    assert found["", "followers"] == 21_914


def test_what_is_not_told_of_a_post_stays_unknown_and_is_never_zero(readable):
    unknown = Receipt("a post", "https://www.linkedin.com/posts/ubn_rentree-activity-7100000000000000001-abcd")

    assert {value for (about, _name), value in figures(readable, unknown).items() if about} == {None}


def test_nothing_is_written_with_them(readable):
    prepared = linkedin.prepare(readable, Message("Portes ouvertes", str(uuid4())), datetime.now(UTC))

    with pytest.raises(ScopeMissing):
        linkedin.publish(readable, prepared)


def test_whoever_is_no_longer_an_administrator_reads_nothing(server, readable):
    server.role = ""

    with pytest.raises(RoleLost):
        linkedin.check(readable)
