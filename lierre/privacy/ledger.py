"""
The list of erasings, kept out of the base: a base that is put back from a copy erases again whoever had left since.

One line for each person: the day, whether they had asked, and a keyed hash of their public identifier. The base
remembers how far of the list it knows; a copy that is put back knows less, and what follows is done again.
"""

import hmac
import os
import time
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.configuration import secret_key
from lierre.foundation.models.journal import record
from lierre.people.models import Person
from lierre.privacy.models import ErasingsKnown

NAME: Final = "erasings"
ASKED, LET_GO = "asked", "gone"
LINE: Final = 48  # bytes: day, whether they asked, mark; every line is as long
PERSONS_AT_ONCE: Final = 20_000
REST: Final = 900  # seconds


def path() -> Path:
    return Path(settings.DATA_DIR) / NAME


@lru_cache(maxsize=8)
def key_of(given: str, folder: Path) -> bytes:
    return secret_key(given, folder, "suppression-key").encode()


def mark_of(public_id: str) -> str:
    key = key_of(settings.SUPPRESSION_KEY, settings.DATA_DIR)
    return hmac.digest(key, b"erased|" + public_id.encode(), "sha256")[:15].hex()


def note(public_ids: Collection[str], *, on_request: bool) -> None:
    """Before anything goes. On the disk when it returns: what is written here outlives the base."""
    day, how = timezone.localdate().isoformat(), ASKED if on_request else LET_GO
    lines = "".join(f"{day} {how:<5} {mark_of(each)}\n" for each in public_ids)
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="ascii") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())


def size() -> int:
    """In bytes; a line that was not written to its end counts for nothing."""
    return path().stat().st_size // LINE * LINE if path().exists() else 0


def written_since(known: int) -> dict[str, bool]:
    """Mark → whether they had asked. A list that is shorter than what the base knows is another one: read whole."""
    end = size()
    with path().open("rb") as file:
        file.seek(known if known <= end else 0)
        lines = file.read().decode("ascii", "replace").splitlines()
    told = (line.split() for line in lines)
    return {mark: how == ASKED for _day, how, mark in (each for each in told if len(each) == 3)}


def is_at_rest() -> bool:
    """Whether nobody was written down these last minutes: whoever is being erased just now must not be erased twice at once."""
    return not path().exists() or time.time() - path().stat().st_mtime > REST


def erase_again(*, by: Any) -> int:
    """Erase whoever the list names and the base still holds. Nothing to do, most of the time: then nothing is read."""
    from lierre.people.erasing import erase_all

    end, known = size(), ErasingsKnown.upto_now()
    if end == known or not path().exists():
        return 0
    wanted = written_since(known)
    found: dict[bool, list[int]] = {True: [], False: []}
    persons = Person.objects.order_by("pk").values_list("pk", "public_id")
    for number, public_id in persons.iterator(chunk_size=PERSONS_AT_ONCE):
        if (asked := wanted.get(mark_of(public_id))) is not None:
            found[asked].append(number)
    for asked, numbers in found.items():
        if numbers:
            back = list(Person.objects.filter(pk__in=numbers))
            erase_all(
                back, by=by, reason=_("Erased before: a copy of the base had brought them back."), on_request=asked
            )
    count = len(found[True]) + len(found[False])
    with transaction.atomic():
        # What was written meanwhile is looked at the next time.
        ErasingsKnown.objects.update_or_create(pk=1, defaults={"upto": end})
        if count:
            record("erasings.done_again", by=by, count=count)
    return count
