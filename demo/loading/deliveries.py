"""The files, in the order in which they reached the alumni office: who brought them, who speaks in them, since when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from demo.characters import AMELIE, ERWAN, NOLWENN
from demo.exports import association, survey
from demo.exports.catalogue import FILES
from demo.graduate import Graduate
from demo.loading.house import source, user
from demo.loading.story import person_of
from lierre.accounts.models import User
from lierre.people.models import Import

State = Import.State


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files that come together. `until` leaves some of them half-way, so that every page has something to show."""

    files: str
    source: str
    day: date
    by: str = "Solenn Kerbrat"
    member: Graduate | None = None
    meaning: Mapping[str, str] | None = None
    until: Literal["applied", "rehearsed", "received"] = "applied"


DELIVERIES: Final = (
    Delivery("apogee-2014", "school", date(2014, 10, 8)),
    Delivery("apogee", "school", date(2026, 10, 15), by="Malo Quéré"),
    Delivery("scodoc", "iut", date(2026, 11, 6)),
    Delivery("alumnforce", "platform", date(2026, 11, 2)),
    Delivery("nightly", "platform", date(2026, 11, 20), by="Malo Quéré"),
    Delivery("civicrm", "association", date(2026, 9, 1)),
    Delivery("hivebrite", "engineers", date(2026, 10, 28)),
    Delivery("survey", "survey", date(2019, 1, 18), meaning=survey.MEANING),
    Delivery("linkedin", "linkedin", date(2024, 11, 4), by="Amélie Hervé", member=AMELIE),
    Delivery("europass", "cv", date(2026, 3, 2), member=NOLWENN),
    Delivery("resume", "cv", date(2026, 5, 18), member=ERWAN),
    Delivery("directory-1998", "association", date(1998, 6, 1), until="received"),
    Delivery("association", "association", date(2026, 11, 20), meaning=association.MEANING, until="rehearsed"),
)


def bring_all(folder: Path) -> Iterator[tuple[Delivery, Import]]:
    """Bring what has not been brought yet, one delivery after the other."""
    for delivery in DELIVERIES:
        yield delivery, bring(delivery, folder)


def bring(delivery: Delivery, folder: Path) -> Import:
    """Take one delivery as far as it must go. Interrupted half-way, it goes on from there the next time."""
    by = user(delivery.by)
    imported = known(delivery) or received(delivery, folder, by)
    if delivery.until == "received" or imported.state == State.APPLIED:
        return imported
    if imported.state in {State.RECEIVED, State.READY}:
        describe(delivery, imported, by)
    if imported.state in {State.READY, State.REHEARSING}:
        imported.ask_rehearsal(by=by).run_now()
        imported.refresh_from_db()
    if delivery.until == "applied":
        imported.ask_apply(by=by).run_now()
        imported.refresh_from_db()
    return imported


def known(delivery: Delivery) -> Import | None:
    """The import of these files, when they were brought already."""
    brought = Import.objects.filter(deliveries__name__startswith=FILES[delivery.files][0])
    return brought.exclude(state__in=[State.ABANDONED, State.REVERTED]).first()


def received(delivery: Delivery, folder: Path, by: User) -> Import:
    """Hand the files over."""
    from lierre.people.importing.receiving import receive

    return receive(
        [folder / file for file in FILES[delivery.files]],
        by=by,
        source=source(delivery.source),
        asserted_on=delivery.day,
        member=person_of(delivery.member) if delivery.member else None,
    )


def describe(delivery: Delivery, imported: Import, by: User) -> None:
    """Say what the columns mean, for files that no preset knows."""
    if delivery.meaning is not None:
        for file in imported.deliveries.all():
            file.map_columns(dict(delivery.meaning), by=by)
        imported.refresh_from_db()
    if imported.state == State.RECEIVED:
        imported.describe(source=source(delivery.source), asserted_on=delivery.day, by=by)
        imported.refresh_from_db()
