"""What people answer on the networks is kept once, shown to those who may see the account, handled, and forgotten."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.accounts.handover import hand_over, hanging_on
from lierre.connectors import network as net
from lierre.connectors.mastodon.hearing import interactions
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing.hearing import fetching, listing
from lierre.publishing.models import Account, Delivery, Heard, Hearing, Notice, OwnAccount
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def online(world, univ):
    post = approved("Portes ouvertes", univ)
    Outbox().once()
    return post.deliveries.get()


def said(number, about, text="À quelle heure ?", **more):
    receipt = net.Receipt(f"s{number}")
    fields = {"id": f"n{number}", "kind": net.Reaction.ANSWER, "at": timezone.now(), "author": "Nolwenn", "handle": "nolwenn",
              "text": text, "permalink": f"https://ailleurs.example/{number}", "about": about, "after": receipt}  # fmt: skip
    return net.Interaction(**fields | more)


def heard(account, *items, cursor="1"):
    hearing, _made = Hearing.objects.get_or_create(account=account, defaults={"next_at": timezone.now()})
    return fetching.keep(hearing, net.Interactions(items, cursor), timezone.now())


def test_an_answer_is_kept_once_under_its_post_and_an_answer_to_it_beside_it(online, univ):
    mine = online.network_id

    assert heard(univ, said(1, mine), said(2, "s1"), said(3, mine, kind=net.Reaction.LIKE)) == 2
    assert heard(univ, said(1, mine, "À quelle heure, déjà ?\x00"), said(4, mine, handle=univ.handle)) == 0

    assert {each.delivery for each in Heard.objects.all()} == {online}
    assert Heard.objects.get(network_id="s1").text == "À quelle heure, déjà ?"


def test_a_real_server_is_listened_to_often_while_a_post_is_fresh_then_rarely(online, univ):
    now = timezone.now()
    for age, wait in ((timedelta(), timedelta(minutes=30)), (3 * DAY, timedelta(hours=3)), (30 * DAY, DAY)):
        Delivery.objects.filter(pk=online.pk).update(confirmed_at=now - age)
        assert fetching.wait_for(univ, now) == wait


def test_a_network_that_fails_holds_nothing_and_is_asked_later(online, univ, settings):
    settings.ALLOW_LOOPBACK = False
    now = timezone.now()

    assert fetching.listen(now) == 0

    univ.refresh_from_db()
    assert (univ.held, univ.quiet_until) == ("", None)
    assert Hearing.objects.get().next_at == now + timedelta(hours=1)


def test_accounts_by_hand_and_those_of_ambassadors_are_never_listened_to(by_hand):
    fetching.listen()

    assert not Hearing.objects.exists()
    assert Hearing._meta.get_field("account").related_model is Account is not OwnAccount


def test_what_is_taken_back_over_there_is_taken_back_here(world, online, univ):
    heard(univ, said(1, online.network_id))
    still = approved("Encore", univ)
    Outbox().once()
    there = still.deliveries.get().network_id
    heard(univ, said(2, online.network_id, after=net.Receipt(there)))
    later = timezone.now() + 2 * DAY

    assert fetching.look_again(univ, later) == 1

    assert [each.network_id for each in Heard.objects.all()] == [there]
    assert Entry.objects.filter(verb="heard.forgotten").count() == 1


def test_nothing_is_forgotten_when_the_network_tells_nothing_of_our_own_post_either(world, online, univ):
    heard(univ, said(1, online.network_id))
    world.mastodon.statuses.clear()

    assert fetching.look_again(univ, timezone.now() + 2 * DAY) == 0
    assert Heard.objects.count() == 1


def test_after_a_year_it_is_forgotten(online, univ):
    heard(univ, said(1, online.network_id, at=timezone.now() - 366 * DAY), said(2, online.network_id))

    assert fetching.forget_old() == 1


def test_a_private_message_is_no_answer():
    row = {"id": "1", "type": "mention", "created_at": "2026-11-27T09:00:00Z", "account": {"acct": "nolwenn"},
           "status": {"id": "2", "visibility": "direct", "content": "<p>Entre nous</p>"}}  # fmt: skip

    (told,) = interactions([row])

    assert (told.kind, told.text) == (net.Reaction.MESSAGE, "")
    assert told.kind not in fetching.SPOKEN


def test_from_the_list_one_handles_gives_and_takes_away_with_a_reason(client, gwenael, solenn, online, univ):
    heard(univ, said(1, online.network_id), said(2, "", "=2+2", kind=net.Reaction.MENTION))
    first = Heard.objects.get(network_id="s1")
    client.force_login(gwenael)

    assert "À quelle heure ?" in client.get(reverse("publishing:answers")).text
    assert "What people answered" in client.get(online.post.get_absolute_url()).text
    client.post(first.get_absolute_url(), {"to": solenn.pk})
    assert Notice.objects.get(to=solenn).body.count("À quelle heure") == 0
    client.post(reverse("publishing:answer_act", args=[first.pk, "traitee"]))
    assert "À quelle heure ?" not in client.get(reverse("publishing:answers")).text
    assert "À quelle heure ?" in client.get(reverse("publishing:answers") + "?etat=reglees&moi=").text
    assert client.post(reverse("publishing:answers"), {"why": ""}).status_code == 422
    taken = b"".join(client.post(reverse("publishing:answers"), {"why": "bilan"}).streaming_content).decode()
    assert "'=2+2" in taken
    assert Entry.objects.get(verb="heard.exported").reason == "bilan"
    with pytest.raises(Refused):
        first.settle("nothing", by=gwenael)


def test_a_unit_sees_what_is_said_to_its_own_accounts_alone(client, iut, online, univ):
    heard(univ, said(1, online.network_id))
    theirs = someone("Klervi Madec", "klervi@ubn.example", "communication", iut)
    client.force_login(theirs)

    assert "À quelle heure ?" not in client.get(reverse("publishing:answers")).text
    assert client.get(Heard.objects.get().get_absolute_url()).status_code == 404
    with pytest.raises(Refused):
        listing.give(Heard.objects.get(), theirs, by="the tests")


def test_who_leaves_hands_over_the_answers_that_they_see_to(gwenael, solenn, helene, online, univ):
    heard(univ, said(1, online.network_id))
    listing.give(Heard.objects.get(), solenn, by=gwenael)
    (hanging,) = [each for each in hanging_on(solenn) if each.tie.name == "answers"]

    hand_over(solenn, {hanging.key: helene}, by=gwenael)

    assert Heard.objects.get().assigned_to == helene


def test_the_list_costs_twelve_questions_at_most(client, gwenael, online, univ, django_assert_max_num_queries):
    heard(univ, *(said(number, online.network_id) for number in range(60)))
    client.force_login(gwenael)
    client.get(reverse("publishing:answers"))

    with django_assert_max_num_queries(12):
        assert "Older ones" in client.get(reverse("publishing:answers")).text
