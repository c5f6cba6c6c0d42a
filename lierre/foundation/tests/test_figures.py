"""A figure that does not say what it counts, or hides its doubt, cannot be made."""

import pytest

from lierre.foundation.figures import Figure
from lierre.foundation.periods import Period

YEAR = Period.academic_year(2025)


def figure(value, **more):
    return Figure("contact rate", value, "%", YEAR, "Graduates with an e-mail that works.", **more)


def test_what_is_unknown_has_no_change():
    assert figure(None, compared=figure(12)).change is None
    assert figure(12, compared=figure(None)).change is None
    assert not figure(None).is_known
    assert figure(0).is_known


@pytest.mark.parametrize(("now", "before", "could_be_nothing"), [(61, 58, True), (70, 58, False)])
def test_a_small_change_may_be_nothing(now, before, could_be_nothing):
    assert figure(now, doubt=2, compared=figure(before, doubt=1)).is_within_doubt is could_be_nothing


@pytest.mark.parametrize("wrong", [{"coverage": 1.2}, {"doubt": -1}])
def test_impossible_doubts_are_refused(wrong):
    with pytest.raises(ValueError, match=r"share|never negative"):
        figure(12, **wrong)


def test_a_definition_is_needed():
    with pytest.raises(ValueError, match="what it counts"):
        Figure("contact rate", 1, "%", YEAR, "")
