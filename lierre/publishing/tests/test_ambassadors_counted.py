"""Figures about ambassadors: of five persons at least, and no subtraction that finds fewer."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from lierre.accounts.models import Role, Unit
from lierre.publishing.ambassadors.counting import rows
from lierre.publishing.ambassadors.hiding import told
from lierre.publishing.models import OwnText
from lierre.publishing.tests.speakers import colleague, topic

UNITS = ("/U/", "/U/A/", "/U/A/1/", "/U/A/2/", "/U/B/", "/U/C/", "/U/C/1/")


@given(some.lists(some.integers(0, 9), min_size=len(UNITS), max_size=len(UNITS)))
def test_no_sum_or_difference_of_what_is_told_speaks_of_one_to_four_persons(counts):
    persons = dict(zip(UNITS, counts, strict=True))
    shown = told(UNITS, persons)
    totals = {unit: sum(count for at, count in persons.items() if at.startswith(unit)) for unit in UNITS}

    assert all(totals[unit] == count >= 5 for unit, count in shown.items())
    # Every combination of the told numbers, each added, left out or taken away.
    for signs in product((-1, 0, 1), repeat=len(shown)):
        sets = list(zip(signs, shown, strict=True))
        weight = {unit: sum(sign for sign, above in sets if unit.startswith(above)) for unit in UNITS}
        if set(weight.values()) <= {0, 1}:  # it counts some persons, each once
            found = sum(persons[unit] for unit, sign in weight.items() if sign)
            assert found == 0 or found >= 5


def test_the_number_of_a_neighbour_is_kept_back_too():
    assert told(["/U/", "/U/A/", "/U/B/", "/U/C/"], {"/U/A/": 9, "/U/B/": 6, "/U/C/": 2}) == {"/U/": 17, "/U/A/": 9}


@pytest.fixture
def lab(university):
    return Unit.objects.create(
        code="LENM", name="Énergies marines", kind="laboratory", parent=university, path="/UBN/LENM/"
    )


@pytest.mark.django_db
def test_a_head_of_laboratory_reads_a_number_from_five_on_and_no_name(client, lab, helene):
    Role.objects.filter(user=helene).update(unit=lab)
    everybody = [colleague(number, lab) for number in range(4)]
    client.force_login(helene)

    four = client.get(reverse("publishing:taking_part")).text
    everybody.append(colleague(4, lab))
    five = client.get(reverse("publishing:taking_part")).text

    assert "Fewer than five take part" in four
    assert "5 persons take part" in five
    assert not any(who.user.name in four + five for who in everybody)


@pytest.mark.django_db
def test_only_whole_weeks_count(lab, gwenael):
    everybody, material = [colleague(number, lab) for number in range(5)], topic(gwenael)
    for who in everybody:
        OwnText.objects.create(ambassador=who, material=material, published_at=timezone.now())

    now = rows([lab])[0].published
    OwnText.objects.update(published_at=timezone.now() - timedelta(days=8))
    after = rows([lab])[0].published

    assert (now, after) == (None, 5)


@pytest.mark.django_db
def test_what_one_of_five_said_is_not_what_their_unit_said(client, lab, helene, gwenael):
    """Four who stop would know what the fifth says."""
    Role.objects.filter(user=helene).update(unit=lab)
    who, *_others = (colleague(number, lab) for number in range(5))
    lately = timezone.now() - timedelta(days=8)
    OwnText.objects.create(ambassador=who, material=topic(gwenael), published_at=lately)
    client.force_login(helene)

    page = client.get(reverse("publishing:taking_part")).text

    assert (rows([lab])[0].persons, rows([lab])[0].published) == (5, None)
    assert "how often is not told" in page


@pytest.mark.django_db
def test_a_head_reads_of_their_own_units_alone(client, university, iut, lab, helene):
    Role.objects.filter(user=helene).update(unit=lab)
    for number in range(5):
        colleague(number, iut)
    client.force_login(helene)

    page = client.get(reverse("publishing:taking_part") + f"?unite={iut.pk}").text

    assert "IUT de Morlaix" not in page
    assert "Énergies marines" in page
