"""A university publishes on a real server of Bluesky: each message once, whatever happens to the line."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lierre.connectors.network import (
    Attempts,
    AuthorisationExpired,
    AuthorisationLost,
    Credentials,
    Guard,
    Invalid,
    Key,
    Link,
    Media,
    MediaLost,
    Message,
    NotSent,
    Parts,
    RateLimited,
    UnknownOutcome,
    Verdict,
    fresh,
    network,
)
from simulators.between import Between
from simulators.faults import Fault
from simulators.serving import living
from tests.networks.pictures import picture

bluesky = network("bluesky")
PUBLISHING = "/xrpc/com.atproto.repo.putRecord"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def says(text, **besides):
    return Message(text, str(uuid4()), language="fr", **besides)


def publish(account, message):
    return bluesky.publish(account, bluesky.prepare(account, message, NOON))


def once():
    return Attempts(1, datetime.now(UTC), datetime.now(UTC))


def test_a_message_is_online_whole(bluesky_server, bluesky_account, tmp_path):
    """With its language, its links and tags by the byte, its picture, and what is said to those who do not see it."""
    text = "Rentrée à l’université 🎓 https://ubn.example/rentree, avec #étudiants et @personne.test."
    media = Media(picture(tmp_path), "image/png", "Une affiche verte", width=64, height=48)

    receipt = publish(bluesky_account, says(text, media=(media,)))

    (row,) = bluesky_server.posts(bluesky_account.id)
    record, raw = row["value"], text.encode()
    shown = [raw[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode() for each in record["facets"]]
    assert (row["uri"], row["cid"]) == (receipt.id, receipt.also["cid"])
    assert (record["text"], record["langs"], record["createdAt"]) == (text, ["fr"], "2026-11-26T12:00:00.000Z")
    assert shown == ["https://ubn.example/rentree", "#étudiants"]
    assert record["embed"]["images"][0]["alt"] == "Une affiche verte"
    assert record["embed"]["images"][0]["aspectRatio"] == {"width": 64, "height": 48}


def test_somebody_who_is_there_is_mentioned_by_their_identity(bluesky_server, bluesky_account):
    handle, _password = bluesky_server.account()

    publish(bluesky_account, says(f"Bravo @{handle} !"))

    (row,) = bluesky_server.posts(bluesky_account.id)
    (facet,) = row["value"]["facets"]
    assert facet["features"][0]["did"].startswith("did:plc:")


def test_a_link_has_a_card_that_we_make(bluesky_server, bluesky_account, tmp_path):
    image = Media(picture(tmp_path), "image/png")
    link = Link("https://ubn.example/jpo", "Portes ouvertes", "Le 12 mars, de 9 heures à 17 heures", image)

    publish(bluesky_account, says("Venez", link=link))

    external = bluesky_server.posts(bluesky_account.id)[0]["value"]["embed"]["external"]
    assert (external["uri"], external["title"]) == ("https://ubn.example/jpo", "Portes ouvertes")
    assert external["thumb"]["mimeType"] == "image/png"


def test_an_image_of_a_card_that_is_too_heavy_does_not_keep_the_message(bluesky_server, bluesky_account, tmp_path):
    heavy = picture(tmp_path)
    heavy.write_bytes(heavy.read_bytes() + b"\0" * 1_000_000)
    message = says("Venez", link=Link("https://ubn.example/jpo", "Portes ouvertes", image=Media(heavy, "image/png")))

    publish(bluesky_account, message)

    assert [remark.code for remark in bluesky.measure(message, bluesky.usual_limits()).lost] == ["thumbnail"]
    assert "thumb" not in bluesky_server.posts(bluesky_account.id)[0]["value"]["embed"]["external"]


def test_parts_are_a_thread(bluesky_server, bluesky_account):
    first = publish(bluesky_account, says("Un fil", parts=3))
    second = publish(bluesky_account, says("La suite", part=2, parts=3, after=first, first=first))
    publish(bluesky_account, says("La fin", part=3, parts=3, after=second, first=first))

    by_text = {row["value"]["text"]: row["value"] for row in bluesky_server.posts(bluesky_account.id)}
    assert by_text["La fin"]["reply"]["root"]["uri"] == first.id
    assert by_text["La fin"]["reply"]["parent"]["uri"] == second.id


@pytest.mark.parametrize("fault", [Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.COMMIT_THEN_502])
def test_nobody_answered_and_it_stands_at_its_place(bluesky_server, bluesky_account, fault):
    between = Between(bluesky_server.url, PUBLISHING)
    with living(between) as address:
        account = replace(bluesky_account, address=address)
        prepared = bluesky.prepare(account, says("Une seule fois"), NOON)
        between.faults.strike(fault)
        with pytest.raises(UnknownOutcome):
            bluesky.publish(account, prepared)

        confirmed = bluesky.confirm(account, prepared, once())
        again = bluesky.publish(account, prepared, once())

    (row,) = bluesky_server.posts(bluesky_account.id)
    assert (confirmed.verdict, confirmed.receipt.id) == (Verdict.CONFIRMED, row["uri"])
    assert (again.id, again.adopted, again.also) == (row["uri"], True, {"cid": row["cid"]})


def test_cut_before_it_is_sent_again(bluesky_server, bluesky_account):
    between = Between(bluesky_server.url, PUBLISHING)
    with living(between) as address:
        account = replace(bluesky_account, address=address)
        prepared = bluesky.prepare(account, says("Une seule fois"), NOON)
        between.faults.strike(Fault.DROP_BEFORE)
        with pytest.raises(UnknownOutcome):
            bluesky.publish(account, prepared)

        assert bluesky.confirm(account, prepared, once()).verdict == Verdict.AGAIN
        assert not bluesky.publish(account, prepared, once()).adopted

    assert len(bluesky_server.posts(bluesky_account.id)) == 1


def test_five_at_once_are_one(bluesky_server, bluesky_account):
    prepared = bluesky.prepare(bluesky_account, says("Cinq à la fois"), NOON)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(bluesky.publish(bluesky_account, prepared))) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({receipt.id for receipt in found}) == len(bluesky_server.posts(bluesky_account.id)) == 1


def test_prepared_twice_it_keeps_its_place(bluesky_server, bluesky_account):
    """Killed before it was kept, it is prepared again: the place is drawn from the key and the time."""
    message = says("Une seule fois")

    first = publish(bluesky_account, message)
    second = publish(bluesky_account, message)

    assert first.id == second.id
    assert len(bluesky_server.posts(bluesky_account.id)) == 1


def test_edited_since_it_is_still_ours(bluesky_server, bluesky_account):
    prepared = bluesky.prepare(bluesky_account, says("Avec une fote"), NOON)
    receipt = bluesky.publish(bluesky_account, prepared)
    edited = prepared.payload["record"] | {"text": "Avec une faute"}
    place = {"repo": bluesky_account.id, "collection": "app.bsky.feed.post", "rkey": prepared.payload["place"]}
    token = bluesky_account.credentials.token
    assert bluesky_server.asks("com.atproto.repo.putRecord", token, json=place | {"record": edited}).is_success

    assert bluesky.publish(bluesky_account, prepared, once()).id == receipt.id
    assert "edited" in bluesky.confirm(bluesky_account, prepared, once()).why


def test_what_is_too_long_is_refused_and_was_said_before(bluesky_account):
    message = says("👩‍👩‍👧‍👦" * 280)

    counts = bluesky.measure(message, bluesky.usual_limits()).counts
    with pytest.raises(Invalid):
        publish(bluesky_account, message)

    # Not too many signs, and too many bytes.
    assert [(each.unit, each.fits) for each in counts] == [("graphemes", True), ("bytes", False)]
    assert bluesky.measure(says("é" * 300), bluesky.usual_limits()).fits
    publish(bluesky_account, says("é" * 300))
    with pytest.raises(Invalid):
        publish(bluesky_account, says("é" * 301))


def test_a_picture_that_vanished_is_handed_over_again(bluesky_server, bluesky_account, tmp_path):
    message = says("Une affiche", media=(Media(picture(tmp_path), "image/png", "Une affiche"),))
    prepared = bluesky.prepare(bluesky_account, message, NOON)
    record = prepared.payload["record"]
    blob = record["embed"]["images"][0]["image"]
    lost = blob | {"ref": {"$link": "bafkreibabalobzn6cd366ukcsjycp4yymjymgfxcv6xczmlgpemzkz3cfa"}}
    image = record["embed"]["images"][0] | {"image": lost}
    gone = replace(
        prepared, payload=prepared.payload | {"record": record | {"embed": record["embed"] | {"images": [image]}}}
    )

    with pytest.raises(MediaLost):
        bluesky.publish(bluesky_account, gone)
    again = bluesky.prepare(bluesky_account, message, NOON, gone)

    assert again.payload["place"] == gone.payload["place"]
    bluesky.publish(bluesky_account, again)
    assert len(bluesky_server.posts(bluesky_account.id)) == 1


def test_deleted_it_is_gone_and_deleting_again_is_nothing(bluesky_server, bluesky_account):
    receipt = publish(bluesky_account, says("À effacer"))

    bluesky.delete(bluesky_account, receipt)
    bluesky.delete(bluesky_account, receipt)

    assert bluesky_server.posts(bluesky_account.id) == []


def test_a_wrong_password_and_a_false_token_are_told(bluesky_server, bluesky_account):
    with pytest.raises(AuthorisationLost):
        bluesky.authorise(Key("wrong", bluesky_account.handle, bluesky_server.url))
    prepared = bluesky.prepare(bluesky_account, says("Bonjour"), NOON)
    with pytest.raises(AuthorisationExpired):
        bluesky.publish(replace(bluesky_account, credentials=Credentials("false")), prepared)


def test_asked_too_often_it_waits(bluesky_server, bluesky_account):
    between = Between(bluesky_server.url, PUBLISHING)
    with living(between) as address:
        account = replace(bluesky_account, address=address)
        prepared = bluesky.prepare(account, says("Plus tard"), NOON)
        between.faults.strike(Fault.TOO_MANY, Fault.TOO_MANY_UNTIL)
        for _time in range(2):
            with pytest.raises(RateLimited) as told:
                bluesky.publish(account, prepared)

    assert told.value.retry_at < datetime.now(UTC) + timedelta(seconds=5)


class Drawer:
    """Where the keys are kept in these tests."""

    def __init__(self, credentials):
        self.credentials, self.lock, self.written = credentials, threading.Lock(), 0

    def read(self):
        return self.credentials

    def write(self, credentials):
        self.credentials, self.written = credentials, self.written + 1

    @contextmanager
    def alone(self):
        with self.lock:
            yield


def test_keys_are_renewed_by_one_at_a_time(bluesky_server, bluesky_account):
    """The token that renews serves once: five that find the session dead renew it once."""
    keeper = Drawer(replace(bluesky_account.credentials, token=bluesky_account.credentials.token[:-4] + "AAAA"))
    messages = [bluesky.prepare(bluesky_account, says(f"Message {number}"), NOON) for number in range(5)]

    def leave(prepared):
        fresh(bluesky, bluesky_account, keeper, lambda account: bluesky.publish(account, prepared))

    threads = [threading.Thread(target=leave, args=(each,)) for each in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert keeper.written == 1
    assert len(bluesky_server.posts(bluesky_account.id)) == 5


def test_a_session_that_ends_soon_is_renewed_before(bluesky_account):
    ending = replace(bluesky_account.credentials, expires_at=datetime.now(UTC) + timedelta(seconds=30))
    keeper = Drawer(ending)

    name = fresh(bluesky, bluesky_account, keeper, lambda account: bluesky.check(account).handle)

    assert (name, keeper.written) == (bluesky_account.handle, 1)
    assert keeper.credentials.expires_at > datetime.now(UTC) + timedelta(minutes=30)


def test_a_renewal_whose_answer_was_lost_does_not_close_the_account(bluesky_account):
    """The app password, kept with the rest, opens another session."""
    lost = replace(bluesky_account.credentials, refresh="false", token="false")

    renewed = bluesky.refresh(replace(bluesky_account, credentials=lost))

    assert bluesky.check(replace(bluesky_account, credentials=renewed)).handle == bluesky_account.handle
    with pytest.raises(AuthorisationExpired):
        bluesky.refresh(replace(bluesky_account, credentials=replace(lost, kept={})))


def test_the_address_that_somebody_pastes_is_the_proof(bluesky_account):
    receipt = publish(bluesky_account, says("Publiée à la main"))

    assert bluesky.adopt(bluesky_account, receipt.permalink).id == receipt.id
    by_handle = receipt.permalink.replace(bluesky_account.id, bluesky_account.handle)
    assert bluesky.adopt(bluesky_account, by_handle).id == receipt.id
    for other in ("https://bsky.app/profile/other.test/post/3k", receipt.permalink[:-1], "https://bsky.app/"):
        with pytest.raises(Invalid):
            bluesky.adopt(bluesky_account, other)


def test_a_server_without_a_view_of_the_network_counts_nothing(bluesky_account):
    """It says so: no figure is made up."""
    receipt = publish(bluesky_account, says("Combien ?"))

    with pytest.raises(NotSent):
        bluesky.fetch_metrics(bluesky_account, [receipt])


def test_it_tells_what_it_can():
    able = bluesky.capabilities()

    assert (able.guard, able.parts, able.guarded_for) == (Guard.RECORD, Parts.THREAD, None)
    assert "impressions" not in able.metrics
