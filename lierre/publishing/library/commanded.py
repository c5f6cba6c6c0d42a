"""Media that a command line names: files of this machine, each with what it shows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.library.attaching import attach
from lierre.publishing.library.showing import day_of
from lierre.publishing.library.storing import bring
from lierre.publishing.models import Medium, Post

Named = list[tuple[Medium, str]]  # with what it shows


def asked(files: Sequence[Any], alts: Sequence[str]) -> list[dict[str, Any]]:
    """From `--media` and `--alt`, in their order."""
    if len(alts) > len(files):
        raise Refused(_("There are more descriptions (--alt) than files (--media)."))
    told = [*alts, *[""] * (len(files) - len(alts))]
    return [{"file": str(file), "alt": alt} for file, alt in zip(files, told, strict=True)]


def named(every: Any, *, by: Any) -> Named:
    """From `media` in a line: [{"file": "…", "alt": "…"}]. Brought to the library when they are not there yet."""
    found: Named = []
    for each in every or ():
        if not isinstance(each, dict) or not isinstance(each.get("file"), str):
            raise Refused(_("A medium is written %(example)s.") % {"example": '{"file": "hall.jpg", "alt": "…"}'})
        path = Path(each["file"])
        try:
            with path.open("rb") as file:
                medium, _is_new = bring(path.name, file, by=by)
        except OSError as error:
            raise Refused(_("%(name)s cannot be opened: %(why)s.") % {"name": path, "why": error.strerror}) from error
        found.append((medium, str(each.get("alt") or "")))
    return found


def show(post: Post, found: Named, *, by: Any) -> None:
    """Refuses what may not be shown on that day."""
    why = [sentence for medium, _alt in found for sentence in medium.why_not(day_of(post))]
    if why:
        raise Refused(" ".join(why))
    if found:
        attach(post, [medium for medium, _alt in found], by=by, alts={medium.pk: alt for medium, alt in found if alt})
