"""
A video goes first to a service of the network, that makes it ready to be watched and puts it where its account lives. We
hand it over, note the number of the job, and look now and then: whoever takes over after us goes on from that number.

A server that stands apart from the network (a rehearsal, a server of this machine) has no such service: the file is handed
over to it as it is. LIERRE_BLUESKY_VIDEO_URL names another service.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from lierre.connectors.bluesky.line import refusal
from lierre.connectors.http import Reply
from lierre.connectors.network.account import Account
from lierre.connectors.network.line import Line
from lierre.connectors.network.message import Media
from lierre.connectors.network.refusals import AuthorisationLost, Gone, Invalid, MediaLost, NetworkError, ScopeMissing
from lierre.connectors.network.servers import guarded, is_of_this_machine

SERVICE: Final = "https://video.bsky.app"
UPLOAD: Final = "/xrpc/app.bsky.video.uploadVideo"
STATUS: Final = "/xrpc/app.bsky.video.getJobStatus"
FOR_US: Final = "/xrpc/com.atproto.server.getServiceAuth"
PUTS: Final = "com.atproto.repo.uploadBlob"
LETTER: Final = timedelta(minutes=30)  # how long the service may put the file where the account lives, in our name
AGAIN: Final = timedelta(seconds=3)
PATIENCE: Final = timedelta(hours=1)
LONG: Final = 600.0  # seconds given to a file of 300 MB
FAILED: Final = "JOB_STATE_FAILED"

Handed = dict[str, Any]  # {"job": …, "at": …, "blob": …}; no job where there is no service


class NotReadable(Invalid):
    """The service cannot make something to watch of this file."""

    @property
    def sentence(self) -> str:
        return _("The network could not make this video ready to be watched: “%(said)s”. Try another file.") % {
            "said": self.said
        }


def service(account: Account) -> str:
    """ "" when the file is handed over to the server of the account itself."""
    if settings.BLUESKY_VIDEO_URL:
        return str(settings.BLUESKY_VIDEO_URL).rstrip("/")
    return "" if settings.BLUESKY_BASE_URL or is_of_this_machine(account.address) else SERVICE


def handed(account: Account, line: Line, media: Media, before: Handed | None) -> tuple[Handed, datetime | None]:
    """What to keep, and when to look again: None once it is ready."""
    where = service(account)
    if before is None:
        if not where:
            return {"blob": as_it_is(line, media)}, None
        before = {"job": job(account, line, where, media), "at": datetime.now(UTC).isoformat()}
    if before.get("blob"):
        return before, None
    return looked_at(where, before)


def as_it_is(line: Line, media: Media) -> dict[str, Any]:
    told = line.ask("POST", f"/xrpc/{PUTS}", content=media.path, headers={"Content-Type": media.type}, timeout=LONG)
    return dict(told.facts["blob"])


def words(line: Line, text: str) -> dict[str, Any]:
    """Subtitles: small files of their own, beside the film."""
    told = line.ask("POST", f"/xrpc/{PUTS}", content=text.encode(), headers={"Content-Type": "text/vtt"})
    return dict(told.facts["blob"])


def job(account: Account, line: Line, where: str, media: Media) -> str:
    """The number of the job. A file that was handed over before has one already."""
    letter = {"Authorization": f"Bearer {letter_for(line)}", "Content-Type": media.type}
    asked = urlencode({"did": account.id, "name": media.path.name})
    told = Line(guarded(where), letter, judged).ask("POST", UPLOAD, query=asked, content=media.path, timeout=LONG).facts
    return str(status_in(told)["jobId"])


def letter_for(line: Line) -> str:
    """It lets the service put one kind of thing on the server of the account, for half an hour."""
    home = line.ask("GET", "/xrpc/com.atproto.server.describeServer").facts["did"]
    ends = int((datetime.now(UTC) + LETTER).timestamp())
    asked = urlencode({"aud": home, "lxm": PUTS, "exp": ends})
    return str(line.ask("GET", FOR_US, query=asked).facts["token"])


def looked_at(where: str, before: Handed) -> tuple[Handed, datetime | None]:
    try:
        told = Line(guarded(where), {}, judged).ask("GET", STATUS, query=urlencode({"jobId": before["job"]})).facts
    except Gone as gone:
        raise MediaLost(gone.code, gone.said) from gone  # it forgot: the file is handed over again
    found = status_in(told)
    if isinstance(found.get("blob"), dict):
        return {**before, "blob": found["blob"]}, None
    said = str(found.get("message") or found.get("error") or "")
    if found.get("state") == FAILED:
        raise NotReadable(str(found.get("error") or FAILED), said, "media")
    if datetime.now(UTC) - datetime.fromisoformat(before["at"]) > PATIENCE:
        raise NotReadable("too_long", _("it was not ready after an hour"), "media")
    return before, datetime.now(UTC) + AGAIN


def status_in(told: dict[str, Any]) -> dict[str, Any]:
    """Wrapped or not: the service writes both."""
    inside = told.get("jobStatus")
    return inside if isinstance(inside, dict) else told


def judged(reply: Reply) -> NetworkError | None:
    if reply.status == 409 and status_in(reply.facts).get("jobId"):
        return None
    found = refusal(reply)
    if isinstance(found, AuthorisationLost | ScopeMissing | Invalid):
        return NotReadable(found.code, found.said, "media")  # our keys are those of another server: nothing to renew
    return found
