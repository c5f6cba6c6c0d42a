"""
The watched folder: what is dropped there is recognised and rehearsed, and applied alone only where a source says so.

Files of the sub-folder of a source come together, once none of them is being written any more: the tables of one night
need each other. In the folder itself, where nobody says who speaks, each file comes alone.
"""

import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.importing.receiving import FILES, digest_of, receive
from lierre.people.models import Delivery, Import, Source

BY: Final = "lierre work"
AT_ONCE: Final = 20
# A file that still grows, or whose copy bears another name until it is whole, is left for the next round.
SETTLED: Final = timedelta(seconds=10)
BEING_WRITTEN: Final = frozenset({".part", ".partial", ".filepart", ".tmp", ".crdownload", ".download", ".swp"})
TAKEN, REFUSED = "taken", "refused"


def lots(home: Path) -> Iterator[list[Path]]:
    """Files to be taken together, the oldest first."""
    limit = (timezone.now() - SETTLED).timestamp()
    yield from ([path] for path in dropped(home) if is_whole(path, limit))
    for folder in sorted(each for each in home.iterdir() if is_of_a_source(each)):
        files = dropped(folder)
        if files and all(is_whole(path, limit) for path in files):
            yield files[:FILES]


def is_of_a_source(folder: Path) -> bool:
    """What is found behind a link would be moved away from where it stands: a folder is one, or is mounted there."""
    return folder.is_dir() and not folder.is_symlink() and folder.name not in {TAKEN, REFUSED}


def dropped(folder: Path) -> list[Path]:
    """Links are never followed: they could point at anything that this machine can read."""
    found = {}
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # it has just been given its real name: it is there for the next round
            told = path.lstat()
            if stat.S_ISREG(told.st_mode) and not path.name.startswith("."):
                found[path] = told.st_mtime
    return sorted(found, key=found.__getitem__)


def is_whole(path: Path, limit: float) -> bool:
    """A date of tomorrow is that of a clock which is wrong: when the file came here is then told by this machine."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return False
    written = told.st_mtime if told.st_mtime <= time.time() else told.st_ctime
    return path.suffix.lower() not in BEING_WRITTEN and written < limit


def take(files: list[Path]) -> int:
    """Receive files that come together and ask for their rehearsal. Returns how many were taken."""
    fresh = [path for path in files if not is_known(path)]
    try:
        imported = receive(fresh, by=BY, source=source_of(files[0])) if fresh else None
    except (Refused, OSError) as refusal:
        if len(fresh) > 1:
            # One of them spoils the others: each comes alone, and only those that cannot be read are put aside.
            return sum(take([path]) for path in files)
        put_aside(fresh[0], refusal)
        return 0
    for path in files:
        put(path, settings.WATCHED_DIR / TAKEN)
    if imported and imported.state == Import.State.READY:
        imported.ask_rehearsal(by=BY)
    return len(fresh)


def is_known(path: Path) -> bool:
    """Whether this very file was received already, and we died before it was put away. Bringing it again adds nothing."""
    try:
        same = Delivery.objects.filter(sha256=digest_of(path), imported__by_name=BY)
    except OSError:
        return False
    return same.exclude(imported__state__in=[Import.State.ABANDONED, Import.State.REVERTED]).exists()


def source_of(path: Path) -> Source | None:
    return Source.objects.filter(name=path.parent.name).first() if path.parent != settings.WATCHED_DIR else None


def put_aside(path: Path, refusal: Exception) -> None:
    """A file that cannot be read is put beside, with the reason in a file of its own."""
    reason = str(refusal) if isinstance(refusal, Refused) else _("This file cannot be opened: look at its rights.")
    aside = put(path, settings.WATCHED_DIR / REFUSED)
    aside.with_name(f"{aside.name}.reason.txt").write_text(f"{reason}\n", encoding="utf-8")
    record("import.refused", None, by=BY, why=reason, name=path.name)


def put(path: Path, folder: Path) -> Path:
    """The folder of a source may stand on another disk: what cannot be renamed is copied."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.move(path, folder / f"{timezone.now():%Y%m%d-%H%M%S-%f}-{path.name}"))


def apply_what_applies_alone() -> int:
    """
    Ask for what came by the folder, is rehearsed, leaves nothing to decide, and whose source is trusted to do so.

    Lines that were refused do not hold back the others: they wait in quarantine.
    """
    ready = Import.objects.filter(state=Import.State.REHEARSED, by_name=BY, source__applies_alone=True).order_by("pk")
    asked = 0
    for imported in ready:
        if imported.rehearsal["counts"]["to_decide"] or imported.has_work:
            continue
        imported.ask_apply(by=BY)
        asked += 1
    return asked
