"""The directory goes on counting while the base grows under it."""

import pytest

from lierre.people.directory.answering import answer
from lierre.people.directory.question import Question
from lierre.people.directory.viewer import Viewer
from lierre.people.tests.townsfolk import AMELIE, settle

pytestmark = pytest.mark.django_db


def test_room_is_made_for_those_who_enter_after_the_first_count():
    staff = Viewer(everything=True)
    settle(AMELIE)
    before = answer(Question(), staff).total

    settle(*({"given": "Erwan", "family": f"Bellec{number}"} for number in range(200)))

    assert (before, answer(Question(), staff).total) == (1, 201)
    assert answer(Question(text="cariou"), staff).total == 1
