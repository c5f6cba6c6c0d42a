"""Photos laid aside, seen by nobody, until a post shows them; a video handed over in pieces, until it is said to be whole."""

from typing import Any, Final
from urllib.parse import urlencode

from lierre.connectors.facebook.line import key
from lierre.connectors.http import Slice
from lierre.connectors.network.account import Account
from lierre.connectors.network.line import Line
from lierre.connectors.network.message import Kind, Media
from lierre.connectors.network.refusals import Invalid, NetworkError

LONG: Final = 300.0


def photos(line: Line, account: Account, files: tuple[Media, ...], before: list[str]) -> list[str]:
    """Their ids. When one is not taken, those that were are taken away again."""
    laid = list(before)
    try:
        for media in files[len(laid) :]:
            laid.append(photo(line, account, media))  # noqa: PERF401 - kept one by one, were the next refused
    except NetworkError:
        for each in laid[len(before) :]:
            take_away(line, account, each)
        raise
    return laid


def photo(line: Line, account: Account, media: Media) -> str:
    form = key(account) | {"published": "false", "alt_text_custom": media.alt}
    with media.path.open("rb") as file:
        sent: dict[str, Any] = {"form": form, "files": {"source": (media.path.name, file, media.type)}, "timeout": LONG}
        try:
            return str(line.ask("POST", f"/{account.id}/photos", **sent).facts["id"])
        except Invalid as refusal:
            raise Invalid(refusal.code, refusal.said, "media") from refusal


def take_away(line: Line, account: Account, identity: str) -> None:
    try:
        line.ask("DELETE", f"/{identity}", query=urlencode(key(account)))
    except NetworkError:
        return  # nobody sees it


def video(line: Line, account: Account, media: Media) -> dict[str, str]:
    """Every piece but the word that ends it: that word makes it visible."""
    path, mine = f"/{account.id}/videos", key(account)
    begun = line.ask("POST", path, form=mine | {"upload_phase": "start", "file_size": str(media.size)}).facts
    session, first, last = str(begun["upload_session_id"]), int(begun["start_offset"]), int(begun["end_offset"])
    while first < last:
        piece = b"".join(Slice(media.path, first, last - first))
        form = mine | {"upload_phase": "transfer", "start_offset": str(first), "upload_session_id": session}
        files = {"video_file_chunk": (media.path.name, piece, "application/octet-stream")}
        told = line.ask("POST", path, form=form, files=files, timeout=LONG).facts
        first, last = int(told["start_offset"]), int(told["end_offset"])
    return {"session": session, "video": str(begun["video_id"])}


def of_kind(files: tuple[Media, ...], kind: Kind) -> tuple[Media, ...]:
    return tuple(each for each in files if each.kind == kind)
