"""A page publishes on a simulator of Facebook, which has no guard at all: what nobody confirmed is read back, or asked."""

import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from uuid import uuid4

import pytest

from lierre.connectors.facebook.line import refusal
from lierre.connectors.facebook.posts import published
from lierre.connectors.http import Reply
from lierre.connectors.network import (
    Application,
    Attempts,
    AuthorisationLost,
    Code,
    Duplicate,
    Forged,
    Gone,
    Invalid,
    Key,
    Link,
    Media,
    Message,
    NotSent,
    PolicyBlocked,
    RateLimited,
    RoleLost,
    ScopeMissing,
    UnknownOutcome,
    Verdict,
    VersionGone,
    network,
)
from lierre.connectors.network.line import Line
from simulators.facebook import PAGE, refused, transient
from simulators.faults import Fault
from simulators.serving import Response
from tests.networks.pictures import picture

facebook = network("facebook")


def prepared(account, text="Bonjour à tous", **besides):
    return facebook.prepare(account, Message(text, str(uuid4()), **besides), datetime.now(UTC))


def publish(account, *words, **besides):
    return facebook.publish(account, prepared(account, *words, **besides))


def tried(seconds, times=1):
    moment = datetime.now(UTC) - timedelta(seconds=seconds)
    return Attempts(times, moment, moment)


def test_the_token_of_somebody_opens_the_pages_on_which_they_write(server):
    """Ours is on the second piece of the list; the next piece is asked at the Graph, not where it says."""
    (ubn,) = facebook.authorise(Key(server.user_token, PAGE))

    assert (ubn.id, ubn.name) == (PAGE, "Université de Bretagne-Nord")
    assert ubn.credentials.token == server.token
    with pytest.raises(ScopeMissing):
        facebook.authorise(Key(server.user_token, "404"))


def test_the_token_of_a_page_opens_this_page(server, ubn):
    assert (ubn.id, ubn.credentials.token) == (PAGE, server.token)
    with pytest.raises(AuthorisationLost):
        facebook.authorise(Key("false"))


def test_somebody_consents_and_comes_back_with_a_code(server, settings):
    settings.FACEBOOK_PAGES = ("us", "the secret")
    ours = facebook.application("", "https://ubn.example/retour/")

    (ubn,) = facebook.authorise(Code("once", "https://ubn.example/retour/", ours))

    assert ubn.id == PAGE
    assert facebook.check(ubn).missing == ("pages_manage_posts",)
    assert "pages_manage_posts" in facebook.where_to_authorise(Application("us"), "https://ubn.example/retour/", "seal")


def test_a_link_has_a_field_of_its_own(server, ubn):
    receipt = publish(ubn, "Venez", link=Link("https://ubn.example/jpo"))

    assert (server.posts[receipt.id]["message"], server.posts[receipt.id]["link"]) == (
        "Venez",
        "https://ubn.example/jpo",
    )
    assert receipt.permalink == server.posts[receipt.id]["permalink_url"]


def test_photos_are_laid_aside_then_shown_by_the_post(server, ubn, tmp_path):
    files = tuple(Media(picture(tmp_path, f"{n}.png"), "image/png", f"Image {n}") for n in (1, 2))

    receipt = publish(ubn, "Deux images", media=files, link=Link("https://ubn.example/jpo"))

    post = server.posts[receipt.id]
    assert [server.photos[each] for each in post["photos"]] == [
        {"alt": f"Image {n}", "published": "false"} for n in (1, 2)
    ]
    assert post["message"] == "Deux images\n\nhttps://ubn.example/jpo"


def test_photos_that_nothing_shows_are_taken_away(server, ubn, tmp_path):
    server.heaviest = 1_000
    heavy = tmp_path / "lourde.png"
    heavy.write_bytes(b"a" * 2_000)
    files = (Media(picture(tmp_path), "image/png", "Une"), Media(heavy, "image/png", "Deux"))

    with pytest.raises(Invalid):
        prepared(ubn, "Deux images", media=files)

    assert server.photos == {}


def test_a_video_is_handed_over_in_pieces_and_seen_at_the_last_word(server, ubn, tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(range(256)) * 10_000)
    message = prepared(ubn, "Un film", media=(Media(film, "video/mp4"),))
    assert server.posts == {}

    receipt = facebook.publish(ubn, message)

    (post,) = server.posts.values()
    assert bytes(server.videos[post["video"]]) == film.read_bytes()
    assert receipt.also["video"] == post["video"]


@pytest.mark.parametrize("fault", [Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.COMMIT_THEN_502])
def test_nobody_answered_and_it_is_found_in_the_list_of_the_page(server, ubn, fault):
    message = prepared(ubn)
    server.faults.strike(fault)
    with pytest.raises(UnknownOutcome):
        facebook.publish(ubn, message)

    found = facebook.confirm(ubn, message, tried(0))

    assert (found.verdict, [found.receipt.id]) == (Verdict.CONFIRMED, [*server.posts])


