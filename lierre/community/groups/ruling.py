"""Groups that follow a rule: those who hold a degree of a year. Whoever left is not brought back."""

from collections import Counter
from typing import Any, Final

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from lierre.community.models import Group, Membership
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.models import Study, Term
from lierre.people.projection import changed

BY: Final = "community.groups"
FEWEST: Final = 5  # a class of three is a group for whoever asks for it
A_SLICE: Final = 1_000


def follow_rules() -> Counter[str]:
    told: Counter[str] = Counter()
    for group in Group.objects.by_rule():
        told += follow_rule(group, by=BY)
    return told


def follow_rule(group: Group, *, by: Any) -> Counter[str]:
    """Bring in who is of the class by now, and let go who is no more."""
    theirs = set(students_of(group))
    known = dict(group.memberships.values_list("person_id", "state"))
    ruled = set(group.memberships.filter(how="rule", state="in").values_list("person_id", flat=True))
    coming, going = sorted(theirs - known.keys()), sorted(ruled - theirs)
    for at in range(0, len(coming), A_SLICE):
        some = coming[at : at + A_SLICE]
        with transaction.atomic():
            rows = [Membership(group=group, person_id=number, state="in", how="rule") for number in some]
            Membership.objects.bulk_create(rows, ignore_conflicts=True)
            changed(some)
    with transaction.atomic():
        group.memberships.filter(person__in=going, how="rule").forget()
        if coming or going:
            record("group.ruled", group, by=by, came=len(coming), went=len(going))
    return Counter(came=len(coming), went=len(going))


def students_of(group: Group) -> Any:
    """A programme that was not completed is no class."""
    studies = Study.objects.filter(degree_id=group.degree_id, year=group.year).exclude(obtained=False)
    return studies.values_list("person_id", flat=True)


def make_classes(year: int, *, by: Any) -> list[Group]:
    """One group for each degree of that year that enough people hold, and that has none yet."""
    studies = Study.objects.filter(year=year, degree__isnull=False).exclude(obtained=False)
    many = studies.values("degree_id").annotate(held=Count("person_id", distinct=True)).filter(held__gte=FEWEST)
    wanted = {each["degree_id"] for each in many}
    wanted -= set(Group.objects.by_rule().filter(year=year).values_list("degree_id", flat=True))
    labels = dict(Term.objects.filter(pk__in=wanted).values_list("pk", "label"))
    if not labels:
        raise Refused(
            _("No class of %(year)s is waiting: each degree that %(fewest)d people hold has its group already.")
            % {"year": year, "fewest": FEWEST}
        )
    made = []
    for degree, label in sorted(labels.items(), key=lambda each: each[1]):
        group = Group.make(f"{label}, {year}"[:120], Group.Kind.CLASS, by=by, degree=degree, year=year)
        follow_rule(group, by=by)
        made.append(group)
    return made
