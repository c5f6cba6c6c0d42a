"""Files of the library to a browser: as what they are, never run, never guessed otherwise."""

from pathlib import Path
from typing import Final

from django.http import FileResponse, Http404, HttpRequest

from lierre.foundation.errors import Refused
from lierre.publishing.library import variants
from lierre.publishing.library.posters import poster
from lierre.publishing.models import Medium

# Opened by itself, a file has no right on this house.
ALONE: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
A_DAY: Final = "private, max-age=86400"
# What a link opens for somebody outside ends with the link.
NOT_KEPT: Final = "private, no-store"


def served(path: Path, kind: str, name: str, *, inline: bool, kept: str = A_DAY) -> FileResponse:
    try:
        file = path.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=not inline, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = kept
    return response


def preview(request: HttpRequest, medium: Medium, edge: int) -> FileResponse:
    """Made anew, so that it is nothing but an image."""
    del request
    if medium.is_film and (drawn := poster(medium)):
        return served(drawn, "image/jpeg", named(medium.title, drawn), inline=True)
    try:
        found = variants.thumbnail(medium, edge)
    except (Refused, OSError):
        raise Http404 from None
    return served(found.path, found.type, named(medium.title, found.path), inline=True)


def original(medium: Medium) -> FileResponse:
    return served(medium.path, medium.type, medium.name, inline=False)


def named(title: str, path: Path) -> str:
    """A name that every system takes."""
    kept = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in title)
    return (" ".join(kept.split())[:80] or "image") + path.suffix
