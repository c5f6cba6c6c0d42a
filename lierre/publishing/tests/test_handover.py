"""Somebody leaves: everything that hangs on them has somebody else before their access closes, or the journal says why not."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.accounts.handover import hand_over, hanging_on
from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing import approving
from lierre.publishing.models import Absence, Account, Comment, Mention, Notice, Post, Series, Step
from lierre.publishing.of_user import forget_user
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.register import in_the_register, lines
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def nolwenn(university) -> User:
    """Communication, who comes after Gwenaël."""
    return someone("Nolwenn Le Berre", "nolwenn.leberre@ubn.example", "communication", university)


@pytest.fixture
def laden(gwenael, helene, solenn, by_hand, world) -> User:
    """Gwenaël, on whom one thing of each kind hangs."""
    by_hand.write(owner=gwenael, keys_held_by="Coffre, Gwenaël Riou")
    Account.objects.create(name="x", network="x", label="UBN sur X", owner=helene, deputy=gwenael)
    univ = connect("mastodon", "univ", "token-univ", address=world.address, by=gwenael)
    approved("Portes ouvertes", univ, owner=gwenael, due_at=timezone.now() + timedelta(days=2))
    Step.objects.create(account=by_hand, position=1, person=gwenael)
    Absence.objects.create(who=helene, deputy=gwenael, first=date(2026, 1, 1), last=date(2999, 1, 1))
    return gwenael


def test_nobody_leaves_while_something_hangs_on_them(laden, malo):
    with pytest.raises(Refused, match="7 things hang on Gwenaël Riou"):
        laden.deactivate(by=malo, why="Départ")
    with pytest.raises(Refused, match="7 things"):
        laden.roles.get().withdraw(by=malo, why="Départ")

    laden.refresh_from_db()
    assert (laden.is_active, laden.roles.count()) == (True, 1)


def test_one_choice_hands_everything_over_and_then_the_door_closes(client, laden, malo, nolwenn):
    client.force_login(malo)

    page = client.get(reverse("accounts:handover", args=[laden.pk])).content.decode()
    after = client.post(reverse("accounts:handover", args=[laden.pk]), {"everybody": nolwenn.pk}, follow=True)
    laden.deactivate(by=malo, why="Départ")

    assert "7 things are to be handed over" in page
    assert "their access can be closed" in after.content.decode()
    assert hanging_on(laden) == []
    account = Account.objects.get(name="linkedin")
    assert (account.owner, account.keys_held_by) == (nolwenn, "Coffre, Nolwenn Le Berre")
    assert Account.objects.get(name="x").deputy == nolwenn
    assert Account.objects.get(name="univ").successor == nolwenn
    assert (Post.objects.get().owner, Step.objects.get().person, Absence.objects.get().deputy) == (nolwenn,) * 3
    assert "Portes ouvertes" in Notice.objects.get(to=nolwenn).body
    assert Entry.objects.filter(verb="post.handed_over").exists()


def test_what_is_planned_still_leaves_at_its_time(laden, malo, nolwenn):
    hand_over(laden, {each.key: nolwenn for each in hanging_on(laden)}, by=malo)

    post = Post.objects.get()
    assert (post.state, post.deliveries.get().state) == ("approved", "waiting")


def test_each_thing_may_go_to_somebody_else_or_to_nobody(client, laden, malo, nolwenn, solenn):
    client.force_login(malo)
    keys = {each.tie.name: each.key for each in hanging_on(laden)}
    chosen = {"everybody": nolwenn.pk, keys["owned"]: solenn.pk, keys["deputies"]: "nobody"}

    client.post(reverse("accounts:handover", args=[laden.pk]), chosen)

    assert Account.objects.get(name="linkedin").owner == solenn
    assert Account.objects.get(name="x").deputy is None
    assert Post.objects.get().owner == nolwenn


def test_nothing_goes_to_somebody_who_could_do_nothing_with_it(client, laden, malo, yann):
    """An ambassador may answer for an account; they do not plan posts of the institution."""
    client.force_login(malo)

    page = client.post(reverse("accounts:handover", args=[laden.pk]), {"everybody": yann.pk})

    assert page.status_code == 422
    assert "This person cannot have it" in page.content.decode()
    assert Account.objects.get(name="linkedin").owner == laden


def test_a_post_is_not_given_to_whoever_approves_it(univ, gwenael, helene, nolwenn, malo):
    Step.objects.create(account=univ, position=1, person=nolwenn)
    post = Post.write(["La houle"], [univ], by=gwenael, due_at=timezone.now() + timedelta(days=2))
    approving.submit(post, by=gwenael)

    with pytest.raises(Refused, match="nobody approves what is theirs"):
        hand_over(gwenael, {each.key: nolwenn for each in hanging_on(gwenael)}, by=malo)

    assert Post.objects.get().owner == gwenael


def test_what_waits_for_an_approval_is_asked_of_whoever_succeeds(univ, gwenael, helene, nolwenn, malo):
    Step.objects.create(account=univ, position=1, person=helene)
    post = Post.write(["La houle"], [univ], by=gwenael, due_at=timezone.now() + timedelta(days=2))
    approving.submit(post, by=gwenael)

    hand_over(helene, {each.key: nolwenn for each in hanging_on(helene)}, by=malo)
    approving.sign(post, approving.digest(post), by=nolwenn)

    assert Notice.objects.filter(to=nolwenn, subject__startswith="To approve").exists()
    assert Post.objects.get().state == "approved"


def test_with_a_reason_the_door_closes_and_the_journal_says_what_is_left(client, laden, malo, gwenael):
    client.force_login(malo)
    address = reverse("accounts:user_act", args=[laden.pk, "desactiver"])

    page = client.get(address).content.decode()
    refused = client.post(address, {"reason": "Compte volé"})
    client.post(address, {"reason": "Compte volé", "despite": "on"})

    laden.refresh_from_db()
    entry = Entry.objects.get(verb="user.deactivated")
    assert "7 things hang on Gwenaël Riou" in page
    assert refused.status_code == 422
    assert (laden.is_active, entry.reason, len(entry.details["left_behind"])) == (False, "Compte volé", 7)


def test_an_account_left_without_handover_is_said_on_the_register_and_on_the_home(client, laden, malo, nolwenn):
    laden.deactivate(by=malo, why="Compte volé", despite=True)
    client.force_login(nolwenn)

    register = client.get(reverse("publishing:accounts")).content.decode()
    home = client.get(reverse("site:home")).content.decode()

    assert "whoever answers for it has left" in register
    assert reverse("accounts:handover", args=[laden.pk]) in register
    assert "1 account whose owner has left" in home


def test_somebody_who_holds_no_role_any_more_has_left_too(by_hand, gwenael):
    by_hand.write(owner=gwenael)
    gwenael.roles.all().delete()

    (line,) = lines(in_the_register(Account.objects.living()))

    assert "whoever answers for it has left" in line.alerts


def test_the_successor_connects_again_in_their_own_name(laden, malo, nolwenn, world):
    hand_over(laden, {each.key: nolwenn for each in hanging_on(laden)}, by=malo)
    before = Account.objects.get(name="univ")
    connect("mastodon", "univ", "token-univ", address=world.address, by=nolwenn)

    after = Account.objects.get(name="univ")
    assert (before.authorised_by, before.successor) == (laden, nolwenn)
    assert (after.authorised_by, after.successor) == (nolwenn, None)


def test_series_and_comments_that_wait_for_an_answer_go_on_with_somebody_else(gwenael, helene, nolwenn, malo):
    series = Series.objects.create(
        title="Le chercheur du mois", owner=gwenael, hour=time(9), zone="Europe/Paris", starts_on=date(2026, 1, 5)
    )
    post = Post.write(["La houle"], [], by="the tests")
    comment = Comment.objects.create(post=post, version=1, body="@Gwenaël, quelle date ?", by=helene)
    Mention.objects.create(comment=comment, user=gwenael)

    count = hand_over(gwenael, {each.key: nolwenn for each in hanging_on(gwenael)}, by=malo)

    series.refresh_from_db()
    assert (count, series.owner, Mention.objects.get().user) == (2, nolwenn, nolwenn)


def test_somebody_who_is_erased_is_named_on_no_account_any_more(laden):
    forget_user(Account, "owner", "deputy", "authorised_by", "successor")(laden)

    assert not Account.objects.filter(authorised_by=laden).exists()
