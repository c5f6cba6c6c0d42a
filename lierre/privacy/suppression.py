"""The list of those who asked to be erased: marks made with a key of the instance, which stays out of the base.

A mark is a keyed hash (HMAC-SHA-256, half of it) of the hash of a strong key: student number, national number, identifier
in a source, proven e-mail; or of a name with a day of birth, or with the year of a degree. Whoever steals the base cannot
try them one after the other without stealing the key too.
"""

import hmac
from collections.abc import Callable, Collection, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string

from lierre.configuration import secret_key
from lierre.foundation.models.journal import record
from lierre.people.erasing_likeness import Likeness
from lierre.people.matching.keys import Key
from lierre.people.projection import sliced
from lierre.people.unwanted import PERHAPS, SAME
from lierre.privacy import ledger
from lierre.privacy.models import Suppression

AT_ONCE = 900
Kind = Suppression.Kind


@cache
def instance_key(given: str, folder: Path) -> bytes:
    return secret_key(given, folder, "suppression-key").encode()


def mark_of(number: int) -> str:
    """Of the hash of a strong key, or of a likeness."""
    key = instance_key(settings.SUPPRESSION_KEY, settings.DATA_DIR)
    return hmac.digest(key, number.to_bytes(8, "big", signed=True), "sha256")[:16].hex()


class SuppressionList:
    """What the base of persons asks before it takes somebody in."""

    def note(self, public_ids: Collection[str], *, on_request: bool) -> None:
        ledger.note(public_ids, on_request=on_request)

    def erase_again(self, *, by: Any) -> int:
        return ledger.erase_again(by=by)

    def keep(self, hashes: Collection[int], likeness: Likeness) -> None:
        """The marks of one person stand together: one of them is enough to take all of them away."""
        together = get_random_string(12)
        kinds = {Kind.KEY: hashes, Kind.BORN: likeness.born, Kind.YEAR: likeness.year}
        marks = [
            Suppression(mark=mark_of(number), together=together, kind=kind)
            for kind, numbers in kinds.items()
            for number in sorted(numbers)
        ]
        Suppression.objects.bulk_create(marks, ignore_conflicts=True)

    def is_empty(self) -> bool:
        return not Suppression.objects.exists()

    def among(self, hashes: Collection[int]) -> set[int]:
        found: set[int] = set()
        for some in sliced(sorted(hashes), AT_ONCE):
            by_mark = {mark_of(number): number for number in some}
            found |= {by_mark[mark] for mark in Suppression.objects.bearing([*by_mark]).values_list("mark", flat=True)}
        return found

    def recogniser(self) -> Callable[[Likeness], str] | None:
        """Read once for a whole file. None while nobody is remembered by a likeness."""
        dated = set(Suppression.objects.filter(kind=Kind.BORN).values_list("together", flat=True))
        years = Suppression.objects.exclude(kind=Kind.KEY).values_list("mark", "kind", "together")
        known = {mark: (kind == Kind.BORN, together in dated) for mark, kind, together in years}
        return partial(resembles, known) if known else None

    def lift(self, hashes: Collection[int], *, by: Any, reason: str = "") -> int:
        """The person came back themselves. The journal says that it was done, not of whom."""
        with transaction.atomic():
            marks = [mark_of(number) for number in hashes]
            count, _by_model = Suppression.objects.of_those_bearing(marks).delete()
            if count:
                record("suppression.lifted", by=by, why=reason, count=count)
        return count


def resembles(known: Mapping[str, tuple[bool, bool]], likeness: Likeness) -> str:
    """Born that day under that name: the same. Same name and year of degree, and no day to compare: perhaps."""
    if any(mark_of(number) in known for number in likeness.born):
        return SAME
    years = [known[mark] for mark in map(mark_of, likeness.year) if mark in known]
    # Two days of birth that differ are two persons, whatever the name.
    return PERHAPS if any(not (likeness.born and dated) for _born, dated in years) else ""


def hashes_of(identifier: str) -> list[int]:
    """Of a student number, a national number or an e-mail, typed by somebody."""
    text = "".join(identifier.split())
    kinds = {"student_number": text, "ine": text.upper(), "email": text.lower()}
    return [Key(kind, value).hash for kind, value in kinds.items()]
