"""Approvals of mailings are where those of posts are: at home, reminded, given for somebody away, urgent, read outside."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.people.directory import snapshot
from lierre.people.segments import reach
from lierre.publishing.mailing.approvers import approvers, asked_of
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.composing import change
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.models import Absence, Mailing, MailingReview, MailingRules, Notice
from lierre.publishing.reminding_of_letters import remind
from lierre.publishing.reviewing import ask_outside, forget_addresses, token_of
from lierre.publishing.tests.mailings import SECTION, TOPIC, graduate, written

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


def test_whoever_wrote_a_former_version_does_not_approve_what_somebody_else_changed_since(
    waiting, gwenael, helene, solenn, university
):
    ronan = someone("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", university)
    away(solenn, ronan)
    change(waiting, {"preheader": "De 14 h à 19 h"}, by=solenn)
    change(waiting, {"subject": "Venez le 6 mars"}, by=gwenael)
    submit(waiting, by=gwenael)

    for user in (solenn, ronan):
        with pytest.raises(Refused, match="Somebody else must approve"):
            approve(waiting, waiting.digest, by=user)

    assert not asked_of(solenn).exists()
    assert not asked_of(ronan).exists()
    assert asked_of(helene).exists()
    assert approvers(waiting) == [helene]


def test_a_role_of_one_faculty_approves_what_that_faculty_says_and_not_what_the_institution_says(
    waiting, gwenael, helene, solenn, iut, university
):
    rozenn = someone("Rozenn Salaün", "rozenn.salaun@ubn.example", "communication", iut)
    ronan = someone("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", university)
    away(rozenn, ronan)
    theirs = written(gwenael, name="Lettre de l’IUT", unit=iut, due_at=timezone.now() + timedelta(days=4))
    submit(theirs, by=gwenael)

    for user in (rozenn, ronan):
        with pytest.raises(Refused, match="Somebody else must approve"):
            approve(waiting, waiting.digest, by=user)
        assert list(asked_of(user)) == [theirs]
    assert set(asked_of(helene)) == {waiting, theirs}
    assert set(approvers(waiting)) == {helene, solenn}
    assert set(approvers(theirs)) == {helene, solenn, rozenn, ronan}
    approve(theirs, theirs.digest, by=ronan)
    assert theirs.approved_stead == rozenn


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


@pytest.fixture
def with_a_partner() -> None:
    """What is said on this subject needs the yes of somebody outside."""
    MailingRules.decide({"outside_topics": [TOPIC]}, by="the tests")


def answered(client: Any, mailing: Mailing, review: MailingReview, answer: str = "yes", words: str = "") -> Any:
    said = {"answer": answer, "name": "Anna Prigent", "words": words, "seen": mailing.digest}
    found = client.post(reverse("publishing:review_mailing", args=[token_of(review)]), said)
    mailing.refresh_from_db()
    return found


def test_where_the_subject_asks_for_it_somebody_outside_says_yes_before_the_house(
    client, with_a_partner, waiting, gwenael, helene
):
    early, told = asked_of(helene).exists(), Notice.objects.filter(to=helene).count()
    review = ask_outside(waiting, name="Anna Prigent", email="", days=7, by=gwenael)
    page = client.get(reverse("publishing:review_mailing", args=[token_of(review)])).content.decode()
    client.force_login(helene)
    road = client.get(waiting.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="Somebody outside must say yes first"):
        approve(waiting, waiting.digest, by=helene)
    answered(client, waiting, review, words="Très bien.")
    turn = (waiting.state, asked_of(helene).exists(), Notice.objects.filter(to=helene).count())
    read = client.get(waiting.get_absolute_url()).content.decode()
    approve(waiting, waiting.digest, by=helene)

    assert (early, told) == (False, 0)
    assert "Without your yes, it does not leave." in page
    assert "Somebody outside must approve" in road
    assert "Your approval is asked for" not in road
    assert turn == ("submitted", True, 1)
    assert "Approved by Anna Prigent" in read
    assert waiting.state == "approved"
    assert Notice.objects.filter(to=gwenael, body__contains="Très bien.").count() == 1
    assert not Entry.objects.filter(by_name__contains="Anna").exists()


def test_their_no_sends_the_letter_back_and_a_change_takes_their_yes_away(
    client, with_a_partner, waiting, gwenael, helene
):
    review = ask_outside(waiting, name="Anna Prigent", email="", days=7, by=gwenael)
    silent = answered(client, waiting, review, "no").status_code
    answered(client, waiting, review, "no", "Notre nom est mal écrit.")
    refused = (waiting.state, Notice.objects.filter(to=gwenael, body__contains="mal écrit").count())
    change(waiting, {"sections": [SECTION | {"text": "Avec Armor."}]}, by=gwenael)
    answered(client, waiting, review)
    submit(waiting, by=gwenael)
    beforehand = waiting.waits_outside
    change(waiting, {"sections": [SECTION | {"text": "Sans Armor."}]}, by=gwenael)
    submit(waiting, by=gwenael)

    assert silent == 422
    assert refused == ("draft", 1)
    assert (beforehand, waiting.waits_outside) == (False, True)
    assert not asked_of(helene).exists()


def test_whoever_is_outside_is_reminded_in_their_turn_and_the_house_in_its_own(
    client, with_a_partner, waiting, gwenael, helene
):
    review = ask_outside(waiting, name="Anna Prigent", email="anna.prigent@armor.example", days=20, by=gwenael)
    at = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=10)
    long_ago = at - timedelta(days=5)
    Mailing.objects.update(due_at=at, told_at=long_ago, changed_at=long_ago)
    outside = Notice.objects.filter(address=review.email)

    first = (remind(at - timedelta(hours=24)), outside.count(), Notice.objects.filter(to=helene).count())
    answered(client, waiting, review)
    Mailing.objects.update(told_at=long_ago)
    then = (remind(at - timedelta(hours=4)), outside.count())

    assert first == (1, 2, 0)
    assert then == (len(approvers(waiting)), 2)


def test_a_letter_that_waits_outside_is_asked_of_the_house_once_its_subject_asks_it_no_more(
    client, with_a_partner, waiting, gwenael, helene
):
    limits = {"a_week": 3, "a_topic_a_week": 1, "an_hour": 100, "a_domain_a_minute": 10}
    client.force_login(gwenael)
    client.post(reverse("publishing:mailing_rules"), limits | {"outside_topics": [TOPIC]})
    before = (asked_of(helene).exists(), Notice.objects.filter(to=helene).count())
    client.post(reverse("publishing:mailing_rules"), limits)
    client.post(reverse("publishing:mailing_rules"), limits)  # decided again: nobody is told twice

    assert before == (False, 0)
    assert asked_of(helene).get() == waiting
    assert Notice.objects.filter(to=helene, subject="To approve: Lettre de mars").count() == 1
    approve(waiting, waiting.digest, by=helene)
    assert waiting.state == "approved"


def test_an_urgent_letter_waits_for_nobody_outside(with_a_partner, gwenael, helene, solenn):
    mailing = written(gwenael, due_at=None)

    submit(mailing, by=gwenael, urgent=True)
    approve(mailing, mailing.digest, by=helene)

    assert mailing.state == "approved"


def test_the_house_decides_on_which_subjects_somebody_outside_reads(client, gwenael):
    client.force_login(gwenael)
    limits = {"a_week": 3, "a_topic_a_week": 1, "an_hour": 100, "a_domain_a_minute": 10, "outside_topics": [TOPIC]}
    mailing = written(gwenael)

    shown = client.post(reverse("publishing:mailing_rules"), limits, follow=True).content.decode()
    asked = client.post(reverse("publishing:mailing_act", args=[mailing.pk, "soumettre"]), follow=True).content.decode()
    asking = client.get(reverse("publishing:ask_outside_mailing", args=[mailing.pk])).content.decode()

    assert MailingRules.in_force().outside_topics == [TOPIC]
    assert "somebody outside approves it too" in shown
    assert "Somebody outside says yes first" in asked
    assert "without both, the letter does not leave" in asking


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
