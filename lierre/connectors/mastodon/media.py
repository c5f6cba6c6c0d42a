"""Files handed over before the status that shows them; some are read at leisure over there, and must be waited for."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lierre.connectors.network.line import Line
from lierre.connectors.network.message import Kind, Media
from lierre.connectors.network.refusals import Gone, Invalid

AGAIN: Final = timedelta(seconds=2)
LONG: Final = 120.0  # seconds given to a heavy file
PATHS: Final = ("/api/v2/media", "/api/v1/media")

Handed = dict[str, Any]  # {"id": …, "ready": …}


def hand_over(line: Line, media: Media) -> Handed:
    """202: taken, and not read yet. A server that has no second version of this address answers 404."""
    form = {"description": media.alt} | ({"focus": f"{media.focus[0]:.2f},{media.focus[1]:.2f}"} if media.focus else {})
    for path in PATHS:
        with media.path.open("rb") as file:
            try:
                reply = line.ask(
                    "POST", path, form=form, files={"file": (media.path.name, file, media.type)}, timeout=LONG
                )
            except Gone:
                continue
            except Invalid as refusal:
                raise Invalid(refusal.code, refusal.said, "media") from refusal
        told = reply.facts
        return {"id": str(told["id"]), "ready": reply.status != 202 and bool(told.get("url", ""))}
    raise Invalid("404", "no media there", "media")


def is_ready(line: Line, handed: Handed) -> bool:
    """206 while it is read. Raises Gone when it is not there any more, Invalid when it cannot be read."""
    if handed["ready"]:
        return True
    reply = line.ask("GET", f"/api/v1/media/{handed['id']}")
    return reply.status == 200 and reply.facts.get("url") is not None


def all_handed(line: Line, files: tuple[Media, ...], before: list[Handed]) -> tuple[list[Handed], datetime | None]:
    """Each of them once; what was handed over before is asked after. The moment to look again, when one is not ready."""
    handed: list[Handed] = []
    for place, media in enumerate(files):
        one = before[place] if place < len(before) else None
        if one is not None:
            try:
                one = {**one, "ready": is_ready(line, one)}
            except Gone:
                one = None
        handed.append(one or hand_over(line, media))
    waits = not all(each["ready"] for each in handed)
    return handed, datetime.now(UTC) + AGAIN if waits else None


def shown(files: tuple[Media, ...]) -> tuple[Media, ...]:
    return tuple(each for each in files if each.kind != Kind.DOCUMENT)
