"""A university publishes on a real server that speaks as Mastodon, keeps no key, and takes very long texts."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lierre.connectors.mastodon import statuses
from lierre.connectors.network import (
    Attempts,
    AuthorisationLost,
    Code,
    Credentials,
    Guard,
    Held,
    Invalid,
    Key,
    Media,
    Message,
    NotSupported,
    Reaction,
    UnknownOutcome,
    Verdict,
    network,
)
from simulators.between import Between
from simulators.faults import Fault
from simulators.serving import living
from tests.networks.mastodon import BACK
from tests.networks.pictures import picture

mastodon = network("mastodon")


def says(text, **besides):
    return Message(text, str(uuid4()), language="fr", **besides)


def publish(account, message):
    prepared = mastodon.prepare(account, message, datetime.now(UTC))
    return mastodon.publish(account, prepared), prepared


def once():
    now = datetime.now(UTC)
    return Attempts(1, now, now)


def online(server, account, text):
    rows = server.asks("ubn", "GET", f"/api/v1/accounts/{account.id}/statuses", params={"limit": 40})
    return [row for row in rows if row["text"] == text]


def eventually(look):
    """Servers tell one another in their own time."""
    for _time in range(300):
        if look():
            return
        time.sleep(0.1)
    raise AssertionError("never")


def test_a_server_says_what_it_is_and_how_much_it_takes(mastodon_account):
    limits = mastodon.limits(mastodon_account)

    assert "snac" in limits.server
    assert (limits.text, limits.media, limits.url_counts_for) == (100_000, 4, 32)
    assert limits.fetched_at is not None
    # It calls itself 4.0.0, and keeps no key: only its own list can be trusted.
    assert mastodon.capabilities(limits).guard == Guard.LISTING


def test_somebody_consents_there_and_the_account_is_opened(mastodon_server, settings):
    settings.ALLOW_LOOPBACK = True
    ours = mastodon.application(mastodon_server.url, BACK)
    page = mastodon.where_to_authorise(ours, BACK, "seal", "a verifier of some length that nobody else knows of")

    code = mastodon_server.consented("ubn", page.removeprefix(mastodon_server.url))
    verifier = "a verifier of some length that nobody else knows of"
    (account,) = mastodon.authorise(Code(code, BACK, ours, verifier))

    assert account.handle == f"ubn@{mastodon_server.url.removeprefix('http://')}"
    assert account.credentials.token not in repr(account)
    assert mastodon_server.consented("ubn", page.removeprefix(mastodon_server.url), password="wrong") == ""
    with pytest.raises(AuthorisationLost):
        mastodon.authorise(Code("nobody consented", BACK, mastodon.application(mastodon_server.url, BACK)))


def test_a_message_is_online_with_its_picture_and_what_it_says_to_those_who_do_not_see_it(
    mastodon_server, mastodon_account, tmp_path
):
    media = Media(picture(tmp_path), "image/png", "Affiche verte de la journée portes ouvertes", width=64, height=48)
    text = f"Journée portes ouvertes 🎓 le 12 mars — <b>venez</b> ! {uuid4()} #JPO"

    receipt, _prepared = publish(mastodon_account, says(text, media=(media,)))

    (row,) = online(mastodon_server, mastodon_account, text)
    assert (row["id"], row["url"]) == (receipt.id, receipt.permalink)
    assert row["media_attachments"][0]["description"] == "Affiche verte de la journée portes ouvertes"


def test_parts_follow_one_another(mastodon_server, mastodon_account):
    first, _ = publish(mastodon_account, says(f"Un fil {uuid4()}", parts=2))

    second, _ = publish(mastodon_account, says("La suite", part=2, parts=2, after=first, first=first))

    row = mastodon_server.asks("ubn", "GET", f"/api/v1/statuses/{second.id}")
    assert row["in_reply_to_id"] == first.id


def test_nobody_answered_and_the_message_is_found_in_our_own_list(mastodon_server, mastodon_account):
    """The server published, then the connection was cut: sent again, it would be there twice."""
    text = f"Rentrée solennelle {uuid4()}\n\nÀ *18 heures*, au grand amphithéâtre."
    between = Between(mastodon_server.url, "/api/v1/statuses")
    with living(between) as address:
        account = replace(mastodon_account, address=address)
        prepared = mastodon.prepare(account, says(text), datetime.now(UTC))
        for fault in (Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500):
            between.faults.strike(fault)
            attempts = once()
            with pytest.raises(UnknownOutcome):
                mastodon.publish(account, prepared)

            found = mastodon.confirm(account, prepared, attempts)

            (row,) = online(mastodon_server, mastodon_account, text)
            assert (found.verdict, found.receipt.id) == (Verdict.CONFIRMED, row["id"])
            prepared = mastodon.prepare(account, says(text := f"Une autre {uuid4()}"), datetime.now(UTC))


def test_what_is_not_in_the_list_is_waited_for_then_shown_to_somebody(mastodon_account):
    prepared = mastodon.prepare(mastodon_account, says(f"Jamais partie {uuid4()}"), datetime.now(UTC))
    now = datetime.now(UTC)

    just = mastodon.confirm(mastodon_account, prepared, Attempts(1, now, now))
    minute, hours = now - timedelta(seconds=61), now - timedelta(hours=2)
    later = mastodon.confirm(mastodon_account, prepared, Attempts(1, minute, minute))
    too_late = mastodon.confirm(mastodon_account, prepared, Attempts(1, hours, hours))

    assert (just.verdict, just.ask_again_at > now) == (Verdict.WAIT, True)
    # No list proves that something is not there: nothing is sent again by itself.
    assert (later.verdict, later.ask_again_at > now) == (Verdict.PERSON, True)
    assert (too_late.verdict, too_late.ask_again_at) == (Verdict.PERSON, None)


def test_two_that_are_alike_are_told_apart_by_those_we_know(mastodon_account):
    message = says(f"Chaque semaine, la même chose {uuid4()}")
    first, prepared = publish(mastodon_account, message)
    second, _ = publish(mastodon_account, message)

    unsure = mastodon.confirm(mastodon_account, prepared, once())
    sure = mastodon.confirm(mastodon_account, prepared, replace(once(), known=frozenset({first.id})))

    assert unsure.verdict == Verdict.PERSON
    assert {each.id for each in unsure.candidates} == {first.id, second.id}
    assert (sure.verdict, sure.receipt.id) == (Verdict.CONFIRMED, second.id)


def test_beyond_a_page_each_of_our_statuses_is_read_once(mastodon_account, monkeypatch):
    """This server gives everything at once, whatever page is asked for."""
    monkeypatch.setattr(statuses, "PAGE", 2)
    for _time in range(3):
        publish(mastodon_account, says(f"Statut {uuid4()}"))

    receipt, prepared = publish(mastodon_account, says(f"Le dernier {uuid4()}"))
    found = mastodon.confirm(mastodon_account, prepared, once())

    assert (found.verdict, found.receipt.id) == (Verdict.CONFIRMED, receipt.id)


def test_a_false_token_holds_the_message_and_refuses_nothing(mastodon_server, mastodon_account):
    prepared = mastodon.prepare(mastodon_account, says("Bonjour"), datetime.now(UTC))
    false = replace(mastodon_account, credentials=Credentials("false"))

    with pytest.raises(AuthorisationLost):
        mastodon.publish(false, prepared)
    with pytest.raises(AuthorisationLost):
        mastodon.check(false)
    with pytest.raises(AuthorisationLost):
        mastodon.authorise(Key("false", address=mastodon_server.url))


def test_the_address_that_somebody_pastes_is_the_proof(mastodon_server, mastodon_account):
    receipt, _ = publish(mastodon_account, says(f"Publiée à la main {uuid4()}"))

    assert mastodon.adopt(mastodon_account, f" {receipt.permalink} ").id == receipt.id
    with pytest.raises(Invalid):
        mastodon.adopt(mastodon_account, f"{mastodon_server.url}/ubn/p/123")
    with pytest.raises(Invalid):
        mastodon.adopt(mastodon_account, "https://mastodon.example/@ubn/1")


def test_what_others_do_is_heard_and_counted(mastodon_server, mastodon_account):
    mastodon_server.asks("amelie", "POST", f"/api/v1/accounts/{mastodon_account.id}/follow")
    receipt, _ = publish(mastodon_account, says(f"Qui vient ? {uuid4()}"))
    sent = {"status": "@ubn Moi !", "in_reply_to_id": receipt.id}
    mastodon_server.asks("amelie", "POST", "/api/v1/statuses", data=sent)

    def answers():
        items = mastodon.fetch_interactions(mastodon_account).items
        return [each.text for each in items if each.about == receipt.id and each.kind == Reaction.ANSWER]

    eventually(answers)
    eventually(
        lambda: {each.name: each.value for each in mastodon.fetch_metrics(mastodon_account, [receipt])}["answers"]
    )
    figures = {each.name: each.value for each in mastodon.fetch_metrics(mastodon_account, [receipt])}

    assert answers() == [f"@{mastodon_account.handle} Moi !"]
    # And answered where it was said.
    asked = next(each for each in mastodon.fetch_interactions(mastodon_account).items if each.about == receipt.id)
    answer, _ = publish(mastodon_account, says(f"À midi {uuid4()}", after=asked.after, first=asked.first))
    there = mastodon_server.asks("ubn", "GET", f"/api/v1/statuses/{answer.id}")
    assert there["in_reply_to_id"] == asked.after.id != receipt.id
    assert (figures["likes"], figures["answers"]) == (0, 1)
    # How many saw it is not communicated: that is not zero.
    assert figures["impressions"] is None


def test_heard_once_it_is_not_heard_again(mastodon_account):
    first = mastodon.fetch_interactions(mastodon_account)

    again = mastodon.fetch_interactions(mastodon_account, first.cursor)

    assert first.items[-1].id not in {each.id for each in again.items}


def test_a_server_that_deletes_nothing_is_not_believed_to_have_deleted(mastodon_account):
    receipt, _ = publish(mastodon_account, says(f"À effacer {uuid4()}"))

    with pytest.raises(NotSupported):
        mastodon.delete(mastodon_account, receipt)
    mastodon.delete(mastodon_account, replace(receipt, id="never-there"))


def test_health_tells_who_it_is(mastodon_server, mastodon_account):
    health = mastodon.check(mastodon_account)

    assert (health.expires_at, health.missing) == (None, ())
    assert health.handle == mastodon_account.handle
    assert "snac" in health.server


def test_a_server_of_this_machine_is_not_called_unless_it_is_allowed(mastodon_account, settings):
    settings.ALLOW_LOOPBACK = False
    with pytest.raises(Held):
        mastodon.limits(mastodon_account)
