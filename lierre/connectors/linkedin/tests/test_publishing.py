"""A page publishes on a simulator of LinkedIn, made from its documentation: nothing is cut, twice, or lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lierre.connectors.network import (
    Application,
    Attempts,
    AuthorisationLost,
    Code,
    Credentials,
    Duplicate,
    Invalid,
    Key,
    Link,
    Media,
    MediaNotReady,
    Mention,
    Message,
    NotSent,
    RateLimited,
    RoleLost,
    ScopeMissing,
    UnknownOutcome,
    Verdict,
    VersionGone,
    Visibility,
    network,
)
from simulators.faults import Fault
from simulators.linkedin import PAGE, PERSON
from simulators.linkedin_texts import as_read
from tests.networks.pictures import picture

linkedin = network("linkedin")
UNKNOWN = [Fault.COMMIT_THEN_DROP, Fault.COMMIT_THEN_500, Fault.COMMIT_THEN_502]


def prepared(account, text="Bonjour à tous", **besides):
    message = Message(text, str(uuid4()), **besides)
    found = linkedin.prepare(account, message, datetime.now(UTC))
    while found.look_again_at:
        found = linkedin.prepare(account, message, datetime.now(UTC), found)
    return found


def publish(account, *words, **besides):
    return linkedin.publish(account, prepared(account, *words, **besides))


def tried(seconds, times=1):
    moment = datetime.now(UTC) - timedelta(seconds=seconds)
    return Attempts(times, moment, moment)


def unknown(server, account, message, fault):
    server.faults.strike(fault)
    with pytest.raises(UnknownOutcome):
        linkedin.publish(account, message)


def test_a_token_opens_the_pages_that_its_person_manages_then_the_person(server):
    ubn, person = linkedin.authorise(Key(server.token))

    assert (ubn.id, ubn.name, ubn.handle) == (PAGE, "Université de Bretagne-Nord", "ubn")
    assert (person.id, person.name) == (PERSON, "Yann Le Goff")
    assert linkedin.authorise(Key(server.token, PERSON))[0].id == PERSON
    assert linkedin.authorise(Key(server.token, "ubn"))[0].id == PAGE


def test_a_token_that_may_only_write_opens_whom_it_is_said_to_open(server):
    server.scopes = {"w_organization_social"}

    (page,) = linkedin.authorise(Key(server.token, "2414183"))

    assert page.id == PAGE
    with pytest.raises(ScopeMissing):
        linkedin.authorise(Key(server.token))
    receipt = publish(page, "Bonjour")
    assert [receipt.id] == [*server.posts]


def test_somebody_consents_and_comes_back_with_a_code(server, settings):
    server.codes = {"once": "openid,profile,w_member_social"}
    settings.LINKEDIN_PAGES = ("us", "the secret")
    ours = linkedin.application("", "https://ubn.example/retour/")

    (first, *_others) = linkedin.authorise(Code("once", "https://ubn.example/retour/", ours))

    assert first.credentials.expires_at > datetime.now(UTC) + timedelta(days=59)
    assert first.credentials.scopes == {"openid", "profile", "w_member_social"}
    with pytest.raises(AuthorisationLost):
        linkedin.authorise(Code("once", "https://ubn.example/retour/", ours))
    with pytest.raises(AuthorisationLost):  # only approved applications may renew
        linkedin.refresh(first)
    page = linkedin.where_to_authorise(Application("us"), "https://ubn.example/retour/", "seal")
    assert "w_organization_social" in page


def test_nothing_is_cut(server, ubn):
    text = (
        "Rentrée (solennelle) : #JPO, n° #1 — a_b * c ~ d | <e> {f} [g] @h \\ 👩‍👩‍👧‍👦 https://ubn.example/a_(b)?c=d#e"
    )

    receipt = publish(ubn, text)

    assert as_read(server.posts[receipt.id]["commentary"]) == text
    assert receipt.permalink == f"{server.address}/feed/update/{receipt.id}/"


def test_what_is_not_escaped_would_be_cut_without_a_word(server, ubn):
    """The simulator does what the network does: the message that we would not have escaped."""
    message = prepared(ubn, "Rentrée (solennelle)")
    careless = replace(
        message,
        payload={
            **message.payload,
            "body": {**message.payload["body"], "commentary": message.text[:8] + "(solennelle)"},
        },
    )

    receipt = linkedin.publish(ubn, careless)

    assert server.posts[receipt.id]["commentary"] == "Rentrée "


def test_a_card_is_ours_with_its_title_and_its_image(server, ubn, tmp_path):
    image = Media(picture(tmp_path), "image/png")
    link = Link("https://ubn.example/jpo", "Portes ouvertes", "Le 12 mars", image)

    receipt = publish(ubn, "Venez", link=link)

    article = server.posts[receipt.id]["content"]["article"]
    assert (article["source"], article["title"]) == ("https://ubn.example/jpo", "Portes ouvertes")
    assert article["thumbnail"].startswith("urn:li:image:")
    assert server.posts[receipt.id]["commentary"] == "Venez"


def test_images_are_waited_for_and_keep_their_descriptions(server, ubn, tmp_path):
    server.slow_media = 3
    files = tuple(Media(picture(tmp_path, f"{n}.png"), "image/png", f"Image {n}") for n in (1, 2))

    receipt = publish(ubn, "Deux images", media=files, link=Link("https://ubn.example/jpo"))

    post = server.posts[receipt.id]
    assert [each["altText"] for each in post["content"]["multiImage"]["images"]] == ["Image 1", "Image 2"]
    assert as_read(post["commentary"]) == "Deux images\n\nhttps://ubn.example/jpo"
    assert len(server.parts) == 2  # each handed over once


def test_posted_too_early_it_waits(server, ubn, tmp_path):
    server.slow_media = 2
    message = Message("Trop tôt", str(uuid4()), media=(Media(picture(tmp_path), "image/png", "Une affiche"),))

    early = linkedin.prepare(ubn, message, datetime.now(UTC))
    with pytest.raises(MediaNotReady):
        linkedin.publish(ubn, early)

    assert early.look_again_at is not None
    assert server.posts == {}


def test_a_video_leaves_in_parts_that_do_not_show_our_key(server, ubn, tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(range(256)) * 20_000)  # more than one part of four mebibytes

    receipt = publish(ubn, "Un film", media=(Media(film, "video/mp4", title="Le campus"),))

    urn = server.posts[receipt.id]["content"]["media"]["id"]
    assert b"".join(server.parts[urn]) == film.read_bytes()
    assert len(server.parts[urn]) == 2


@pytest.mark.parametrize("fault", UNKNOWN)
def test_nobody_answered_and_it_is_found_in_the_list_of_the_page(server, ubn, fault):
    message = prepared(ubn, "Rentrée (solennelle) #JPO")
    unknown(server, ubn, message, fault)

    found = linkedin.confirm(ubn, message, tried(0))

    assert (found.verdict, [found.receipt.id]) == (Verdict.CONFIRMED, [*server.posts])


def test_a_late_list_is_waited_for_and_never_taken_for_a_no(server, ubn):
    server.lag = 20
    message = prepared(ubn)
    unknown(server, ubn, message, Fault.COMMIT_THEN_DROP)

    first = linkedin.confirm(ubn, message, tried(1))
    server.seen_at = dict.fromkeys(server.posts, 0.0)
    second = linkedin.confirm(ubn, message, tried(25))

    assert (first.verdict, first.ask_again_at > datetime.now(UTC)) == (Verdict.WAIT, True)
    assert second.verdict == Verdict.CONFIRMED


def test_what_the_list_does_not_show_is_sent_again_once_then_shown_to_somebody(server, ubn):
    """A second one is refused, naming the first: the list and this refusal would both have to be wrong."""
    message = prepared(ubn)
    unknown(server, ubn, message, Fault.DROP_BEFORE)

    assert linkedin.confirm(ubn, message, tried(60)).verdict == Verdict.AGAIN
    unknown(server, ubn, message, Fault.DROP_BEFORE)
    found = linkedin.confirm(ubn, message, tried(60, times=2))

    assert (found.verdict, found.ask_again_at is None) == (Verdict.PERSON, False)
    assert linkedin.confirm(ubn, message, tried(3_600, times=2)).ask_again_at is None


def test_a_list_that_hides_it_is_set_right_by_the_refusal_of_a_second_one(server, ubn):
    server.lag = 3_600
    message = prepared(ubn)
    unknown(server, ubn, message, Fault.COMMIT_THEN_DROP)

    receipt = linkedin.publish(ubn, message, tried(60))

    assert ([receipt.id], receipt.adopted) == ([*server.posts], True)


def test_a_person_s_post_is_sent_again_once_and_its_twin_is_named(server, person):
    """The token of a person reads nothing: the refusal of the second one is the proof of the first."""
    message = prepared(person)
    unknown(server, person, message, Fault.COMMIT_THEN_DROP)

    early, late = (linkedin.confirm(person, message, tried(seconds)).verdict for seconds in (1, 60))
    receipt = linkedin.publish(person, message, tried(60))

    assert (early, late) == (Verdict.WAIT, Verdict.AGAIN)
    assert ([receipt.id], receipt.adopted) == ([*server.posts], True)
    assert linkedin.confirm(person, message, tried(60, times=2)).verdict == Verdict.PERSON


def test_the_same_text_twice_is_refused_and_is_not_ours_at_the_first_attempt(server, ubn):
    first = publish(ubn, "Chaque semaine")

    with pytest.raises(Duplicate) as told:
        publish(ubn, "Chaque semaine")
    # We hold the receipt of the twin: it is another message.
    with pytest.raises(Duplicate):
        linkedin.publish(ubn, prepared(ubn, "Chaque semaine"), replace(tried(60), known=frozenset({first.id})))

    assert told.value.twin.id == first.id
    linkedin.delete(ubn, first)
    with pytest.raises(Duplicate):  # its ghost stays a day and more
        publish(ubn, "Chaque semaine")


def test_each_refusal_says_what_is_to_be_done(server, ubn, settings):
    message = prepared(ubn)
    server.faults.strike(Fault.UNAUTHORISED_ONCE)
    with pytest.raises(NotSent):  # open when it is looked at again
        linkedin.publish(ubn, message)
    with pytest.raises(AuthorisationLost):
        linkedin.publish(replace(ubn, credentials=Credentials("false")), message)
    settings.LINKEDIN_VERSION = "202401"
    with pytest.raises(VersionGone):
        linkedin.publish(ubn, message)
    settings.LINKEDIN_VERSION = "202607"
    with pytest.raises(Invalid):
        publish(ubn, "a" * 3_001)
    server.role = ""
    with pytest.raises(RoleLost):
        linkedin.publish(ubn, message)
    with pytest.raises(RoleLost):
        linkedin.check(ubn)
    server.role = "ADMINISTRATOR"
    server.scopes.discard("w_organization_social")
    with pytest.raises(ScopeMissing):
        linkedin.publish(ubn, message)
    assert server.posts == {}


def test_a_quota_that_is_over_waits_for_midnight_at_the_latest(server, ubn):
    message = prepared(ubn)
    server.faults.retry_after = 90
    server.faults.strike(Fault.TOO_MANY_UNTIL)
    with pytest.raises(RateLimited) as told:
        linkedin.publish(ubn, message)
    server.quota = 0
    with pytest.raises(RateLimited) as untold:
        linkedin.publish(ubn, message)

    now = datetime.now(UTC)
    assert told.value.retry_at <= now + timedelta(seconds=90)
    assert now < untold.value.retry_at <= now + timedelta(minutes=15)


def test_a_comment_is_plain_text_said_by_the_page(server, ubn):
    first = publish(ubn, "Une annonce", parts=2)

    second = publish(ubn, "Le programme (complet)", part=2, parts=2, after=first, first=first)

    (comment,) = server.comments[first.id]
    assert (comment["message"]["text"], comment["actor"]) == ("Le programme (complet)", PAGE)
    assert second.also["post"] == first.id


def test_a_comment_whose_answer_was_lost_is_found_under_its_post(server, ubn):
    first = publish(ubn, "Une annonce", parts=2)
    message = prepared(ubn, "Le programme", part=2, parts=2, after=first, first=first)
    unknown(server, ubn, message, Fault.COMMIT_THEN_500)

    found = linkedin.confirm(ubn, message, tried(0))

    assert (found.verdict, len(server.comments[first.id])) == (Verdict.CONFIRMED, 1)


def test_the_address_that_somebody_pastes_is_the_proof(server, ubn):
    receipt = publish(ubn, "Publiée à la main")

    for link in (receipt.permalink, f"https://www.linkedin.com/feed/update/{receipt.id}/",
                 f"https://www.linkedin.com/posts/ubn_publiee-share-{receipt.id.rsplit(':')[-1]}-abcd"):  # fmt: skip
        assert linkedin.adopt(ubn, link).id == receipt.id
    for link in (
        "https://www.linkedin.com/feed/update/urn:li:share:1/",
        "https://www.linkedin.com/feed/",
        "https://a.example/",
    ):
        with pytest.raises(Invalid):
            linkedin.adopt(ubn, link)


def test_it_is_counted_once_escaped():
    usual = linkedin.usual_limits()
    mention = Mention("Armor", "urn:li:organization:7")

    assert linkedin.measure(Message("(a)", "key"), usual).counts[0].value == 5
    assert not linkedin.measure(Message("(" * 1_501, "key"), usual).fits
    assert linkedin.measure(Message("Armor", "key", mentions=(mention,)), usual).counts[0].value == 31
    assert linkedin.measure(Message("a" * 1_251, "key", part=2), usual).fits is False
    refused = linkedin.measure(Message("a", "key", visibility=Visibility.UNLISTED), usual).refused
    assert [remark.code for remark in refused] == ["not_there"]


def test_the_health_of_a_page_names_what_is_missing(server, ubn):
    server.scopes.discard("r_organization_social")

    assert linkedin.check(ubn).missing == ("r_organization_social",)
    # Without the right to read the list, the guard is the refusal of a twin.
    assert linkedin.confirm(ubn, prepared(ubn), tried(60)).verdict == Verdict.AGAIN
