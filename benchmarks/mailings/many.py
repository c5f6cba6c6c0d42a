"""Persons who may be written to, and the mailing that goes to all of them, by the product's own verbs."""

from datetime import timedelta
from itertools import pairwise
from resource import RUSAGE_SELF, getrusage
from time import process_time
from typing import Any, Final

from django.core.management import call_command
from django.utils import timezone

from lierre.accounts.models import Role, Unit, User
from lierre.people.models import ContactPoint, DirectoryChange, DirectoryEntry, Person, Segment, Study
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.composing import write
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.mailing.rendering import weight
from lierre.publishing.models import Mailing, MailingRules

AT_ONCE: Final = 10_000
EVERYBODY_SEES: Final = 2**24 - 1
PROVIDERS: Final = ("courriel.example",) * 5 + tuple(f"fournisseur{number}.example" for number in range(5))
SECTIONS: Final = [
    {"title": f"Nouvelle {number}", "text": "Deux phrases sur ce qui se passe ici. " * 12, "image": "", "alt": "",
     "button": "Lire la suite", "link": f"https://ubn.example/{number}"} for number in range(5)
]  # fmt: skip


def fill(size: int) -> None:
    call_command("migrate", verbosity=0)
    for start in range(0, size, AT_ONCE):
        numbers = range(start + 1, min(start + AT_ONCE, size) + 1)
        Person.objects.bulk_create(
            Person(
                pk=number, given=f"Gaëlle{number}", family="Le Ster", sort=f"le ster gaelle{number}", record_id=number
            )
            for number in numbers
        )
        ContactPoint.objects.bulk_create(
            ContactPoint(person_id=number, kind="email", value=f"n{number}@{PROVIDERS[number % 10]}", record_id=number)
            for number in numbers
        )
        Study.objects.bulk_create(
            Study(person_id=number, year=2014, obtained=True, record_id=number) for number in numbers
        )
        DirectoryEntry.objects.bulk_create(
            DirectoryEntry(person_id=number, sort=f"le ster gaelle{number}", mask=EVERYBODY_SEES, year=2014)
            for number in numbers
        )
    DirectoryChange.objects.create(person_id=1)


def somebody(name: str, kind: str, unit: Unit) -> User:
    user = User.objects.create_user(email=f"{kind}@ubn.example", password=None, name=name)
    Role.objects.create(user=user, unit=unit, kind=kind)
    return user


def sent() -> dict[str, Any]:
    """Written, approved, frozen, handed over to the last one; the moments are those that the rows keep."""
    unit = Unit.objects.create(code="UBN", name="UBN", kind="institution", path="/UBN/")
    author, approver = somebody("Gwenaël Riou", "communication", unit), somebody("Hélène Morvan", "direction", unit)
    limits = {"an_hour": 10_000_000, "a_domain_a_minute": 1_000_000, "a_week": 3, "a_topic_a_week": 1}
    MailingRules.decide(limits, by=author)
    mailing = write(
        {
            "name": "Lettre", "topic": "relations", "sender_name": "UBN", "subject": "La lettre", "sections": SECTIONS,
            "segment": Segment.objects.keep("Tous", {"group": "all", "members": []}, by=author),
            "due_at": timezone.now() + timedelta(hours=1), "reckoned": {},
        },
        by=author,
    )  # fmt: skip
    submit(mailing, by=author)
    approve(mailing, mailing.digest, by=approver)
    Mailing.objects.filter(pk=mailing.pk).update(due_at=timezone.now())
    since = process_time()
    Mailings().once()
    spent = process_time() - since
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024  # before what is measured is gathered
    mailing.refresh_from_db()
    assert mailing.began_at
    assert mailing.frozen_at
    assert mailing.ended_at
    moments = mailing.recipients.order_by("left_at").values_list("left_at", flat=True)
    left = [moment for moment in moments if moment is not None]
    between = sorted((after - before).total_seconds() for before, after in pairwise(left))
    taken = mailing.recipients.filter(state="taken").count()
    return {
        "recipients": mailing.recipients.count(), "taken": taken, "weight": weight(mailing) * 3 // 2,
        "prepare": (mailing.frozen_at - mailing.began_at).total_seconds(),
        "rate": taken / (mailing.ended_at - mailing.frozen_at).total_seconds(),
        "peak": peak, "cpu": spent / max(1, taken), "p50": between[len(between) // 2], "p95": between[len(between) * 95 // 100],
    }  # fmt: skip
