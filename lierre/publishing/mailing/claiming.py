"""Some recipients are taken at once: each is asked about again, counted in their budget, then held by whoever sends.

Put back, they were not written to: they wait again, and their budget is as before.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.people.models import Merge, Person
from lierre.privacy.contacting import purposes_for
from lierre.privacy.models import Contact
from lierre.privacy.oneness import absorbed_by
from lierre.publishing.mailing.audience import refusals
from lierre.publishing.mailing.pace import within_pace
from lierre.publishing.models import Mailing, Recipient

State = Recipient.State


def service(mailing: Mailing) -> str:
    """How the contact budget names what wrote."""
    return f"publishing.mailing.{mailing.pk}"


def claim(mailing: Mailing, holder: str) -> list[Recipient]:
    """Those who may be handed over now. Whoever may no longer be written to is set aside, with the reason."""
    seen = [each.pk for each in within_pace(mailing)]
    if not seen:
        return []
    with transaction.atomic():
        rows = list(mailing.recipients.waiting().filter(pk__in=seen).order_by("pk"))
        today = standing_today([row.person_id for row in rows])
        # Two services cannot both take the last message of a week: the persons are held while they are counted.
        asked = sorted({today.get(row.person_id, row.person_id) for row in rows})
        persons = {each.pk: each for each in Person.objects.select_for_update().filter(pk__in=asked).order_by("pk")}
        why = refusals(persons.values(), mailing.topic)
        rows = without_doubles(mailing, rows, today)
        mine = [row for row in rows if today.get(row.person_id, row.person_id) not in why]
        set_aside(rows, today, why)
        count(mailing, [persons[today.get(row.person_id, row.person_id)] for row in mine])
        Recipient.objects.filter(pk__in=[row.pk for row in mine]).update(state=State.CLAIMED, holder=holder)
    return list(Recipient.objects.filter(pk__in=[row.pk for row in mine]).select_related("person").order_by("pk"))


def without_doubles(mailing: Mailing, rows: list[Recipient], today: dict[int, int]) -> list[Recipient]:
    """Two recipients who have become one person since they were written down are written to once."""
    one = {
        gone: kept for kept, others in absorbed_by([row.person_id for row in rows]).items() for gone in others
    } | today
    if not one:
        return rows
    ended = [State.DROPPED, State.CANCELLED, State.REFUSED]
    double = []
    for row in rows:
        kept = one.get(row.person_id, row.person_id)
        others = [kept, *(gone for gone, bearer in one.items() if bearer == kept)]
        same = mailing.recipients.filter(person__in=others).exclude(state__in=ended).exclude(pk=row.pk)
        if len(others) > 1 and same.filter(Q(pk__lt=row.pk) | ~Q(state=State.WAITING)).exists():
            double.append(row.pk)
    said = _("They are the same person as another recipient.")
    Recipient.objects.filter(pk__in=double).update(state=State.DROPPED, said=said)
    return [row for row in rows if row.pk not in double]


def standing_today(numbers: list[int]) -> dict[int, int]:
    """Who has become somebody else since the rows were written."""
    return dict(Merge.objects.standing().filter(gone__in=numbers).values_list("gone", "kept"))


def set_aside(rows: list[Recipient], today: dict[int, int], why: dict[int, str]) -> None:
    by_reason: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if reason := why.get(today.get(row.person_id, row.person_id)):
            by_reason[reason].append(row.pk)
    for reason, numbers in by_reason.items():
        Recipient.objects.filter(pk__in=numbers).update(state=State.DROPPED, said=reason[:300])


def count(mailing: Mailing, persons: list[Person]) -> None:
    """In the budget of each, before anything is said to the mail server."""
    purposes, now, name = purposes_for(persons, mailing.topic), timezone.now(), service(mailing)
    Contact.objects.bulk_create(
        Contact(person=person, purpose=purpose, service=name, channel="email", at=now)
        for person in persons
        if (purpose := purposes[person.pk])
    )


def forget(mailing: Mailing, persons: list[int]) -> None:
    """They were not written to, for sure."""
    today = standing_today(persons)
    numbers = {*persons, *today.values()}
    Contact.objects.filter(service=service(mailing), person__in=numbers).delete()


def put_back(mailing: Mailing, holder: str = "") -> int:
    """What was taken and not handed over waits again. `holder`: only what this one had taken."""
    with transaction.atomic():
        rows = Recipient.objects.filter(mailing=mailing, state=State.CLAIMED)
        held = list((rows.filter(holder=holder) if holder else rows).values_list("pk", "person_id"))
        forget(mailing, [person for _pk, person in held])
        return Recipient.objects.filter(pk__in=[pk for pk, _person in held]).update(state=State.WAITING, holder="")


def recover(mailing: Mailing) -> None:
    """Whoever sent it died, or let it go. What they were handing over may have been taken: nobody sends it again by itself."""
    with transaction.atomic():
        Recipient.objects.filter(mailing=mailing, state=State.LEAVING).update(state=State.UNCERTAIN)
        put_back(mailing)
