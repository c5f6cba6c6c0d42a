"""Real films, short and small, made here by ffmpeg: as cameras, telephones and people who cheat make them."""

import json
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from lierre.connectors import network as net
from lierre.publishing import composing
from lierre.publishing.library.attaching import attach
from lierre.publishing.models import Medium, Post
from lierre.publishing.outbox.speaking import limits_of
from lierre.publishing.tests.media import WHERE

here = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not here: bin/test installs it")


@cache
def moving(
    seconds: float = 2, *, size: str = "320x180", codec: str = "libx264", sound: str = "aac", rate: int = 25, end: str = "mp4",
    more: tuple[str, ...] = (),
) -> bytes:  # fmt: skip
    """With a title, a place and a day in it, as what a telephone films."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"film.{end}")
        tone = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", "-c:a", sound] if sound else []
        command = [
            "ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}", *tone,
            "-c:v", codec, "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-metadata", f"title={WHERE}", "-metadata",
            f"location=+48.39-004.49/{WHERE}", "-metadata", "creation_time=2026-03-06T10:00:00Z", *tag(codec), *more, str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True)
        return path.read_bytes()


def tag(codec: str) -> list[str]:
    return ["-tag:v", "hvc1", "-x265-params", "log-level=none"] if codec == "libx265" else []


def shown(content: bytes, folder: Path) -> dict[str, Any]:
    """What really is in it: {"codec", "sound", "width", "height", "frames", "seconds", "tags"}. It is read to its end."""
    path = folder / "received.bin"
    path.write_bytes(content)
    asked = [
        "-show_entries",
        "format=duration:format_tags:stream=codec_name,codec_type,width,height,nb_read_frames:stream_tags",
    ]
    command = ["ffprobe", "-v", "error", "-count_frames", *asked, "-of", "json", str(path)]
    told = subprocess.run(command, check=True, capture_output=True)
    assert not told.stderr, told.stderr
    found = json.loads(told.stdout)
    streams = {each["codec_type"]: each for each in found["streams"]}
    images, sound = streams["video"], streams.get("audio", {})
    tags = [found["format"].get("tags", {}), *(each.get("tags", {}) for each in found["streams"])]
    return {
        "codec": images["codec_name"], "sound": sound.get("codec_name", ""), "width": images["width"],
        "height": images["height"], "frames": int(images["nb_read_frames"]), "tags": {key for each in tags for key in each},
        "seconds": round(float(found["format"]["duration"]), 1),
    }  # fmt: skip


def takes(account, **limits: object) -> None:
    """What its network takes from now on."""
    account.limits = net.as_plain(replace(limits_of(account), **limits))
    account.save()


def filmed(account, medium: Medium, text: str = "La houle") -> Post:
    post = composing.write(composing.Draft([text], [account]), by="the tests")
    attach(post, [medium], by="the tests")
    return post
