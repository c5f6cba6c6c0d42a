"""What somebody must publish, or look at, is told to them by mail at its hour; and they may say that it is done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.desk_told import tell_of_desk
from lierre.publishing.models import Delivery, Notice
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db


def test_whoever_answers_for_an_account_is_told_what_to_publish_there_and_says_that_it_is_done(
    client, by_hand, gwenael, solenn
):
    """Solenn writes for nobody else than the alumni: the account is hers, so what is published there is hers to prove."""
    by_hand.write(owner=solenn)
    post = approved("Portes ouvertes le 6 mars", by_hand, due_at=timezone.now(), owner=gwenael)
    before = tell_of_desk()
    Outbox().once()

    told = [tell_of_desk(), tell_of_desk()]
    notice, row = Notice.objects.get(), post.deliveries.get()
    client.force_login(solenn)
    desk = client.get(reverse("publishing:desk")).text
    client.post(row.get_absolute_url(), {"link": "https://www.linkedin.com/posts/ubn-1"})

    row.refresh_from_db()
    assert (before, told, notice.to) == (0, [1, 0], solenn)
    assert notice.subject == "To publish by hand on LinkedIn, UBN: Portes ouvertes le 6 mars"
    assert "Portes ouvertes le 6 mars" in notice.body
    assert row.get_absolute_url() in notice.body
    assert "It is done" in desk
    assert (row.state, row.permalink) == ("confirmed", "https://www.linkedin.com/posts/ubn-1")


def test_what_a_network_cannot_say_is_told_to_whoever_wrote_it_and_is_not_theirs_to_send_again(
    client, world, univ, gwenael, solenn
):
    post = approved("Portes ouvertes", univ, due_at=timezone.now(), owner=solenn)
    row = post.deliveries.get()
    row.claim()
    row.freeze({"network": "mastodon", "key": str(row.key), "payload": {}, "text": row.text}, None)
    row.leave()
    row.ask("Nobody knows.")
    client.force_login(solenn)

    told = tell_of_desk()
    refused = client.post(reverse("publishing:delivery_act", args=[row.pk, "absente"])).status_code

    assert (told, refused) == (1, 403)
    assert Notice.objects.get().to == solenn
    assert "Nothing is sent again without you." in Notice.objects.get().body


def test_nobody_is_written_to_about_what_is_old_or_has_nobody(by_hand, gwenael):
    old = approved("Hier", by_hand, due_at=timezone.now(), owner=gwenael)
    approved("De personne", by_hand, due_at=timezone.now())
    Outbox().once()
    Delivery.objects.filter(post=old).update(due_at=timezone.now() - timedelta(days=3))

    assert tell_of_desk() == 0
