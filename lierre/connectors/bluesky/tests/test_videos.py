"""A video: made ready by the service of the network (a simulator), or handed over as it is to a real server that stands apart."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lierre.connectors.bluesky.video import NotReadable, service
from lierre.connectors.network import (
    Account,
    Attempts,
    Credentials,
    Key,
    Link,
    Media,
    MediaLost,
    Message,
    NotSent,
    UnknownOutcome,
    network,
)
from simulators.bluesky import Bluesky
from simulators.faults import Fault
from simulators.serving import living

bluesky = network("bluesky")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
# The beginning of a film, as a server looks at it to know its kind.
FILM = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + b"\0" * 2_000


@pytest.fixture
def film(tmp_path) -> Media:
    path = tmp_path / "portes-ouvertes.mp4"
    path.write_bytes(FILM)
    return Media(path, "video/mp4", "Des étudiants traversent la cour", width=1280, height=720)


@pytest.fixture
def there(settings):
    """The simulator, as a server and as the service of videos."""
    settings.ALLOW_LOOPBACK = True
    simulator = Bluesky()
    with living(simulator) as address:
        settings.BLUESKY_VIDEO_URL = address
        yield simulator


@pytest.fixture
def account(there):
    return bluesky.authorise(Key(there.token, "ubn.example", there.address))[0]


def shows(*media, **besides):
    return Message("Portes ouvertes", str(uuid4()), language="fr", media=media, **besides)


def waited_for(account, message):
    """As the outbox does: what was kept is given back, as often as asked."""
    prepared = bluesky.prepare(account, message, NOON)
    for _time in range(20):
        if prepared.look_again_at is None:
            return prepared
        prepared = bluesky.prepare(account, message, NOON, prepared)
    raise AssertionError("it is never ready")


def test_a_video_waits_until_it_can_be_watched(there, account, film):
    there.films.looks = 3
    message = shows(film)

    begun = bluesky.prepare(account, message, NOON)
    bluesky.publish(account, waited_for(account, message))

    (row,) = there.records.values()
    embed = row["value"]["embed"]
    assert begun.look_again_at is not None
    assert (embed["$type"], embed["alt"]) == ("app.bsky.embed.video", film.alt)
    assert (embed["video"]["size"], embed["aspectRatio"]) == (len(FILM), {"width": 1280, "height": 720})


def test_killed_while_it_was_handed_over_the_first_job_goes_on(there, account, film):
    """Handed over a second time, the service answers with the number of the first."""
    message = shows(film)
    bluesky.prepare(account, message, NOON)  # never kept: whoever did it died

    first, second = waited_for(account, message), waited_for(account, message)

    assert (there.films.uploads, len(there.films.jobs)) == (3, 1)
    assert first.payload["place"] == second.payload["place"]
    assert first.payload["record"] == second.payload["record"]


def test_taken_over_from_what_was_kept_nothing_is_handed_over_again(there, account, film):
    there.films.looks = 4
    message = shows(film)
    kept = bluesky.prepare(account, message, NOON)

    for _time in range(3):
        kept = bluesky.prepare(account, message, NOON, kept)

    assert kept.look_again_at is None
    assert there.films.uploads == 1


def test_nobody_answered_and_the_film_is_there_once(there, account, film):
    prepared = waited_for(account, shows(film))
    there.faults.strike(Fault.COMMIT_THEN_DROP)

    with pytest.raises(UnknownOutcome):
        bluesky.publish(account, prepared)
    bluesky.publish(account, prepared, Attempts(1, NOON, NOON))

    assert len(there.records) == 1


def test_a_film_that_cannot_be_read_is_refused_in_the_words_of_the_service(there, account, film):
    there.films.fails.append("unsupported codec")
    message = shows(film)
    begun = bluesky.prepare(account, message, NOON)

    with pytest.raises(NotReadable) as told:
        bluesky.prepare(account, message, NOON, begun)

    assert "unsupported codec" in told.value.sentence


def test_a_job_that_the_service_forgot_begins_again(there, account, film):
    message = shows(film)
    begun = bluesky.prepare(account, message, NOON)
    there.films.jobs.clear()

    with pytest.raises(MediaLost):
        bluesky.prepare(account, message, NOON, begun)
    bluesky.publish(account, waited_for(account, message))

    assert len(there.records) == 1


def test_a_service_that_is_away_is_asked_again_later(there, account, film, settings):
    settings.BLUESKY_VIDEO_URL = "http://127.0.0.1:9"

    with pytest.raises(NotSent):
        bluesky.prepare(account, shows(film), NOON)


def test_which_service_is_asked(account, settings):
    """That of the network for whoever lives in it; none for a server of this machine, nor for a rehearsal."""
    settings.BLUESKY_VIDEO_URL = ""
    public = Account("bluesky", "did:plc:a", "a", Credentials(""), address="https://pds.example")

    told = [service(public), service(account)]
    settings.BLUESKY_BASE_URL = "https://rehearsal.example"

    assert [*told, service(public)] == ["https://video.bsky.app", "", ""]


def test_a_real_server_that_stands_apart_takes_the_film_as_it_is(bluesky_server, bluesky_account, film):
    """With its subtitles, for who does not hear it."""
    spoken = replace(film, captions=(("fr", "WEBVTT\n\n00:00.000 --> 00:02.000\nBienvenue.\n"),))
    bluesky.publish(bluesky_account, waited_for(bluesky_account, shows(spoken)))

    (row,) = bluesky_server.posts(bluesky_account.id)
    assert row["value"]["embed"]["video"]["mimeType"] == "video/mp4"
    assert row["value"]["embed"]["alt"] == film.alt
    (subtitles,) = row["value"]["embed"]["captions"]
    assert (subtitles["lang"], subtitles["file"]["mimeType"]) == ("fr", "text/vtt")


def test_a_real_server_gives_the_letter_that_the_service_wants(bluesky_server, bluesky_account, film, there):
    """Signed by the server of the account, for one act: the service shows it to put the film where the account lives."""
    there.films.letters = Anything()

    begun = bluesky.prepare(bluesky_account, shows(film), NOON)

    (letter,) = there.films.letters.seen
    assert begun.payload["video"]["job"]
    assert letter.count(".") == 2


class Anything:
    """Letters that are believed, and noted."""

    def __init__(self):
        self.seen = []

    def __contains__(self, letter):
        self.seen.append(letter)
        return True


def test_beside_a_film_there_is_no_card_and_that_is_said(film):
    message = shows(film, link=Link("https://ubn.example/jpo", "Portes ouvertes"))

    measured = bluesky.measure(message, bluesky.usual_limits())

    assert [remark.code for remark in measured.lost] == ["card"]
    assert measured.fits
    heavy = replace(bluesky.usual_limits(), video_bytes=1_000)
    assert [remark.code for remark in bluesky.measure(message, heavy).refused] == ["too_heavy"]
