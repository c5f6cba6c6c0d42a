"""The register begins with what an official list declares; its errors are shown, and nothing is believed without a person."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from lierre.foundation.models.journal import record
from lierre.publishing.models import Account
from lierre.publishing.network_names import name_of
from lierre.publishing.register import CLOSED, DOUBTS, doubt_of

FILE: Final = Path(__file__).parent / "data" / "establishments.csv"
AS_OF: Final = "2025-04"
NOT_A_NETWORK: Final = {"name", "short", "uai", "website"}
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Declared:
    """One account that an establishment declares. `key` names it in a form."""

    key: str
    network: str
    address: str
    doubt: str

    @property
    def network_name(self) -> str:
        return name_of(self.network)

    @property
    def doubt_in_words(self) -> str:
        return str(DOUBTS[self.doubt]) if self.doubt else ""


@cache
def establishments() -> list[dict[str, str]]:
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def found(words: str) -> list[dict[str, str]]:
    """
    Those whose name or short name holds each of these words.

    >>> [each["uai"] for each in found("college de france")]
    ['0753480A']
    """
    asked = slugify(words).split("-")
    rows = (row for row in establishments() if all(word in slugify(f"{row['name']} {row['short']}") for word in asked))
    return list(rows)[:MOST] if words.strip() else []


def declared(uai: str) -> list[Declared]:
    """What one establishment declares, with what is wrong in it."""
    row = next((each for each in establishments() if each["uai"] == uai), None)
    return list(accounts_in(row)) if row else []


def accounts_in(row: dict[str, str]) -> Iterator[Declared]:
    for network, cell in row.items():
        if network in NOT_A_NETWORK:
            continue
        for place, address in enumerate(each.strip() for each in cell.split(";") if each.strip()):
            yield Declared(f"{network}-{place}", network, address, doubt_of(network, address))


def bring(uai: str, keys: list[str], *, by: Any) -> int:
    """Write the chosen ones down, as tolerated and never confirmed. Those that are there already are left as they are."""
    made, source = 0, f"fr-esr-principaux-etablissements-enseignement-superieur, {AS_OF}"
    for each in declared(uai):
        if each.key not in keys or Account.objects.filter(network=each.network, address=each.address).exists():
            continue
        with transaction.atomic():
            account = Account.objects.create(
                name=free_name(each.network), network=each.network, label=label_of(uai), address=each.address[:300],
                declared_in=source, doubt=each.doubt, archived_at=timezone.now() if each.network in CLOSED else None,
            )  # fmt: skip
            record("account.registered", account, by=by, source=source)
        made += 1
    return made


def label_of(uai: str) -> str:
    row = next(each for each in establishments() if each["uai"] == uai)
    return row["name"][:120]


def free_name(network: str) -> str:
    """`linkedin`, then `linkedin-2`, `linkedin-3`…"""
    taken, number = set(Account.objects.filter(name__startswith=network).values_list("name", flat=True)), 1
    while (name := network if number == 1 else f"{network}-{number}") in taken:
        number += 1
    return name
