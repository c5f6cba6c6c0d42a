"""A file enters the library: read, named by what it holds, kept once for ever."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import Any, Final, Protocol
from unicodedata import normalize

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.library.credits import credit_of
from lierre.publishing.library.looks import look_of
from lierre.publishing.library.pictures import opened
from lierre.publishing.library.reading import HEAVIEST, MEGA, read
from lierre.publishing.models import Medium
from lierre.publishing.models.medium import originals

FILES: Final = 30
CHUNK: Final = 1 << 20


class Stream(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


@dataclass
class Brought:
    """What became of several files: new, known already, and not taken, with the sentence that says why."""

    new: list[Medium] = field(default_factory=list)
    known: list[Medium] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def media(self) -> list[Medium]:
        return [*self.new, *self.known]


def bring_all(files: Iterable[tuple[str, Stream]], *, by: Any, **said: Any) -> Brought:
    """One that cannot be read keeps no other out."""
    brought, found = Brought(), list(files)
    if len(found) > FILES:
        raise Refused(_("Bring at most %(count)d files at a time.") % {"count": FILES})
    for name, stream in found:
        try:
            medium, is_new = bring(name, stream, by=by, **said)
        except Refused as refusal:
            brought.refused.append(str(refusal))
        else:
            (brought.new if is_new else brought.known).append(medium)
    return brought


def bring(name: str, stream: Stream, *, by: Any, **said: Any) -> tuple[Medium, bool]:
    """The medium, and whether it is new. `said`: credit, unit, alt… of a new one. Refuses what cannot be read."""
    name = readable(name) or _("this file")
    folder = originals()
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".coming-", delete=False) as coming:
        path = Path(coming.name)
        try:
            mark = copied(stream, coming, name)
            coming.flush()
            os.fsync(coming.fileno())
            if (known := Medium.objects.filter(sha256=mark).first()) and known.path.is_file():
                return known, False
            found = read(path, name)
            return kept(path, mark, name, found, by=by, said=said)
        finally:
            path.unlink(missing_ok=True)


def copied(stream: Stream, coming: Any, name: str) -> str:
    mark, size, most = sha256(), 0, max(HEAVIEST.values())
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise Refused(_("%(name)s weighs more than %(most)s MB.") % {"name": name, "most": most // MEGA})
        mark.update(chunk)
        coming.write(chunk)
    return mark.hexdigest()


def kept(path: Path, mark: str, name: str, found: Any, *, by: Any, said: dict[str, Any]) -> tuple[Medium, bool]:
    """The file first, in its place; then the row that speaks of it: killed in between, the row is what is missing."""
    fields = {
        "kind": found.kind, "type": found.type, "width": found.width, "height": found.height, "seconds": found.seconds,
        "pages": found.pages, "look": look_at(path, found), "size": path.stat().st_size, "name": name, "title": title_of(name),
        "brought_by": by if hasattr(by, "pk") else None,
    }  # fmt: skip
    place = originals() / mark[:2] / mark
    place.parent.mkdir(exist_ok=True)
    path.replace(place)
    place.chmod(0o440)
    if found.kind == Medium.Kind.IMAGE and not said.get("credit"):
        said = said | {"credit": credit_of(place)}
    with transaction.atomic():
        medium, is_new = Medium.objects.get_or_create(sha256=mark, defaults=fields | said)
        if is_new:
            Medium.objects.filter(pk=medium.pk).update(words=medium.worded())
            record("medium.brought", medium, by=by, sha256=mark)
    return medium, is_new


def look_at(path: Path, found: Any) -> str:
    """It was read already: nothing that can be seen keeps it out."""
    if found.kind != Medium.Kind.IMAGE:
        return ""
    with suppress(Refused), opened(path, "") as image:
        image.draft("RGB", (1024, 1024))
        return look_of(image)
    return ""


def readable(name: str) -> str:
    r"""
    Its end, without the folders before it, nor the signs that nobody sees and that turn its reading around.

    >>> readable("../../etc/hall.jpg"), readable("C:\\photos\\hall.jpg"), readable("hall\u202egpj.exe")
    ('hall.jpg', 'hall.jpg', 'hall gpj.exe')
    """
    whole = normalize("NFC", name.replace("\\", "/"))
    seen = "".join(sign if sign.isprintable() else " " for sign in whole)
    return " ".join(PurePath(seen).name.split())[-200:]


def title_of(name: str) -> str:
    """
    What people would call it; a name made for machines gets its spaces back.

    >>> title_of("hall_de_la_penfeld-2025.JPG"), title_of("Fest-noz.png")
    ('hall de la penfeld 2025', 'Fest-noz')
    """
    stem = PurePath(name).stem.replace("_", " ")
    words = stem if stem.count("-") + stem.count(" ") < 2 else stem.replace("-", " ")
    return " ".join(words.split())[:150] or name[:150]
