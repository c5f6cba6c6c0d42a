"""Writing: one text that accounts follow until somebody writes otherwise; what was typed is never lost."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.publishing.composing import Draft, change, write
from lierre.publishing.models import Account, Delivery
from lierre.publishing.models.delivery import hash_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bluesky_by_hand(db):
    return Account.objects.create(name="bluesky", network="bluesky", label="@ubn")


@pytest.fixture
def post(by_hand, bluesky_by_hand, gwenael):
    return write(Draft(["Portes ouvertes"], [by_hand, bluesky_by_hand]), by=gwenael)


def typed(post, **more):
    accounts = [variant.account_id for variant in post.variants.all()]
    return {"text": "Portes ouvertes", "accounts": accounts, "language": "fr", "version": post.version, **more}


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
    assert answer.json()["version"] == post.version
    assert post.text == "Portes grandes ouvertes"


def test_two_who_write_at_once_lose_nothing(client, post, by_hand, gwenael, solenn):
    seen = post.version
    change(post, Draft(["De Solenn"], [by_hand], seen=seen), by=solenn)

    with pytest.raises(Refused):
        change(post, Draft(["De Gwenaël"], [by_hand], seen=seen), by=gwenael)
    client.force_login(gwenael)
    page = client.post(post.get_absolute_url(), typed(post, text="De Gwenaël", version=seen))

    assert page.status_code == 422
    assert "De Gwenaël" in page.content.decode()
    post.refresh_from_db()
    assert post.text == "De Solenn"


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
    from conftest import someone

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
