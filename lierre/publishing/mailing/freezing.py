"""A mailing begins to leave: what it says is kept as it is, then each recipient becomes a row, slice by slice.

Killed between two slices, it goes on after the last person who was looked at; the rows that exist are not written twice.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from lierre.foundation.models.journal import record
from lierre.publishing.mailing.audience import A_SLICE, held, shared, sift
from lierre.publishing.mailing.links import shorten
from lierre.publishing.mailing.rendering import html_of, text_of
from lierre.publishing.models import Mailing, Recipient


class LeaseLost(Exception):  # noqa: N818 - it says what happened, as the others of the house
    """Somebody else sends it now."""


def begin(mailing: Mailing) -> None:
    """What leaves is what was approved; what is changed here afterwards changes nothing."""
    with transaction.atomic():
        short = shorten(mailing)
        mailing.move(
            [Mailing.State.APPROVED, Mailing.State.SENDING], Mailing.State.SENDING, began_at=timezone.now(),
            html=html_of(mailing, short), text=text_of(mailing, short), segment_number=mailing.segment.number,
            reckoned={"total": 0, "kept": 0, "aside": []},
        )  # fmt: skip
        record("mailing.began", mailing, by="mailings", segment=mailing.segment.name, version=mailing.segment_number)


class Freezing:
    """`numbers`: whom the segment holds at this instant, in the order of their numbers."""

    def __init__(self, mailing: Mailing, holder: str) -> None:
        self.mailing, self.holder = mailing, holder
        self.numbers = sorted(held(mailing))

    def slice(self) -> bool:
        """One more. False when there is none left."""
        start = bisect_right(self.numbers, self.mailing.frozen_to)
        some = self.numbers[start : start + A_SLICE]
        if not some:
            self.end()
            return False
        chosen, aside = sift(some, self.mailing.topic)
        self.write(some, chosen, aside)
        return True

    def write(self, some: Sequence[int], chosen: dict[int, str], aside: Counter[str]) -> None:
        rows = [
            Recipient(mailing=self.mailing, person_id=number, address=address, domain=address.rpartition("@")[2][:255])
            for number, address in sorted(chosen.items())
        ]
        with transaction.atomic():
            Recipient.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
            kept = Recipient.objects.filter(mailing=self.mailing, person__in=some).count()
            if kept < len(rows):
                aside[shared()] += len(rows) - kept
            self.keep(frozen_to=some[-1], reckoned=self.told(len(some), kept, aside))

    def told(self, total: int, kept: int, aside: Counter[str]) -> dict[str, object]:
        before = self.mailing.reckoned or {"total": 0, "kept": 0, "aside": []}
        reasons = Counter(dict(before["aside"])) + aside
        return {
            "total": before["total"] + total, "kept": before["kept"] + kept,
            "aside": [list(each) for each in reasons.most_common()],
        }  # fmt: skip

    def end(self) -> None:
        with transaction.atomic():
            self.keep(frozen_at=timezone.now())
            record("mailing.frozen", self.mailing, by="mailings", counted=self.mailing.reckoned)

    def keep(self, **fields: object) -> None:
        mine = Mailing.objects.filter(pk=self.mailing.pk, holder=self.holder, frozen_to=self.mailing.frozen_to)
        if not mine.update(**fields):
            raise LeaseLost
        for name, value in fields.items():
            setattr(self.mailing, name, value)