def test_try_again_later_is_no_word_to_be_believed():
    """Seven copies were online once, for this answer."""
    told = transient()

    assert isinstance(refusal(Reply(told.status, {}, told.body)), UnknownOutcome)
    assert isinstance(refusal(Reply(400, {}, refused(1, "unknown error").body)), UnknownOutcome)


def test_a_late_list_is_waited_for_then_somebody_looks(server, ubn):
    server.lag = 20
    message = prepared(ubn)
    server.faults.strike(Fault.COMMIT_THEN_DROP)
    with pytest.raises(UnknownOutcome):
        facebook.publish(ubn, message)

    assert facebook.confirm(ubn, message, tried(1)).verdict == Verdict.WAIT
    asked = facebook.confirm(ubn, message, tried(60))
    assert (asked.verdict, asked.ask_again_at is None) == (Verdict.PERSON, False)
    server.seen_at = dict.fromkeys(server.posts, 0.0)
    assert facebook.confirm(ubn, message, tried(60)).verdict == Verdict.CONFIRMED


def test_a_list_that_is_not_opened_to_us_asks_somebody_and_closes_nothing(server, ubn):
    post = prepared(ubn)
    server.listed = lambda _fields: refused(10, "(#10) requires pages_read_engagement", None, 403)

    assert facebook.confirm(ubn, post, tried(60)).verdict == Verdict.PERSON


def test_a_list_of_several_pages_is_read_until_the_moment_it_may_have_left(server, ubn):
    began = datetime.now(UTC)
    post = prepared(ubn)
    receipt = facebook.publish(ubn, post)
    for number in range(7):
        publish(ubn, f"Autre chose {number}")
    whole = server.listed

    def some(fields):
        rows, first = whole(fields).json["data"], int(fields.get("after", 0))
        next_one = {"cursors": {"after": str(first + 3)}, "next": "https://graph.facebook.com/elsewhere"}
        told = {"data": rows[first : first + 3]} | ({"paging": next_one} if len(rows) > first + 3 else {})
        return Response(200, told)

    server.listed = some

    found = facebook.confirm(ubn, post, Attempts(1, began, began))
    assert (found.verdict, found.receipt.id) == (Verdict.CONFIRMED, receipt.id)


class Late:
    """The Graph, with a clock that is three hours late and says so."""

    def call(self, *_words, **_sent):
        there = datetime.now(UTC) - timedelta(hours=3)
        row = {"id": "1_2", "created_time": there.strftime("%Y-%m-%dT%H:%M:%S+0000"), "message": "Bonjour"}
        return Reply(200, {"date": format_datetime(there, usegmt=True)}, json.dumps({"data": [row]}).encode())


def test_what_it_dates_is_read_on_its_own_clock(ubn):
    since = datetime.now(UTC) - timedelta(minutes=2)

    assert [row["id"] for row in published(Line(Late(), {}, refusal), ubn, since)] == ["1_2"]


def test_two_that_are_alike_are_shown_to_somebody(server, ubn):
    first, second = publish(ubn, "Chaque semaine"), publish(ubn, "Chaque semaine")

    unsure = facebook.confirm(ubn, prepared(ubn, "Chaque semaine"), tried(0))
    sure = facebook.confirm(ubn, prepared(ubn, "Chaque semaine"), replace(tried(0), known=frozenset({first.id})))

    assert (unsure.verdict, len(unsure.candidates)) == (Verdict.PERSON, 2)
    assert sure.receipt.id == second.id


def test_a_twin_that_is_refused_is_ours_when_we_tried_before(server, ubn):
    message = prepared(ubn)
    server.faults.strike(Fault.COMMIT_THEN_500)
    with pytest.raises(UnknownOutcome):
        facebook.publish(ubn, message)
    server.twins = True

    assert facebook.publish(ubn, message, tried(60)).adopted
    with pytest.raises(Duplicate):
        facebook.publish(ubn, prepared(ubn))
    assert len(server.posts) == 1


@pytest.mark.parametrize(
    ("number", "sub", "kind"),
    [(190, 460, AuthorisationLost), (190, 463, AuthorisationLost), (190, 492, RoleLost), (102, None, AuthorisationLost),
     (10, None, ScopeMissing), (200, None, ScopeMissing), (3, None, ScopeMissing), (4, None, RateLimited),
     (32, None, RateLimited), (80_001, None, RateLimited), (613, None, RateLimited), (100, None, Invalid), (100, 33, Gone),
     (368, None, PolicyBlocked), (100, 1_390_008, PolicyBlocked), (506, None, Duplicate), (100, 1_366_051, Duplicate),
     (2_635, None, VersionGone), (2, None, UnknownOutcome), (100, 1_363_047, UnknownOutcome)],
)  # fmt: skip
def test_errors_are_told_apart_by_their_numbers(number, sub, kind):
    """Whatever their sentence says: one with 490 in it was once read as a dead token."""
    told = refused(number, "error 490 190 token", sub)

    assert type(refusal(Reply(told.status, {}, told.body))) is kind


