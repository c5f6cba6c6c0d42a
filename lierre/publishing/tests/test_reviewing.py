"""Somebody outside reads one post by a link of their own: nothing else, nothing longer, nothing by opening it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models.journal import Entry
from lierre.publishing.approving import submit
from lierre.publishing.charter.changing import write_rule
from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Notice, Post, Review, Step
from lierre.publishing.notices import send_due
from lierre.publishing.reminding import remind
from lierre.publishing.reviewing import ask_outside, forget_addresses, token_of
from lierre.publishing.signers import digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(by_hand, gwenael):
    Step.objects.create(account=by_hand, position=1, external=True)
    return write(Draft(["Avec Armor Énergies"], [by_hand], due_at=timezone.now() + timedelta(days=1)), by=gwenael)


@pytest.fixture
def review(post, gwenael):
    return ask_outside(post, name="Anna Prigent", email="anna.prigent@armor.example", days=7, by=gwenael)


def page_of(review):
    return reverse("publishing:review", args=[token_of(review)])


def said(post, answer="yes", **more):
    return {"answer": answer, "name": "Anna Prigent", "words": "", "seen": digest(post), **more}


def state(post):
    post.refresh_from_db()
    return post.state


def test_the_link_leaves_by_mail_and_shows_the_text_without_changing_anything(client, post, review):
    lines = Entry.objects.count()
    send_due()

    page = client.get(page_of(review))

    assert [message.to for message in mail.outbox] == [["anna.prigent@armor.example"]]
    assert page_of(review) in mail.outbox[0].body
    assert "Avec Armor Énergies" in page.content.decode()
    [own] = post.variants.all()
    assert f'aria-labelledby="v{own.pk} a{own.pk}"' in page.text  # two accounts of one network are told apart
    assert (Entry.objects.count(), Review.objects.get().answer) == (lines, "")


def test_their_yes_is_the_step_that_was_asked_for(client, post, review, gwenael):
    submit(post, by=gwenael)

    page = client.post(page_of(review), said(post), follow=True).content.decode()

    assert "You said yes to this text." in page
    assert state(post) == "approved"
    assert str(post.signatures.get().signer) == "Anna Prigent"
    assert not Entry.objects.filter(by_name__contains="Anna").exists()


def test_a_yes_given_before_the_post_is_submitted_counts_when_its_turn_comes(client, post, review, gwenael):
    client.post(page_of(review), said(post))

    submit(post, by=gwenael)

    assert state(post) == "approved"


def test_a_rule_written_meanwhile_blocks_in_spite_of_their_yes(client, post, review, gwenael):
    submit(post, by=gwenael)
    said_of_rule = {"kind": "avoid", "name": "Pas de marque", "words": ["armor"], "why": "Loi.", "severity": "blocks"}
    write_rule(said_of_rule, by=gwenael)

    client.post(page_of(review), said(post))

    assert state(post) == "draft"
    assert "Pas de marque" in Notice.objects.get(to=gwenael).body


def test_their_no_sends_it_back_with_their_words(client, post, review, gwenael):
    submit(post, by=gwenael)

    without = client.post(page_of(review), said(post, "no"))
    client.post(page_of(review), said(post, "no", words="Notre nom est mal écrit."))

    assert without.status_code == 422
    assert state(post) == "draft"
    notice = Notice.objects.get(to=gwenael)
    assert "Anna Prigent" in notice.body
    assert "Notre nom est mal écrit." in notice.body


def test_what_changed_since_it_was_read_is_read_again(client, post, review, by_hand, gwenael):
    read = said(post)
    change(post, Draft(["Avec d’autres"], [by_hand]), by=gwenael)

    refused = client.post(page_of(review), read)
    answered = client.post(page_of(review), said(post))

    assert "read it again" in refused.content.decode()
    assert digest(post) in refused.content.decode()
    assert answered.status_code == 303


def test_a_yes_falls_with_the_words_it_was_given_to(client, post, review, by_hand, gwenael):
    submit(post, by=gwenael)
    client.post(page_of(review), said(post))
    change(post, Draft(["Avec d’autres"], [by_hand]), by=gwenael)

    submit(post, by=gwenael)

    assert state(post) == "submitted"


def test_they_are_reminded_while_their_yes_is_awaited_and_no_longer_once_it_is_given(
    client, post, review, gwenael, helene
):
    Step.objects.create(account=post.variants.get().account, position=2, role="direction")
    due_at = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0) + timedelta(days=10)
    Post.objects.update(due_at=due_at, changed_at=due_at - timedelta(days=5))
    post.refresh_from_db()
    mails = Notice.objects.filter(address=review.email)
    before = [remind(due_at - timedelta(hours=24)), mails.count()]
    submit(post, by=gwenael)
    Post.objects.update(changed_at=due_at - timedelta(days=5))

    first = [remind(due_at - timedelta(hours=24)), remind(due_at - timedelta(hours=23)), mails.count()]
    client.post(page_of(review), said(post))
    Post.objects.update(changed_at=due_at - timedelta(days=5))
    then = [remind(due_at - timedelta(hours=4)), mails.count()]

    assert (before, first, then) == ([0, 1], [1, 0, 2], [1, 2])
    assert Notice.objects.filter(to=helene, subject__startswith="Still to approve").count() == 1


def test_one_answer_for_the_same_words(client, post, review):
    client.post(page_of(review), said(post))

    again = client.post(page_of(review), said(post, "no", words="Finalement non."))

    assert again.status_code == 422
    assert Review.objects.get().answer == "yes"


def test_a_link_that_is_closed_old_false_or_of_a_withdrawn_post_opens_nothing(client, post, review, gwenael):
    client.force_login(gwenael)
    client.post(reverse("publishing:revoke_review", args=[review.pk]))
    client.logout()
    closed = client.get(page_of(review)).status_code
    Review.objects.update(revoked_at=None, expires_at=timezone.now() - timedelta(minutes=1))
    old = client.post(page_of(review), said(post)).status_code
    Review.objects.update(expires_at=timezone.now() + timedelta(days=1))
    false = client.get(page_of(review)[:-3] + "xx/").status_code
    post.withdraw(by=gwenael)
    withdrawn = client.get(page_of(review)).status_code

    assert (closed, old, false, withdrawn) == (404, 404, 404, 404)
    assert Review.objects.get().answer == ""


def test_elsewhere_their_answer_is_an_advice(client, by_hand, gwenael):
    post = write(Draft(["Sans étape"], [by_hand]), by=gwenael)
    review = ask_outside(post, name="Anna Prigent", email="", days=3, by=gwenael)

    client.post(page_of(review), said(post, words="C’est bien."))

    assert state(post) == "draft"
    assert "C’est bien." in Notice.objects.get(to=gwenael).body


def test_whoever_writes_gives_the_link_and_closes_it(client, post, gwenael):
    client.force_login(gwenael)
    asking = reverse("publishing:ask_outside", args=[post.pk])

    page = client.post(asking, {"name": "Anna Prigent", "email": "", "days": "3"}, follow=True).content.decode()

    assert page_of(Review.objects.get()) in page
    assert "counts as an approval" in page


def test_the_address_goes_a_month_after_the_link_closes(review):
    Review.objects.update(expires_at=timezone.now() - timedelta(days=31))

    assert forget_addresses() == 1
    assert Review.objects.get().email == ""
