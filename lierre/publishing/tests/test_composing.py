"""Writing: one text that accounts follow until somebody writes otherwise; what was typed is never lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.publishing.approving import submit
from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Account, Delivery, Notice, Post, Step, Version
from lierre.publishing.models.delivery import hash_of
from lierre.publishing.stamping import stamp_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bluesky_by_hand(db):
    return Account.objects.create(name="bluesky", network="bluesky", label="@ubn")


@pytest.fixture
def post(by_hand, bluesky_by_hand, gwenael):
    return write(Draft(["Portes ouvertes"], [by_hand, bluesky_by_hand]), by=gwenael)


def typed(post, **more):
    accounts = [variant.account_id for variant in post.variants.all()]
    return {"text": "Portes ouvertes", "accounts": accounts, "language": "fr", "seen": stamp_of(post), **more}


def test_an_account_follows_the_common_text_until_it_has_its_own(post, by_hand, bluesky_by_hand, gwenael):
    change(post, Draft(["Tous"], [by_hand, bluesky_by_hand], {bluesky_by_hand.pk: ["Ici"]}), by=gwenael)

    texts = dict(Delivery.objects.values_list("account__name", "text"))
    assert texts == {"linkedin": "Tous", "bluesky": "Ici"}


def test_a_line_of_dashes_makes_a_thread(client, post, gwenael):
    client.force_login(gwenael)

    client.post(post.get_absolute_url(), typed(post, text="Un\n---\nDeux"))

    assert list(Delivery.objects.filter(account__name="linkedin").values_list("part", "text")) == [
        (0, "Un"),
        (1, "Deux"),
    ]


def test_the_fingerprint_is_that_of_the_text_as_it_was_meant(post):
    assert set(Delivery.objects.values_list("text_hash", flat=True)) == {hash_of("Portes ouvertes")}


def test_too_long_is_said_before_anything_leaves(client, post, gwenael):
    client.force_login(gwenael)
    client.post(post.get_absolute_url(), typed(post, text="a" * 301))

    page = client.get(post.get_absolute_url()).content.decode()
    refused = client.post(reverse("publishing:post_act", args=[post.pk, "planifier"]), follow=True).content.decode()

    assert "1 sign too many." in page
    assert "this cannot leave" in refused
    assert set(Delivery.objects.values_list("state", flat=True)) == {"draft"}


def test_what_is_typed_is_kept_by_itself(client, post, gwenael):
    client.force_login(gwenael)

    answer = client.post(
        post.get_absolute_url(), typed(post, text="Portes grandes ouvertes"), headers={"X-Autosave": "yes"}
    )

    post.refresh_from_db()
    assert answer.json()["seen"] == stamp_of(post)
    assert post.text == "Portes grandes ouvertes"


def test_two_windows_that_write_at_once_lose_nothing_even_of_one_person(client, post, by_hand, gwenael):
    """The other window wrote in the same sitting: its version has the same number, and its words are not written over."""
    client.force_login(gwenael)
    one, other = typed(post, text="De la première"), typed(post, text="De la seconde")
    client.post(post.get_absolute_url(), one, headers={"X-Autosave": "yes"})

    quiet = client.post(post.get_absolute_url(), other, headers={"X-Autosave": "yes"})
    page = client.post(post.get_absolute_url(), other)
    post.refresh_from_db()
    between, hidden = post.text, page.context["form"]
    over = other | {"seen": hidden["seen"].value(), "apart": hidden["apart"].value()}
    client.post(post.get_absolute_url(), over)

    post.refresh_from_db()
    assert (quiet.status_code, page.status_code, between) == (422, 422, "De la première")
    assert "Gwenaël Riou changed this post at" in quiet.json()["sentence"]
    assert "<del>première</del><ins>seconde</ins>" in page.text
    assert post.text == "De la seconde"
    assert [each.text for each in post.versions.latest_first()] == ["De la seconde", "De la première"]


def test_a_post_that_leaves_after_its_deadline_is_told_so_before_approval(client, post, gwenael):
    client.force_login(gwenael)
    at = timezone.localtime(timezone.now() + timedelta(days=9)).replace(hour=9)
    post.reschedule(at, by=gwenael)
    pages = []
    for days in (0, -1):
        Post.objects.filter(pk=post.pk).update(deadline=at.date() + timedelta(days=days))
        pages.append("It leaves too late" in client.get(post.get_absolute_url()).text)

    assert pages == [False, True]


def test_an_answer_that_was_lost_on_its_way_is_no_quarrel(client, post, gwenael):
    client.force_login(gwenael)
    said = typed(post, text="Portes grandes ouvertes")

    answers = [client.post(post.get_absolute_url(), said, headers={"X-Autosave": "yes"}) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_the_time_that_another_window_chose_is_not_taken_back(client, post, gwenael):
    client.force_login(gwenael)
    said = typed(post, text="Portes grandes ouvertes")
    post.reschedule(datetime(2027, 2, 6, 9, tzinfo=UTC), by=gwenael)

    answer = client.post(post.get_absolute_url(), said, headers={"X-Autosave": "yes"})

    assert answer.status_code == 422


def test_the_words_that_an_account_had_for_itself_stay_among_the_versions(post, by_hand, bluesky_by_hand, gwenael):
    both = [by_hand, bluesky_by_hand]
    change(post, Draft(["Tous"], both, {bluesky_by_hand.pk: ["Ici"]}), by=gwenael)

    change(post, Draft(["Tous"], both), by=gwenael)

    assert [each.own_texts() for each in post.versions.latest_first()] == [{}, {bluesky_by_hand.name: "Ici"}]


def test_accents_copied_from_a_pdf_are_read_as_accents(client, post, gwenael):
    client.force_login(gwenael)

    client.post(post.get_absolute_url(), typed(post, text="Journe\u0301e portes ouvertes"))

    post.refresh_from_db()
    assert post.text == "Journée portes ouvertes"


def test_versions_say_what_changed(client, post, by_hand, gwenael, solenn):
    change(post, Draft(["Portes fermées"], [by_hand]), by=solenn)
    client.force_login(gwenael)

    page = client.get(reverse("publishing:versions", args=[post.pk])).content.decode()

    assert "<del>ouvertes</del>" in page
    assert "<ins>fermées</ins>" in page


def test_what_has_left_keeps_its_words(post, by_hand, gwenael):
    Delivery.objects.filter(account=by_hand).update(state="confirmed", permalink="https://ubn.example/1")

    change(post, Draft(["Autre chose"], []), by=gwenael)

    assert dict(Delivery.objects.values_list("account__name", "text")) == {"linkedin": "Portes ouvertes"}


def test_what_has_wholly_left_is_read_and_may_still_be_sent_elsewhere(client, post, by_hand, gwenael):
    Delivery.objects.update(state="confirmed", permalink="https://ubn.example/1")
    client.force_login(gwenael)

    page = client.get(reverse("publishing:post", args=[post.pk])).content.decode()

    assert "Send it elsewhere too" in page
    assert "action-bar" not in page


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        ("2026-10-25", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2027-03-28", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_move_keeps_the_hour_of_the_clock_in_the_nights_when_it_changes(post, gwenael, day, instant):
    """Half past two in the morning: twice in October, never in March."""
    from datetime import date

    post.reschedule(datetime(2026, 10, 20, 0, 30, tzinfo=UTC), by=gwenael)

    post.move_to(date.fromisoformat(day), by=gwenael)

    assert timezone.localtime(post.due_at).hour in {2, 3}
    assert abs((post.due_at - instant).total_seconds()) <= 3600


def test_a_lecturer_does_not_write_for_the_institution(client, post, yann):
    client.force_login(yann)

    assert client.get(post.get_absolute_url()).status_code == 403
    assert client.post(reverse("publishing:new_post"), typed(post)).status_code == 403


def test_a_unit_writes_for_its_own_accounts_and_not_for_those_of_the_institution(
    client, post, by_hand, iut, university
):
    rozenn = someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut)
    theirs = Account.objects.create(name="iut", network="instagram", label="IUT", unit=iut)
    client.force_login(rozenn)

    page = client.get(reverse("publishing:new_post")).content.decode()
    refused = client.post(post.get_absolute_url(), typed(post, text="Autre chose"))
    made = client.post(reverse("publishing:new_post"), {"text": "De l’IUT", "accounts": [theirs.pk], "language": "fr"})

    assert "IUT, Instagram" in page
    assert "UBN, LinkedIn" not in page
    assert refused.status_code == 403
    assert made.status_code == 302


def test_a_new_text_is_kept_from_the_first_pause_on(client, by_hand, gwenael):
    """Before anything is pressed: the page that was of nothing becomes that of its draft."""
    client.force_login(gwenael)
    said, quiet = {"text": "Portes ouvertes", "accounts": [by_hand.pk], "language": "fr"}, {"X-Autosave": "yes"}
    address = reverse("publishing:new_post")

    nothing = client.post(address, {**said, "text": ""}, headers=quiet)
    begun = client.post(address, said, headers=quiet)
    told = begun.json()
    again = client.post(told["address"], {**said, "text": "Portes grandes ouvertes", "seen": told["seen"]})

    post = Post.objects.get()
    assert (nothing.status_code, begun.status_code, again.status_code) == (422, 201, 303)
    assert nothing.json()["sentence"] == "Write what is to be said."
    assert (post.text, post.state, post.owner) == ("Portes grandes ouvertes", "draft", gwenael)


def test_what_a_network_would_refuse_is_said_again_while_one_writes(client, post, bluesky_by_hand, gwenael):
    client.force_login(gwenael)

    answer = client.post(
        post.get_absolute_url(), typed(post, text="Voir https://10.0.0.7/jpo"), headers={"X-Autosave": "yes"}
    )

    said = answer.json()["pieces"][f"remarks-{bluesky_by_hand.pk}"]
    assert "Nobody outside can open this address" in said


def test_a_former_version_is_taken_up_again_with_the_words_of_each_account(
    client, post, by_hand, bluesky_by_hand, gwenael
):
    both = [by_hand, bluesky_by_hand]
    change(post, Draft(["Tous"], both, {bluesky_by_hand.pk: ["Ici"]}, intent={"title": "Le titre"}), by=gwenael)
    Version.objects.update(at=timezone.now() - timedelta(hours=1))
    change(post, Draft(["Autre chose"], both, intent={"title": "Le titre"}), by=gwenael)
    client.force_login(gwenael)
    number = post.version - 1

    offered = client.get(reverse("publishing:versions", args=[post.pk])).text
    client.post(reverse("publishing:take_up_version", args=[post.pk, number]))
    unknown = client.post(reverse("publishing:take_up_version", args=[post.pk, 99]), follow=True).text

    post.refresh_from_db()
    assert offered.count("Take it up again") == post.version - 1
    assert (post.title, post.text) == ("Le titre", "Tous")
    assert dict(Delivery.objects.values_list("account__name", "text")) == {"linkedin": "Tous", "bluesky": "Ici"}
    assert "This version is not known." in unknown


def test_a_post_says_who_has_it_and_is_given_to_somebody_who_may_write_it(client, post, iut, gwenael, solenn):
    rozenn = someone("Rozenn Abgrall", "rozenn.abgrall@ubn.example", "communication", iut)
    client.force_login(gwenael)
    address = reverse("publishing:hand_on", args=[post.pk])

    page = client.get(post.get_absolute_url()).text
    refused = client.post(address, {"owner": rozenn.pk})
    client.post(address, {"owner": solenn.pk})

    post.refresh_from_db()
    assert "Written by Gwenaël Riou" in page
    assert address in page
    assert refused.status_code == 422
    assert "does not write for every account of this post" in refused.text
    assert (post.owner, Notice.objects.get().to) == (solenn, solenn)


def test_nobody_is_given_a_post_that_waits_for_their_approval(client, post, by_hand, gwenael, solenn):
    Step.objects.create(account=by_hand, position=1, person=solenn)
    submit(post, by=gwenael)
    client.force_login(gwenael)

    page = client.post(reverse("publishing:hand_on", args=[post.pk]), {"owner": solenn.pk})

    assert "nobody approves what is theirs" in page.text
    assert Post.objects.get().owner == gwenael


def test_a_post_that_was_withdrawn_by_mistake_is_a_draft_again(client, post, bluesky_by_hand, gwenael):
    """With its words, those of each account, and its hour; approved by nobody any more."""
    at = timezone.now() + timedelta(days=2)
    change(post, Draft(["Tous"], [bluesky_by_hand], {bluesky_by_hand.pk: ["Ici"]}, due_at=at), by=gwenael)
    post.refresh_from_db()
    post.approve(by=gwenael)
    client.force_login(gwenael)

    def act(name):
        return client.post(reverse("publishing:post_act", args=[post.pk, name]), follow=True).text

    withdrawn = act("retirer")
    again, refused = act("ressortir"), act("ressortir")

    post.refresh_from_db()
    row = post.deliveries.get(account=bluesky_by_hand)
    assert "Make a draft of it again" in withdrawn
    assert "It is a draft again" in again
    assert "that cannot be done now" in refused
    assert (post.state, post.due_at, row.text, row.state, row.due_at) == ("draft", at, "Ici", "draft", at)
