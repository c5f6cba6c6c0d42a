"""A film made anew by ffmpeg, when the machine has it: as planned, and with nothing in it that says who, where and when.

The program reads bytes that anybody may have made: it is given one file of the kind that was recognised and nothing else (no
network, no other file, no playlist), by its arguments and never through a shell, with bounds on its memory, its time, its
processors and what it writes.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.library.film_plans import BUFFER, Plan
from lierre.publishing.library.films import MOST_LONG

# What cameras, telephones and editing programs write; no other decoder is opened.
DECODERS: Final = (
    "h264,hevc,av1,libdav1d,libaom-av1,mpeg4,vp9,libvpx-vp9,aac,mp3,mp3float,ac3,eac3,opus,libopus,alac,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_alaw,pcm_mulaw"
)
# Every film of the library is of this kind: what the file says of itself is not asked again, so no playlist is opened.
READS: Final = (
    "-protocol_whitelist", "file", "-format_whitelist", "mov,mp4,m4a,3gp,3g2,mj2", "-codec_whitelist", DECODERS,
    "-enable_drefs", "0", "-use_absolute_path", "0", "-f", "mov",
)  # fmt: skip
THREADS: Final = "2"
MEMORY: Final = 3_000_000_000  # bytes of addresses: a film of 4K takes a third of it
PATIENCE: Final = 120.0  # seconds without any progress
LONGEST: Final = 3 * 3600.0
PROBE: Final = 30.0
NICE: Final = 10
GAP: Final = "120"  # images from one that is whole to the next
# Of twice ten bits and a light of its own, as telephones film today: brought to what every screen shows.
BRIGHT: Final = frozenset({"smpte2084", "arib-std-b67"})
TONES: Final = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv"
)
Told = Callable[[float], bool]  # the share that is done → whether one may go on


class Stopped(Exception):  # noqa: N818 - it says what happened
    """The worker is told to stop, or the film is no longer its own: it is made again later."""


def program(name: str = "ffmpeg") -> str:
    """Where it is; "" when the machine has none, or the institution wants none."""
    asked = settings.FFMPEG
    if asked.lower() in {"no", "none", "non"}:
        return ""
    return shutil.which(str(Path(asked).with_name(name)) if asked else name) or ""


def is_here() -> bool:
    return bool(program() and program("ffprobe"))


def length_of(source: Path) -> tuple[float, str]:
    """How long it really lasts, and which light its images are in. Refuses what the program does not read."""
    command = [
        program("ffprobe"), "-v", "error", *READS, "-select_streams", "v:0", "-show_entries",
        "format=duration:stream=duration,color_transfer", "-of", "json", f"file:{source}",
    ]  # fmt: skip
    with bounded(command, 0) as process:
        try:
            said, _errors = process.communicate(timeout=PROBE)
        except subprocess.TimeoutExpired:
            raise Refused(unreadable()) from None
    told: dict[str, Any] = json.loads(said or b"{}")
    if process.returncode or not told.get("streams"):
        raise Refused(unreadable())
    stream = told["streams"][0]
    seconds = max(float(each.get("duration") or 0) for each in (told.get("format", {}), stream))
    if not 0 < seconds <= MOST_LONG:
        raise Refused(unreadable())
    return seconds, str(stream.get("color_transfer", ""))


def unreadable() -> str:
    return _("its images cannot be read to the end. Export it again as MP4 (H.264).")


def convert(source: Path, target: Path, plan: Plan, seconds: float, light: str, told: Told) -> None:
    """Writes `target`. Refuses with the end of a sentence that says why; raises Stopped when `told` says no."""
    heaviest = plan.weight * 2 + 10_000_000
    if shutil.disk_usage(target.parent).free < heaviest:
        raise Refused(_("there is no room left on the disk for a copy."))
    with bounded(command(source, target, plan, light), heaviest) as process:
        watch(process, seconds, told)
        if process.wait(timeout=PATIENCE):
            raise Refused(unreadable())


def command(source: Path, target: Path, plan: Plan, light: str = "") -> list[str]:
    return [
        program(), "-hide_banner", "-nostdin", "-v", "error", "-progress", "pipe:1", "-threads", THREADS, *READS,
        "-i", f"file:{source}", "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1",
        "-map_chapters", "-1", "-fflags", "+bitexact", *images(plan, light), *sound(plan), "-threads", THREADS,
        "-filter_threads", THREADS, "-movflags", "+faststart", "-f", "mp4", "-y", f"file:{target}",
    ]  # fmt: skip


def images(plan: Plan, light: str) -> list[str]:
    if not plan.bits:
        return ["-c:v", "copy"]
    slower = [f"fps={plan.rate}"] if plan.rate else []
    # Points that are not square are made so; whatever the file said of its size, nothing is stretched nor enlarged.
    square = "scale='trunc(iw*sar/2)*2':ih,setsar=1"
    inside = f"scale='min({plan.width},iw)':'min({plan.height},ih)'"
    kept = "force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic"
    seen = [*slower, square, f"{inside}:{kept}", *([TONES] if light in BRIGHT else [])]
    bits = str(plan.bits)
    return [
        "-vf", ",".join([*seen, "format=yuv420p"]), "-c:v", "libx264", "-profile:v", "high",
        "-preset", "veryfast", "-crf", "21", "-maxrate", bits, "-bufsize", str(plan.bits * BUFFER), "-g", GAP,
        "-flags:v", "+bitexact",
    ]  # fmt: skip


def sound(plan: Plan) -> list[str]:
    if not plan.sound:
        return ["-c:a", "copy"]
    return ["-c:a", "aac", "-b:a", str(plan.sound), "-ac", "2", "-ar", "48000", "-flags:a", "+bitexact"]


@contextmanager
def bounded(command: list[str], heaviest: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`heaviest`: bytes that it may write in one file; 0 for none. It outlives neither the block nor a worker that is killed."""
    tie = shutil.which("setpriv")
    tied = [tie, "--pdeathsig", "KILL", "--"] if tie else []
    with subprocess.Popen(
        [*tied, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LC_ALL": "C"}, cwd="/", start_new_session=True,
    ) as process:  # fmt: skip
        try:
            with suppress(ProcessLookupError):  # it is over already
                resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (heaviest, heaviest))
                resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
                os.setpriority(os.PRIO_PROCESS, process.pid, NICE)
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def watch(process: "subprocess.Popen[bytes]", seconds: float, told: Told) -> None:
    """Until it has nothing more to say. One that makes no progress, or lasts for ever, is ended."""
    assert process.stdout is not None
    began = moved = time.monotonic()
    done = -1
    os.set_blocking(process.stdout.fileno(), False)
    rest = b""
    while process.poll() is None:
        time.sleep(0.25)
        with suppress(BlockingIOError):  # it has said nothing since
            rest += os.read(process.stdout.fileno(), 65_536)
        *lines, rest = rest.split(b"\n")
        for line in lines:
            name, _equals, value = line.partition(b"=")
            if name == b"out_time_us" and value.isdigit() and int(value) > done:
                done, moved = int(value), time.monotonic()
        if not told(min(max(done, 0) / 1e6 / seconds, 1.0)):
            raise Stopped
        if time.monotonic() - moved > PATIENCE or time.monotonic() - began > LONGEST:
            raise Refused(_("it takes too long to be made. Bring a shorter or a smaller one."))