@pytest.mark.parametrize("said", [{"error": {"code": 32, "message": "Page request limit reached"}}, {}])
def test_asked_too_often_it_waits_as_long_as_it_is_told(said):
    told = refusal(Reply(429, {"retry-after": "2"}, json.dumps(said).encode()))

    assert isinstance(told, RateLimited)
    assert told.retry_at < datetime.now(UTC) + timedelta(seconds=3)


def test_each_refusal_holds_or_waits(server, ubn, settings):
    message = prepared(ubn)
    server.faults.retry_after = 10  # minutes, here
    server.faults.strike(Fault.TOO_MANY_UNTIL, Fault.UNAUTHORISED_ONCE)
    with pytest.raises(RateLimited) as told:
        facebook.publish(ubn, message)
    assert told.value.retry_at > datetime.now(UTC) + timedelta(minutes=9)
    with pytest.raises(NotSent):  # open when it is looked at again
        facebook.publish(ubn, message)
    server.dead = 460
    with pytest.raises(AuthorisationLost):
        facebook.publish(ubn, message)
    server.dead = 0
    server.missing = {"pages_manage_posts"}
    with pytest.raises(ScopeMissing):
        facebook.publish(ubn, message)
    settings.FACEBOOK_VERSION = "v12.0"
    with pytest.raises(VersionGone):
        facebook.publish(ubn, message)
    assert server.posts == {}


def test_a_first_comment_is_found_again_when_its_answer_was_lost(server, ubn):
    first = publish(ubn, "Une annonce", parts=2)
    message = prepared(ubn, "Le programme", part=2, parts=2, after=first, first=first)
    server.faults.strike(Fault.COMMIT_THEN_DROP)
    with pytest.raises(UnknownOutcome):
        facebook.publish(ubn, message)

    found = facebook.confirm(ubn, message, tried(0))

    assert (found.verdict, len(server.posts[first.id]["comments"])) == (Verdict.CONFIRMED, 1)


def test_figures_are_asked_one_by_one(server, ubn):
    receipt = publish(ubn, "Combien ?")
    server.figures[receipt.id] = {"reactions": 7, "shares": 2, "post_media_view": 500}
    server.retired |= {"post_clicks"}

    found = {each.name: each.value for each in facebook.fetch_metrics(ubn, [receipt])}

    # What was retired, and what is not told, are not zero.
    assert (found["likes"], found["reposts"], found["impressions"], found["clicks"], found["reach"]) == (
        7,
        2,
        500,
        None,
        None,
    )
    assert found["followers"] == 12_000


def test_what_the_page_says_itself_is_no_reaction(server, ubn):
    receipt = publish(ubn, "Qui vient ?")
    server.comment(receipt.id, {"message": "Moi !"}, author="amelie")
    server.comment(receipt.id, {"message": "Bienvenue"})

    heard = facebook.fetch_interactions(ubn)

    assert [(each.text, each.about) for each in heard.items] == [("Moi !", receipt.id)]


def test_a_webhook_is_believed_when_it_is_signed():
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": "1_2",
        "post_id": f"{PAGE}_1",
        "created_time": 1_449_135_003,
    }
    body = json.dumps(
        {"object": "page", "entry": [{"id": PAGE, "changes": [{"field": "feed", "value": value}]}]}
    ).encode()
    signature = "sha256=" + hmac.new(b"the secret", body, sha256).hexdigest()

    (event,) = facebook.verify_webhook({"X-Hub-Signature-256": signature}, body, "the secret")

    assert (event.kind, event.about) == ("feed.comment.add", f"{PAGE}_1")
    for headers, told in (({"X-Hub-Signature-256": signature}, body + b" "), ({}, body)):
        with pytest.raises(Forged):
            facebook.verify_webhook(headers, told, "the secret")


def test_the_address_that_somebody_pastes_is_the_proof_and_deleting_twice_is_nothing(server, ubn):
    receipt = publish(ubn, "Publiée à la main")

    number = receipt.id.split("_")[1]
    for link in (
        receipt.permalink,
        f"https://www.facebook.com/ubn/posts/{number}",
        f"https://www.facebook.com/{receipt.id}",
    ):
        assert facebook.adopt(ubn, link).id == receipt.id
    with pytest.raises(Invalid):
        facebook.adopt(ubn, "https://www.facebook.com/ubn/posts/1")
    facebook.delete(ubn, receipt)
    facebook.delete(ubn, receipt)
    assert server.posts == {}


def test_a_link_to_facebook_itself_is_refused_before():
    usual = facebook.usual_limits()

    assert [
        each.code for each in facebook.measure(Message("Voir https://www.facebook.com/ubn", "key"), usual).refused
    ] == ["its_own"]
    assert facebook.measure(Message("a" * 63_206, "key"), usual).fits
    assert not facebook.measure(Message("a" * 63_207, "key"), usual).fits
