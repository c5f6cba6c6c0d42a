"""Whoever comes home is offered the posts that wait for their own yes, and no others: what one post says of itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lierre.accounts.models import Role, Unit, User
from lierre.publishing import approving, composing, registering
from lierre.publishing.asked import asked_of
from lierre.publishing.models import Absence, Account, Post
from lierre.publishing.signers import digest, may_sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def laboratory(university: Unit) -> Unit:
    return Unit.objects.create(
        name="LENM", code="LENM", kind="laboratory", parent=university, path=f"{university.path}LENM/"
    )


def staff(name: str, kind: str, unit: Unit) -> User:
    user: User = User.objects.create_user(email=f"{name}@ubn.example", password="ivy on the old wall", name=name)
    Role.objects.create(user=user, unit=unit, kind=kind)
    return user


@pytest.fixture
def head(laboratory: Unit) -> User:
    """Of the laboratory."""
    return staff("annaig", "direction", laboratory)


def account(by: User, unit: Unit | None, *steps: dict[str, Any], network: str = "linkedin") -> Account:
    said = {"network": network, "label": f"{unit or 'UBN'}", "address": "", "owner": by, "unit": unit}
    made = registering.register(said, by=by)
    for step in steps:
        registering.ask_step(made, {"kind": "", "position": 1, "role": "", "person": None} | step, by=by)
    return made


def submitted(by: User, *accounts: Account, urgent: bool = False, **intent: Any) -> Post:
    at = timezone.now() + timedelta(days=2)
    post = composing.write(composing.Draft(["Dix ans de houle"], list(accounts), due_at=at, intent=intent), by=by)
    approving.submit(post, by=by, urgent=urgent)
    post.refresh_from_db()
    return post


def offered(*users: User) -> list[str]:
    """By name; and each answer is that of the post itself."""
    found = []
    for user in users:
        user = User.objects.get(pk=user.pk)
        mine = set(asked_of(user).values_list("pk", flat=True))
        waiting = Post.objects.filter(state=Post.State.SUBMITTED)
        assert mine == {post.pk for post in waiting if may_sign(user, post)}, user
        found += [user.name] if mine else []
    return found


def test_what_the_institution_says_is_offered_to_its_top_and_not_to_a_head_of_laboratory(gwenael, helene, head):
    submitted(gwenael, account(gwenael, None, {"role": "direction"}))

    assert offered(gwenael, helene, head) == ["Hélène Morvan"]


def test_what_a_laboratory_says_is_offered_to_its_head(gwenael, helene, head, laboratory, university):
    elsewhere = Unit.objects.create(name="LEMI", code="LEMI", kind="laboratory", parent=university, path="/UBN/LEMI/")
    other = staff("maelle", "direction", elsewhere)
    submitted(gwenael, account(gwenael, laboratory, {"role": "direction"}))
    ours = offered(gwenael, helene, head, other)
    submitted(gwenael, account(gwenael, None, {"role": "direction"}), unit=elsewhere)

    assert ours == ["Hélène Morvan", "annaig"]
    assert offered(other) == ["maelle"]


def test_accounts_of_two_units_speak_for_the_institution(gwenael, helene, head, laboratory):
    both = [account(gwenael, laboratory, {"role": "direction"}), account(gwenael, None, network="mastodon")]
    submitted(gwenael, *both)

    assert offered(helene, head) == ["Hélène Morvan"]


def test_each_step_is_offered_once_the_one_before_is_signed_and_to_whoever_is_named(gwenael, helene, head, solenn):
    post = submitted(gwenael, account(gwenael, None, {"person": solenn}, {"position": 2, "role": "direction"}))
    first = offered(gwenael, helene, head, solenn)
    approving.sign(post, digest(post), by=solenn)

    assert (first, offered(gwenael, helene, head, solenn)) == ([solenn.name], ["Hélène Morvan"])


def test_words_that_changed_are_read_again_from_the_first_step(gwenael, helene, solenn):
    post = submitted(gwenael, account(gwenael, None, {"person": solenn}, {"position": 2, "role": "direction"}))
    approving.sign(post, digest(post), by=solenn)
    composing.change(post, composing.Draft(["Douze centimètres"], [each.account for each in post.variants.all()],
                                           due_at=post.due_at, intent={}), by=gwenael)  # fmt: skip
    post.refresh_from_db()
    approving.submit(post, by=gwenael)

    assert offered(helene, solenn) == [solenn.name]


def test_whoever_decides_for_somebody_who_is_away_is_offered_it(gwenael, helene, solenn, malo, head):
    today = timezone.localdate()
    for who, deputy in ((helene, malo), (solenn, head)):
        Absence.objects.create(who=who, deputy=deputy, first=today, last=today + timedelta(days=3))
    submitted(gwenael, account(gwenael, None, {"role": "direction"}))
    of_a_role = offered(helene, malo, head)
    submitted(gwenael, account(gwenael, None, {"person": solenn}, network="mastodon"))

    assert of_a_role == ["Hélène Morvan", malo.name]
    assert offered(head) == ["annaig"]


def test_what_is_urgent_is_offered_to_those_who_countersign_and_never_to_whoever_wrote_it(
    gwenael, helene, head, laboratory, malo
):
    submitted(gwenael, account(gwenael, None), urgent=True)
    of_the_house = offered(gwenael, helene, head, malo)
    Absence.objects.create(who=gwenael, deputy=malo, first=timezone.localdate(), last=timezone.localdate())

    assert of_the_house == ["Hélène Morvan"]
    assert offered(malo) == []  # they stand in for its author


def test_what_somebody_outside_must_say_is_offered_to_nobody_here(gwenael, helene, head):
    submitted(gwenael, account(gwenael, None, {"external": True}))

    assert offered(gwenael, helene, head) == []


def test_whoever_stands_in_for_one_who_wrote_some_of_it_is_not_offered_it(gwenael, helene, malo):
    ours = account(gwenael, None, {"role": "direction"})
    today, at = timezone.localdate(), timezone.now() + timedelta(days=2)
    Absence.objects.create(who=helene, deputy=malo, first=today, last=today)
    post = composing.write(composing.Draft(["Dix ans de houle"], [ours], due_at=at), by=gwenael)
    composing.change(post, composing.Draft(["Dix ans de houle, et un hiver"], [ours], due_at=at), by=helene)
    approving.submit(post, by=gwenael)

    assert offered(helene, malo) == []
