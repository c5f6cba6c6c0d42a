"""What the library leaves behind by itself: copies that nobody has asked for lately, and files whose coming was cut off."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from lierre.publishing.library.looks import look_at_all
from lierre.publishing.models import Medium
from lierre.publishing.models.medium import originals

# Copies are made again when they are asked for.
COPIES: Final = timedelta(days=60)
COMING: Final = timedelta(days=1)


def tidy() -> int:
    """How many files went. No original is ever one of them. Pictures that nobody compared yet are looked at."""
    look_at_all()
    for medium in Medium.objects.prefetch_related("likenesses").iterator(chunk_size=500):
        medium.word_again()  # words were kept otherwise, some releases ago
    copies = (settings.DATA_DIR / "variants").glob("*/*/*")
    cut = originals().glob(".coming-*")
    return sum(forget(path, COPIES) for path in copies) + sum(forget(path, COMING) for path in cut)


def forget(path: Path, age: timedelta) -> bool:
    try:
        is_old = path.stat().st_mtime < time.time() - age.total_seconds()
    except OSError:
        return False
    if is_old:
        path.unlink(missing_ok=True)
    return is_old
