"""The program that makes films fit: who began it may die, be told to stop, or be fooled."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.publishing.filming.lane import Films
from lierre.publishing.library import converting
from lierre.publishing.library.film_plans import Plan
from lierre.publishing.models import FilmCopy
from lierre.publishing.tests.media import brought
from lierre.publishing.tests.moving import filmed, here, moving, takes

pytestmark = [pytest.mark.django_db, here]


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "files", tmp_path


def test_one_that_was_begun_by_somebody_who_died_is_made_by_another(univ):
    takes(univ, video_pixels=160 * 90)
    filmed(univ, brought(moving(), "houle.mp4"))
    copy_ = ask_and_claim("somebody else")
    not_theirs = Films().once(), FilmCopy.objects.get().state
    FilmCopy.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    Films().once()

    copy_.refresh_from_db()
    assert not_theirs[1] == "making"
    assert (copy_.state, copy_.attempts) == ("ready", 2)


def ask_and_claim(holder: str) -> FilmCopy:
    from lierre.publishing.filming.lane import ask_for_posts

    ask_for_posts()
    copy_ = FilmCopy.objects.get()
    assert copy_.claim(holder)
    return copy_


def test_a_worker_that_is_told_to_stop_leaves_the_copy_to_another_and_no_program_behind(univ):
    takes(univ, video_pixels=160 * 90)
    filmed(univ, brought(moving(), "houle.mp4"))
    lane = Films()
    lane.must_stop.set()

    lane.make(ask_and_claim(lane.name))

    copy_ = FilmCopy.objects.get()
    assert (copy_.state, copy_.attempts, copy_.path.exists()) == ("waiting", 0, False)
    assert list(copy_.path.parent.glob(".coming-*")) == []


def test_a_playlist_that_was_given_the_name_of_a_film_opens_nothing(tmp_path):
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(moving())
    for words in (
        f"#EXTM3U\n#EXTINF:2,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{secret}'\n",
    ):
        with pytest.raises(Refused, match="no image, no film and no PDF"):
            brought(words.encode(), "houle.mp4")
        lying = tmp_path / "lying.mp4"
        lying.write_text(words)
        target = tmp_path / "out.mp4"

        # Even handed to the program itself, it is read as what it says it is and nothing else.
        with pytest.raises(Refused):
            converting.length_of(lying)
        with pytest.raises(Refused):
            converting.convert(lying, target, Plan(320, 180, 25, 900_000, 0, 5_000_000), 2, "", lambda _share: True)
        assert not target.exists() or not target.stat().st_size


def test_a_program_that_makes_no_progress_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(converting, "PATIENCE", 0.3)
    monkeypatch.setattr(converting, "command", lambda *_words: ["sleep", "60"])
    began = time.monotonic()

    with pytest.raises(Refused, match="too long to be made"):
        converting.convert(tmp_path / "a", tmp_path / "b", Plan(2, 2, 25, 1, 0, 1), 1, "", lambda _share: True)

    assert time.monotonic() - began < 30


@pytest.mark.crash
@pytest.mark.one_engine("a program of the machine, and no base")
def test_a_worker_that_is_killed_leaves_no_program_behind():
    reading, writing = os.pipe()
    worker = os.fork()
    if not worker:
        with converting.bounded(["sleep", "60"], 0) as process:
            os.write(writing, str(process.pid).encode())
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(worker, 0)
    program = Path(f"/proc/{os.read(reading, 20).decode()}/stat")

    until = time.monotonic() + 10
    while program.exists() and program.read_text().split()[2] != "Z" and time.monotonic() < until:
        time.sleep(0.05)

    assert time.monotonic() < until
