"""What is known of a text on somebody’s own account is said to them: their posts, not those of the house."""

import pytest
from django.urls import reverse

from lierre.publishing.ambassadors import writing
from lierre.publishing.models import OwnAccount, OwnDelivery
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.own import connecting, saying
from lierre.publishing.own.desk import MINE
from lierre.publishing.proofs import SAID
from lierre.publishing.tests.speakers import speaker, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(world, university, yann):
    who = speaker(yann, university, networks=["mastodon"])
    connecting.with_key(connecting.account_of(who, "mastodon"), "token-yann", whose="", address=world.address)
    return OwnAccount.objects.get()


def said_by(yann, gwenael, mine, text):
    own = writing.own_text(mine.ambassador, topic(gwenael, text))
    writing.keep(own, text)
    saying.say(own, mine)
    return OwnDelivery.objects.get(post=own)


@pytest.mark.parametrize("seen", sorted(MINE))
def test_each_thing_that_is_seen_in_their_list_is_told_as_theirs(client, yann, gwenael, mine, seen):
    row = said_by(yann, gwenael, mine, "Ma première bouée")
    OwnDelivery.objects.filter(pk=row.pk).update(state="refused", evidence=[{"said": seen}])
    client.force_login(yann)

    page = client.get(reverse("publishing:own_accounts")).text

    assert str(MINE[seen]) in page
    assert str(SAID[seen]) not in page


def test_no_sentence_about_a_list_is_left_in_the_words_of_the_house():
    assert {key for key, words in SAID.items() if "our posts" in str(words)} == MINE.keys()


def test_an_answer_that_names_another_post_of_theirs_is_told_so(world, yann, gwenael, mine, monkeypatch):
    said_by(yann, gwenael, mine, "Ma première bouée")
    Outbox().once()
    told = world.mastodon.told(world.mastodon.statuses[0])
    second = said_by(yann, gwenael, mine, "La deuxième")
    monkeypatch.setattr(world.mastodon, "post", lambda *_words: (200, told))

    Outbox().once()

    second.refresh_from_db()
    assert second.state == "to_check"
    assert second.failure == "The network answered with another post of yours, which says the same."
