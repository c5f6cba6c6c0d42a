"""Images, documents and videos, handed over before the post that shows them, and waited for while they are read there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from lierre.connectors.http import NotReached, Reply, Slice
from lierre.connectors.linkedin.line import encoded
from lierre.connectors.network.line import Line
from lierre.connectors.network.message import Kind, Media
from lierre.connectors.network.refusals import Invalid, NotSent, ScopeMissing

PATHS: Final = {Kind.IMAGE: "/rest/images", Kind.DOCUMENT: "/rest/documents", Kind.VIDEO: "/rest/videos"}
NAMES: Final = {Kind.IMAGE: "image", Kind.DOCUMENT: "document", Kind.VIDEO: "video"}
AGAIN: Final = timedelta(seconds=2)
# With the token of a person nothing can be read back: files are given some time.
GRACE: Final = timedelta(seconds=5)
LONG: Final = 300.0

Handed = dict[str, Any]  # {"urn": …, "ready": …, "kind": …, "at": …}


def all_handed(
    line: Line, owner: str, files: tuple[Media, ...], before: list[Handed]
) -> tuple[list[Handed], datetime | None]:
    """Each once. The moment to look again, when one of them is not ready."""
    handed = [
        looked_at(line, owner, before[place]) if place < len(before) else hand_over(line, owner, media)
        for place, media in enumerate(files)
    ]
    return handed, None if all(each["ready"] for each in handed) else datetime.now(UTC) + AGAIN


def hand_over(line: Line, owner: str, media: Media) -> Handed:
    kind, path = media.kind, PATHS[media.kind]
    asked: dict[str, Any] = {"owner": owner}
    if kind == Kind.VIDEO:
        asked |= {"fileSizeBytes": media.size, "uploadCaptions": False, "uploadThumbnail": False}
    reply = line.ask("POST", path, query="action=initializeUpload", json={"initializeUploadRequest": asked})
    told = reply.facts["value"]
    urn = str(told[NAMES[kind]])
    if kind == Kind.VIDEO:
        upload_parts(line, urn, media.path, told)
    else:
        # In one piece: a second one would take the place of the first.
        put(line, str(told["uploadUrl"]), media.path, with_key=True)
    return {"urn": urn, "kind": kind.value, "ready": False, "at": datetime.now(UTC).isoformat()}


def upload_parts(line: Line, urn: str, path: Path, told: dict[str, Any]) -> None:
    """Each to its own address, which is a key by itself: our token is not shown there."""
    marks = []
    for each in told["uploadInstructions"]:
        part = Slice(path, int(each["firstByte"]), int(each["lastByte"]) - int(each["firstByte"]) + 1)
        reply = put(line, str(each["uploadUrl"]), part, with_key=False)
        marks.append(reply.headers.get("etag", "").strip('"'))
    finished = {"video": urn, "uploadToken": str(told.get("uploadToken", "")), "uploadedPartIds": marks}
    line.ask("POST", PATHS[Kind.VIDEO], query="action=finalizeUpload", json={"finalizeUploadRequest": finished})


def put(line: Line, address: str, content: Path | Slice, *, with_key: bool) -> Reply:
    ours = {urlsplit(line.server.address).hostname, "www.linkedin.com"}
    key = {"Authorization": line.headers["Authorization"]} if with_key and urlsplit(address).hostname in ours else {}
    try:
        reply = line.server.call(
            "PUT", address, content=content, headers={"Content-Type": "application/octet-stream"} | key, timeout=LONG
        )
    except NotReached as failure:
        raise NotSent(failure.code, failure.detail) from failure
    if not reply.is_taken:
        raise NotSent(str(reply.status), "a file was not taken")
    return reply


def looked_at(line: Line, owner: str, handed: Handed) -> Handed:
    if handed["ready"]:
        return handed
    if owner.startswith("urn:li:person:") and handed["kind"] != Kind.VIDEO:
        waited = datetime.now(UTC) - datetime.fromisoformat(handed["at"])
        return {**handed, "ready": waited >= GRACE}
    try:
        told = line.ask("GET", f"{PATHS[Kind(handed['kind'])]}/{encoded(handed['urn'])}").facts
    except ScopeMissing:
        return {**handed, "ready": True}  # it cannot be read: the post itself will say whether it is
    status = str(told.get("status", ""))
    if status in {"PROCESSING_FAILED", "FAILED"}:
        raise Invalid(status, handed["urn"], "media")
    return {**handed, "ready": status == "AVAILABLE"}
