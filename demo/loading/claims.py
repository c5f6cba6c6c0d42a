"""Who says that a record is theirs: vouched for by two delegates, by one so far, by a number; or known to nobody."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from demo.characters import AMELIE, TRISTAN
from demo.loading.accounts import by_address
from demo.loading.house import BY, user
from demo.loading.story import person_of
from lierre.accounts.models import User
from lierre.community.models import Proposal
from lierre.people.claiming.vouching import vouch, weigh_answers
from lierre.people.models import Claim, ContactPoint, Delegate, Person, Record, Study, Term

CLASS: Final = ("Master Statistique et société", 2014)
# Nobody in the base: they were of another university, and two letters told them so.
NOBODY: Final = {
    "given": "Yves-Marie", "family": "Corlay", "year": 1987, "degree": "DEUG de droit", "born": "1965-04-11", "number": "8704512",
}  # fmt: skip
REFUSED: Final = NOBODY | {"given": "Soazig", "family": "Penhoat", "born": "1970-09-02", "number": "9103377"}
SAID_NO: Final = "Rappelée au téléphone : elle cherchait la base d’une autre université."


def classmates(most: int = 12) -> list[Person]:
    """Those of Amélie’s class who have no account, and to whom nobody has proposed a way, by number."""
    degree, year = CLASS
    term = Term.objects.filter(kind="degree", label=degree).first()
    studies = Study.objects.filter(degree_id=term.pk if term else None, year=year).exclude(obtained=False)
    known = Person.objects.alive().filter(pk__in=studies.values("person_id"), account=None, do_not_contact=False)
    sought = Proposal.objects.values("person_id")
    return list(known.exclude(born="").exclude(pk__in=sought).order_by("pk")[:most])


def claim_records(*, by: User) -> User | None:
    """The second delegate of the class, when there are enough of them. `by`: the alumni office."""
    amelie, office = user("Amélie Hervé"), by
    Delegate.appoint(amelie, AMELIE.last.year, "", by=office)
    reached = ContactPoint.objects.filter(kind="email", refused=False).values("person_id")
    mates = classmates()
    other = next((each for each in mates if each.pk in set(reached.values_list("person_id", flat=True))), None)
    delegate = by_address(other, email_of(other)) if other else None
    if delegate is not None:
        Delegate.appoint(delegate, CLASS[1], "", by=office)
        others = [each for each in mates if each != other]
        for person, answers in zip(others, ((amelie, delegate), (delegate,)), strict=False):
            be_vouched_for(person, answers)
    claim("tristan.abgrall@boite.example", 1, **what_they_say(person_of(TRISTAN)), year=TRISTAN.last.year, degree="DUT")
    claim("ym.corlay@mel.example", 4, **NOBODY)
    claim("s.penhoat@mel.example", 11, **REFUSED).refuse(by=office, reason=SAID_NO)
    return delegate


def email_of(person: Person) -> str:
    points = ContactPoint.objects.filter(person=person, kind="email", refused=False).order_by("pk")
    return str(points.values_list("value", flat=True)[0])


def be_vouched_for(person: Person, by: tuple[User, ...]) -> None:
    """They have no number any more; those of the class remember them."""
    said = what_they_say(person) | {"number": ""}
    email = f"{person.given[:1]}.{person.family}{person.pk}@messagerie.example".lower().replace(" ", "")
    asked = claim(email, 2, **said, year=CLASS[1], degree=CLASS[0])
    for delegate in by:
        vouch(asked, "yes", by=delegate)
    if len(by) > 1 and weigh_answers(asked) == "vouched":
        asked.refresh_from_db()
        asked.leave()
        asked.arrive()


def claim(email: str, days: int, **said: Any) -> Claim:
    """Asked so many days ago, and handed over to staff."""
    asked = Claim.receive("number", email=email, by=BY, **said)
    asked.hand_over()
    Claim.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=days, hours=3))
    asked.refresh_from_db()
    return asked


def what_they_say(person: Person) -> dict[str, str]:
    """Their name, the day of their birth, the number of their student card: as they remember them."""
    told = [record.said for record in Record.objects.of([person.pk]).spoken()]
    number = next((str(facts["student_number"]) for facts in told if facts.get("student_number")), "")
    return {"given": person.given, "family": person.family, "born": person.born, "number": number}
