"""The visuals of a topic: chosen in the library, given with their credit and their words, gone when they may not be shown."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.ambassadors.sending import message
from lierre.publishing.library.storing import bring
from lierre.publishing.models import Digest, Medium, OwnAccount, OwnDelivery
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.own import connecting
from lierre.publishing.tests.media import photograph
from lierre.publishing.tests.speakers import speaker, topic
from lierre.publishing.tests.test_own_accounts import OWN, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def material(gwenael):
    return topic(gwenael)


@pytest.fixture
def mine(world, university, yann):
    """Yann’s own account, on the network of the tests."""
    who = speaker(yann, university, networks=["mastodon", "linkedin"])
    connecting.with_key(connecting.account_of(who, "mastodon"), "token-yann", whose="", address=world.address)
    return OwnAccount.objects.get()


def picture(by, **said) -> Medium:
    known = {"alt": {"fr": "Une bouée jaune sur le pont."}, "credit": "Photo M. Tanguy", "by": by} | said
    return bring("bouee.jpg", BytesIO(photograph()), **known)[0]


def test_a_visual_of_the_topic_leaves_with_the_text_and_its_words(client, yann, gwenael, world, material, mine):
    medium = picture(gwenael)
    material.show(medium, by=gwenael)
    client.force_login(yann)

    client.post(reverse("publishing:show_visual", args=[material.pk]), {"text": OWN, "visual": medium.pk})
    page = client.get(reverse("publishing:own_text", args=[material.pk])).text
    press(client, material)
    Outbox().once()

    assert "Photo M. Tanguy" in page
    assert "Whose the visual is does not stand in your text:" in page
    assert OwnDelivery.objects.get().state == "confirmed"
    assert [each.description for each in world.files.kept.values()] == ["Une bouée jaune sur le pont."]
    assert client.get(reverse("publishing:topic_visual", args=[material.pk, medium.pk, "fichier"])).status_code == 200


def test_a_visual_whose_rights_have_ended_disappears_with_a_sentence(client, yann, gwenael, world, material, mine):
    medium = picture(gwenael)
    material.show(medium, by=gwenael)
    client.force_login(yann)
    client.post(reverse("publishing:show_visual", args=[material.pk]), {"text": OWN, "visual": medium.pk})
    medium.put_aside(by=gwenael)

    week = client.get(reverse("publishing:this_week")).text
    page = press(client, material).text
    taken = client.get(reverse("publishing:topic_visual", args=[material.pk, medium.pk, "petit"])).status_code

    assert "it was taken away" in week
    assert "may no longer be shown" in page
    assert taken == 404
    assert not OwnDelivery.objects.exists()


def test_it_ends_between_the_gesture_and_the_hour(client, yann, gwenael, world, material, mine):
    medium = picture(gwenael)
    material.show(medium, by=gwenael)
    client.force_login(yann)
    client.post(reverse("publishing:show_visual", args=[material.pk]), {"text": OWN, "visual": medium.pk})
    press(client, material)
    Medium.objects.update(until=timezone.localdate() - timedelta(days=1))

    Outbox().once()

    row = OwnDelivery.objects.get()
    assert (row.state, world.mastodon.statuses) == ("refused", [])
    assert "its rights have ended" in row.failure


def test_communication_chooses_visuals_in_the_library(client, gwenael, material):
    good, bare = picture(gwenael), bring("nu.jpg", BytesIO(photograph(colour=(9, 9, 9))), by=gwenael)[0]
    client.force_login(gwenael)

    library = client.get(reverse("publishing:library"), {"sujet": material.pk}).text
    client.post(reverse("publishing:topic_visuals", args=[material.pk, good.pk, "montrer"]))
    refused = client.post(reverse("publishing:topic_visuals", args=[material.pk, bare.pk, "montrer"]), follow=True)

    assert "Add to the topic" in library
    assert [each.pk for each in material.visuals.all()] == [good.pk]
    assert "Say first whose" in refused.text
    client.post(reverse("publishing:topic_visuals", args=[material.pk, good.pk, "retirer"]))
    assert not material.visuals.exists()


def test_the_message_of_the_week_carries_the_visuals_with_their_words(settings, university, yann, gwenael, material):
    who, medium = speaker(yann, university), picture(gwenael)
    material.show(medium, by=gwenael)

    mail = message(who, [material], Digest(ambassador=who, week=material.week)).message()

    kinds = [part.get_content_type() for part in mail.walk()]
    html = (
        next(part for part in mail.walk() if part.get_content_type() == "text/html").get_payload(decode=True).decode()
    )
    image = next(part for part in mail.walk() if part.get_content_type() == "image/jpeg")
    assert kinds[0] == "multipart/related"
    assert image["Content-ID"].strip("<>") in html
    assert 'alt="Une bouée jaune sur le pont."' in html
    assert "Photo M. Tanguy" in html
