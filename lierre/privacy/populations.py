"""In which population each person is known: a purpose stands for one."""

from collections.abc import Collection

from django.utils import timezone

from lierre.accounts.models import Role
from lierre.people.models import Person, Study
from lierre.privacy.models import Population

OF_ROLES = {
    "graduate": Population.GRADUATES,
    "student": Population.STUDENTS,
    "recruiter": Population.RECRUITERS,
}


def populations_of(persons: Collection[Person]) -> dict[int, Population]:
    """A degree makes a graduate; a study under way, a student; else the role of the account; else a graduate."""
    year = timezone.localdate().year
    numbers = [person.pk for person in persons]
    graduates, students = set(), set()
    for number, obtained, last in Study.objects.filter(person__in=numbers).values_list("person", "obtained", "year"):
        if obtained or (obtained is None and last and last < year):
            graduates.add(number)
        elif last and last >= year:
            students.add(number)
    accounts = {person.account_id: person.pk for person in persons if person.account_id}
    roles = Role.objects.in_force().filter(user__in=accounts) if accounts else Role.objects.none()
    held = {accounts[user]: OF_ROLES.get(kind, Population.STAFF) for user, kind in roles.values_list("user", "kind")}
    found = {}
    for number in numbers:
        if number in graduates:
            found[number] = Population.GRADUATES
        elif number in students:
            found[number] = Population.STUDENTS
        else:
            found[number] = held.get(number, Population.GRADUATES)
    return found


def population_of(person: Person) -> Population:
    return populations_of([person])[person.pk]
