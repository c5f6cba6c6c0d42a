"""Approvals of mailings are where those of posts are: at home, reminded, given for somebody away, urgent, read outside."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.foundation.errors import Refused
from lierre.people.directory import snapshot
from lierre.people.segments import reach
from lierre.publishing.mailing.approving import approve, asked_of, submit
from lierre.publishing.mailing.composing import change
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.mailing.outside import ask_outside, forget_addresses, token_of
from lierre.publishing.mailing.reminding import remind
from lierre.publishing.models import Absence, Mailing, MailingReview, Notice
from lierre.publishing.tests.mailings import SECTION, graduate, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_of_this_test() -> None:
    snapshot.forget()
    reach.forget()


@pytest.fixture
def waiting(gwenael, helene, solenn) -> Mailing:
    mailing = written(gwenael, due_at=timezone.now() + timedelta(days=4))
    submit(mailing, by=gwenael)
    return mailing


def away(who: Any, deputy: Any) -> None:
    today = timezone.localdate()
    Absence.objects.create(who=who, deputy=deputy, first=today, last=today + timedelta(days=2))


def test_it_waits_at_the_home_of_those_who_may_approve_and_not_of_its_author(client, waiting, gwenael, helene):
    homes = {}
    for user in (helene, gwenael):
        client.force_login(user)
        homes[user.name] = client.get("/").content.decode()

    assert "1 letter that waits for your approval" in homes[helene.name]
    assert waiting.get_absolute_url() in homes[helene.name]
    assert "waits for your approval" not in homes[gwenael.name]


def test_those_who_may_approve_are_reminded_once_at_each_moment(waiting, helene, solenn):
    at = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=10)
    long_ago = at - timedelta(days=5)
    Mailing.objects.update(due_at=at, told_at=long_ago, changed_at=long_ago)

    told = [remind(at - timedelta(hours=hours)) for hours in (30, 24, 23, 4, 3)]

    assert told == [0, 2, 0, 2, 0]
    assert Notice.objects.filter(to=helene, subject__startswith="Still to approve").count() == 2


def test_a_deputy_approves_in_the_stead_of_whoever_is_away(client, waiting, helene, university):
    ronan = someone("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", university)
    client.force_login(ronan)
    address = reverse("publishing:mailing_act", args=[waiting.pk, "approuver"])
    client.post(address, {"digest": waiting.digest})
    before = Mailing.objects.get().state
    away(helene, ronan)

    home, page = client.get("/").content.decode(), client.get(waiting.get_absolute_url()).content.decode()
    client.post(address, {"digest": waiting.digest})

    waiting.refresh_from_db()
    assert before == "submitted"
    assert "1 letter that waits for your approval" in home
    assert "You decide for Hélène Morvan, who is away." in page
    assert (waiting.state, waiting.approved_by, waiting.approved_stead) == ("approved", ronan, helene)


def test_nobody_approves_for_its_author_who_is_away_nor_what_they_changed(waiting, gwenael, helene, university):
    ronan = someone("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", university)
    away(gwenael, ronan)
    with pytest.raises(Refused, match="Somebody else must approve"):
        approve(waiting, waiting.digest, by=ronan)
    theirs = asked_of(ronan).exists()
    change(waiting, {"subject": "Venez"}, by=helene)
    submit(waiting, by=helene)

    with pytest.raises(Refused, match="Somebody else must approve"):
        approve(waiting, waiting.digest, by=helene)

    assert not theirs
    assert not asked_of(helene).exists()


def test_what_is_urgent_leaves_with_one_countersignature_whatever_its_hour(client, gwenael, helene, solenn):
    graduate("Une")
    mailing = written(gwenael, due_at=None)
    client.force_login(gwenael)
    client.post(reverse("publishing:mailing_act", args=[mailing.pk, "urgence"]))
    mailing.refresh_from_db()

    with pytest.raises(Refused, match="Somebody else must approve"):
        approve(mailing, mailing.digest, by=solenn)
    approve(mailing, mailing.digest, by=helene)
    Mailings().once()

    mailing.refresh_from_db()
    assert (mailing.state, mailing.recipients.count()) == ("sent", 1)
    assert not asked_of(solenn).exists()
    assert [notice.to for notice in Notice.objects.filter(subject__startswith="Urgent")] == [helene]


def test_somebody_outside_reads_it_by_a_link_and_their_answer_goes_to_its_author(client, waiting, gwenael, helene):
    review = ask_outside(waiting, name="Anna Prigent", email="anna.prigent@armor.example", days=7, by=gwenael)
    page = reverse("publishing:review_mailing", args=[token_of(review)])
    said = {"answer": "yes", "name": "Anna Prigent", "words": "Très bien.", "seen": waiting.digest}

    read = client.get(page).content.decode()
    client.post(page, said)
    again = client.post(page, said)
    change(waiting, {"sections": [SECTION | {"text": "Le 7 mars."}]}, by=gwenael)
    stale = client.post(page, said)

    kept = MailingReview.objects.get()
    assert "Le 6 mars, de 14 h à 18 h." in read
    assert (kept.answer, kept.answered_as, waiting.state) == ("yes", "Anna Prigent", "draft")
    assert (again.status_code, stale.status_code) == (422, 422)
    assert Notice.objects.filter(to=gwenael, body__contains="Très bien.").count() == 1
    assert Notice.objects.filter(address="anna.prigent@armor.example", body__contains=page).exists()


def test_a_link_that_is_closed_forged_or_old_opens_nothing_and_the_address_is_forgotten(client, waiting, gwenael):
    review = ask_outside(waiting, name="Anna Prigent", email="anna.prigent@armor.example", days=7, by=gwenael)
    page = reverse("publishing:review_mailing", args=[token_of(review)])
    client.force_login(gwenael)
    forged = client.get(page[:-2] + "x/").status_code
    shown = client.get(reverse("publishing:ask_outside_mailing", args=[waiting.pk])).content.decode()
    client.post(reverse("publishing:revoke_mailing_review", args=[review.pk]))
    MailingReview.objects.update(expires_at=timezone.now() - timedelta(days=31))

    assert page in shown
    assert (forged, client.get(page).status_code) == (404, 404)
    assert forget_addresses() == 1
    assert MailingReview.objects.get().email == ""


def test_a_letter_is_talked_about_in_the_house_and_whoever_is_called_is_told(client, waiting, gwenael, helene):
    client.force_login(helene)

    page = client.post(
        reverse("publishing:comment_on_mailing", args=[waiting.pk]),
        {"body": "@Gwenaël Riou, quelle date ?", "version": "1"}, follow=True,
    )  # fmt: skip
    comment = waiting.comments.get()
    settled = client.post(reverse("publishing:settle_comment", args=[comment.pk, "regler"]), follow=True)

    assert page.redirect_chain[-1][0] == f"{waiting.get_absolute_url()}#comment-{comment.pk}"
    assert "quelle date ?" in page.content.decode()
    assert Notice.objects.filter(to=gwenael, subject__contains="speaks to you").count() == 1
    assert "Settled by" in settled.content.decode()
