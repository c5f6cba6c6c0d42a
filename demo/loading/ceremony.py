"""The ceremonies: last year’s, which is closed, and this year’s, where graduates left an address in sixty seconds."""

from datetime import date, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from demo.degrees import LAST_YEAR
from demo.loading.accounts import newcomer
from demo.loading.claims import what_they_say
from demo.loading.house import BY
from demo.spelling import compact
from lierre.accounts.models import User
from lierre.community.graduating.leaving import confirmed, leave_signed_in, leave_unknown, topics
from lierre.community.models import Capture, Ceremony, CeremonyDay
from lierre.people.models import Person, Study, Term

DEGREE: Final = "Licence Droit"
PLACE: Final = "Faculté de droit, amphithéâtre Guilcher"
# Days after the ceremony, how many opened the page that day, filled it in, and followed the link. Those of the last day
# have no student account any more: they say who they are, and the alumni office compares.
DAYS: Final = ((0, 31, 11, 8), (1, 9, 4, 3), (4, 5, 2, 1))
AGO: Final = 9
LAST_YEARS: Final = ((0, 24, 15, 12), (1, 6, 3, 2), (12, 2, 1, 1))


def graduate(*, by: User) -> int:
    """How many left an address at this year’s ceremony."""
    today, year = timezone.localdate(), LAST_YEAR
    before = Ceremony.hold(
        name=f"Remise des diplômes {year - 1}", year=year - 1, day=today - timedelta(days=367), place="Le Quartz, Brest", by=by,
    )  # fmt: skip
    for days, *counts in LAST_YEARS:
        counted(before, before.day + timedelta(days=days), counts)
    before.close(by=by)
    term = Term.objects.filter(kind="degree", label=DEGREE).first()
    held = Ceremony.hold(
        name=f"Licence de droit, remise des diplômes {year}", degree=DEGREE, degree_id=term.pk if term else None, year=year,
        day=today - timedelta(days=AGO), place=PLACE, by=by,
    )  # fmt: skip
    chance, present = Random(2026), iter(present_at(held))
    for days, opened, done, answered in DAYS:
        day = held.day + timedelta(days=days)
        for place, person in zip(range(done), present, strict=False):
            left = leave(held, person, chance, known=days < DAYS[-1][0])
            Capture.objects.filter(pk=left.pk).update(at=timezone.now() - (today - day))
            if place < answered:
                confirmed(left)
        counted(held, day, [opened, 0, 0])
    return Capture.objects.filter(ceremony=held).count()


def present_at(held: Ceremony) -> list[Person]:
    """By number: the first of the class."""
    studies = Study.objects.filter(year=held.year, degree_id=held.degree_id).exclude(obtained=False)
    known = Person.objects.alive().filter(pk__in=studies.values("person_id"), account=None, do_not_contact=False)
    return list(known.order_by("pk")[: sum(done for _day, _opened, done, _answered in DAYS)])


def leave(held: Ceremony, person: Person, chance: Random, *, known: bool) -> Capture:
    """On a phone: signed in with their student account, or by what only they know."""
    given, family = compact(person.given), compact(person.shown_family)
    email = f"{given}.{family}{person.pk % 100:02d}@boite.example"
    agreed = [topic for topic in topics() if chance.random() < 0.6]
    if known:
        account = newcomer(str(person), f"{given[:1]}.{family}{person.pk}@etu.ubn.example")
        left = leave_signed_in(held, person, email, agreed, by=account)
    else:
        left = leave_unknown(held, email, agreed, what_they_say(person), by=BY)
        assert left.claim is not None
        left.claim.hand_over()
    left.leave()
    left.arrive()
    left.refresh_from_db()
    return left


def counted(held: Ceremony, day: date, counts: list[int]) -> None:
    """Numbers of that day: what the page counted today is moved there, and those who only looked are added."""
    for name, many in zip(("opened", "done", "confirmed"), counts, strict=True):
        for _time in range(many):
            CeremonyDay.count(held, name)
    CeremonyDay.objects.filter(ceremony=held, day=timezone.localdate()).update(day=day)
