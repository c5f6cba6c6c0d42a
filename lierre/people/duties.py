"""What the base does by itself: takes what is dropped in the watched folder, and forgets old marks of changes."""

from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.duties import duty
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people import long_works, policy_change  # noqa: F401 - registers the long works
from lierre.people.importing.receiving import receive
from lierre.people.models import DirectoryChange, Import, Source

BY: Final = "lierre work"
AT_ONCE: Final = 20
# A file that still grows is left for the next round.
SETTLED: Final = timedelta(seconds=10)
CHANGES_KEPT: Final = 100_000


@duty(every=timedelta(minutes=1), label=gettext_lazy("Take what is dropped in the watched folder"))
def watch_folder() -> str:
    """A file in the folder itself, or in a sub-folder that bears the name of a source."""
    settings.WATCHED_DIR.mkdir(parents=True, exist_ok=True)
    taken = sum(take(path) for path in islice(dropped(settings.WATCHED_DIR), AT_ONCE))
    applied = apply_what_applies_alone()
    return _("%(taken)d files taken, %(applied)d imports applied alone.") % {"taken": taken, "applied": applied}


def dropped(folder: Path) -> list[Path]:
    """Files that nobody writes any more, the oldest first. Hidden ones and those already taken are left alone."""
    limit = (timezone.now() - SETTLED).timestamp()
    found = [path for path in (*folder.glob("*"), *folder.glob("*/*")) if path.is_file() and not path.is_symlink()]
    waiting = [path for path in found if not {"taken", "refused"} & set(path.parts[len(folder.parts) :])]
    ready = [path for path in waiting if not path.name.startswith(".") and path.stat().st_mtime < limit]
    return sorted(ready, key=lambda path: path.stat().st_mtime)


def take(path: Path) -> bool:
    """Receive one file and ask for its rehearsal. A file that cannot be read is put beside, with the reason."""
    home = settings.WATCHED_DIR
    source = Source.objects.filter(name=path.parent.name).first() if path.parent != home else None
    try:
        imported = receive([path], by=BY, source=source)
    except Refused as refusal:
        put(path, home / "refused").with_suffix(".reason.txt").write_text(f"{refusal}\n")
        record("import.refused", None, by=BY, why=str(refusal), name=path.name)
        return False
    put(path, home / "taken")
    if imported.state == Import.State.READY:
        imported.ask_rehearsal(by=BY)
    return True


def put(path: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return path.rename(folder / f"{timezone.now():%Y%m%d-%H%M%S-%f}-{path.name}")


def apply_what_applies_alone() -> int:
    """Imports that came by the folder, are rehearsed, have nothing to decide, and whose source is trusted to do so."""
    ready = Import.objects.filter(state=Import.State.REHEARSED, by_name=BY, source__applies_alone=True)
    count = 0
    for imported in ready:
        if imported.rehearsal["counts"]["to_decide"] or imported.rehearsal["counts"]["rejected"]:
            continue
        imported.ask_apply(by=BY)
        count += 1
    return count


@duty(every="daily at 02:40", label=gettext_lazy("Forget old marks of changes of the directory"))
def forget_changes() -> str:
    """The last ones stay: a snapshot that is older than them is read whole again."""
    last = DirectoryChange.objects.aggregate(last=Max("seq"))["last"] or 0
    gone, _by_model = DirectoryChange.objects.filter(seq__lt=last - CHANGES_KEPT).delete()
    return _("%(count)d marks forgotten.") % {"count": gone}
