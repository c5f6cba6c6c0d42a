"""Embargoes and queues: what must not leave does not, whoever asks; a post takes the next hour that is free."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.publishing.approving import digest as digest_of
from lierre.publishing.approving import sign, submit
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import Account, Embargo, Notice, Pause, Place, Post, Step
from lierre.publishing.rhythm import queueing
from lierre.publishing.rhythm.silence import hold_in_force, keep_silent, lift
from lierre.publishing.rhythm.warnings import warnings
from lierre.publishing.tests.conftest import approved

pytestmark = pytest.mark.django_db


def soon(hours):
    return timezone.now() + timedelta(hours=hours)


def silence(by, **fields):
    return keep_silent({"label": "Deuil", "ends_at": soon(48)} | fields, by=by)


def drafted(account, by, at, **intent):
    return write(Draft(["Portes ouvertes"], [account], due_at=at, intent=intent), by=by)


def test_no_approval_is_given_inside_an_embargo(by_hand, gwenael):
    silence(gwenael)
    post = drafted(by_hand, gwenael, soon(3))

    with pytest.raises(Refused, match="Deuil"):
        post.approve(by=gwenael)

    post.refresh_from_db()
    assert post.state == "draft"
    assert post.deliveries.get().state == "draft"


def test_after_it_and_once_lifted_approvals_are_given(by_hand, gwenael):
    embargo, _held = silence(gwenael)
    later, inside = drafted(by_hand, gwenael, soon(49)), drafted(by_hand, gwenael, soon(3))

    later.approve(by=gwenael)
    lift(embargo, by=gwenael)
    inside.approve(by=gwenael)

    assert {post.deliveries.get().state for post in (later, inside)} == {"waiting"}


def test_a_campaign_alone_is_silent(by_hand, gwenael):
    silence(gwenael, campaign="Palmarès")

    drafted(by_hand, gwenael, soon(3), campaign="Autre").approve(by=gwenael)
    with pytest.raises(Refused):
        drafted(by_hand, gwenael, soon(4), campaign="palmarès").approve(by=gwenael)


def test_a_unit_alone_is_silent_with_what_is_below_it(by_hand, gwenael, university, iut):
    silence(gwenael, unit=iut)
    theirs = Account.objects.create(name="iut", network="instagram", label="IUT", unit=iut)

    drafted(by_hand, gwenael, soon(3), unit=university).approve(by=gwenael)
    for account, unit in ((by_hand, iut), (theirs, None)):
        with pytest.raises(Refused):
            drafted(account, gwenael, soon(4), unit=unit).approve(by=gwenael)


def test_a_crisis_is_spoken_of_during_a_mourning(by_hand, gwenael):
    silence(gwenael)

    drafted(by_hand, gwenael, soon(3), kind="crisis").approve(by=gwenael)

    assert Post.objects.get().state == "approved"


def test_what_was_ready_is_held_its_author_told_its_approvals_kept(by_hand, gwenael, helene):
    Step.objects.create(account=by_hand, position=1, role="direction")
    post = drafted(by_hand, gwenael, soon(3))
    submit(post, by=gwenael)
    sign(post, digest_of(post), by=helene)

    _embargo, held = silence(gwenael)

    post.refresh_from_db()
    assert held == 1
    assert (post.state, post.deliveries.get().state) == ("draft", "draft")
    assert Notice.objects.filter(to=gwenael, subject__startswith="Held by an embargo").exists()
    post.reschedule(soon(72), by=gwenael)
    submit(post, by=gwenael)
    post.refresh_from_db()
    assert post.state == "approved"


def test_what_is_late_when_it_begins_is_held_by_itself(by_hand, gwenael):
    post = approved("En retard", by_hand, due_at=soon(-0.2))
    Embargo.objects.create(label="Deuil", starts_at=soon(-0.1), ends_at=soon(5), set_by=gwenael)

    assert hold_in_force() == 1
    assert hold_in_force() == 0
    post.refresh_from_db()
    assert post.deliveries.get().state == "draft"


def test_what_has_half_left_is_asked_about_at_the_desk(by_hand, gwenael):
    other = Account.objects.create(name="bluesky", network="bluesky", label="@ubn")
    post = approved("Moitié", by_hand, other, due_at=soon(-0.2))
    post.deliveries.filter(account=by_hand).update(state="confirmed", permalink="https://ubn.example/1")

    silence(gwenael)

    rows = dict(post.deliveries.values_list("account__name", "state"))
    assert rows == {"linkedin": "confirmed", "bluesky": "missed"}
    with pytest.raises(Refused, match="Deuil"):
        post.deliveries.get(account=other).send_now(by=gwenael)


def test_a_ready_post_is_not_moved_into_an_embargo(by_hand, gwenael):
    post = approved("Loin", by_hand, due_at=soon(100))
    silence(gwenael)

    with pytest.raises(Refused):
        post.reschedule(soon(3), by=gwenael)


def test_the_composer_and_the_calendar_say_it(client, by_hand, gwenael):
    silence(gwenael)
    post = drafted(by_hand, gwenael, soon(3))
    client.force_login(gwenael)

    page, month = client.get(post.get_absolute_url()), client.get(reverse("publishing:calendar"))

    assert "its approval will be refused" in page.content.decode()
    assert "Deuil" in month.content.decode()


def test_posts_too_near_are_told_by_account_and_by_network(by_hand, gwenael):
    other = Account.objects.create(name="iut", network="linkedin", label="IUT")
    post = drafted(by_hand, gwenael, soon(10))
    drafted(by_hand, gwenael, soon(11), title="Même compte")
    drafted(other, gwenael, soon(9), title="Même réseau")
    drafted(by_hand, gwenael, soon(13), title="Assez loin")

    said = " ".join(each.text for each in warnings(post))

    assert "2 posts on UBN within two hours: this one and “Même compte”." in said
    assert "2 posts on LinkedIn within two hours: this one and “Même réseau”." in said
    assert "Assez loin" not in said


def test_an_embargo_is_set_seen_and_lifted_on_its_pages(client, by_hand, gwenael, solenn):
    approved("Prête", by_hand, due_at=soon(3))
    typed = {
        "label": "Réserve électorale",
        "last": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "zone": "Europe/Paris",
    }
    client.force_login(solenn)
    refused = client.post(reverse("publishing:embargoes"), typed).status_code
    client.force_login(gwenael)

    made = client.post(reverse("publishing:embargoes"), typed, follow=True).content.decode()
    lifted = client.post(
        reverse("publishing:lift_embargo", args=[Embargo.objects.get().pk]), follow=True
    ).content.decode()

    assert refused == 403
    assert "1 post or letter that was ready is held" in made
    assert "Prête" in made
    assert "It is lifted." in lifted


# Queues


@pytest.fixture
def monday(by_hand):
    """The next Monday at nine, a slot of the account, as is Thursday at half past five."""
    queueing.add_slot(by_hand, 0, time(9), "Europe/Paris", by="the tests")
    queueing.add_slot(by_hand, 3, time(17, 30), "Europe/Paris", by="the tests")
    return by_hand


def moments(account, count):
    return [at for at, _n in zip(queueing.moments(account, timezone.now() + queueing.SOON), range(count), strict=False)]


def test_a_post_takes_the_next_free_slot(monday, gwenael):
    first, second, third = moments(monday, 3)
    posts = [drafted(monday, gwenael, None) for _n in range(3)]

    taken = [queueing.put(post, monday, by=gwenael) for post in posts]

    assert taken == [first, second, third]
    assert {timezone.localtime(at).strftime("%a %H:%M") for at in taken} == {"Mon 09:00", "Thu 17:30"}


def test_slots_too_near_another_post_or_under_embargo_are_passed_over(monday, gwenael):
    first, second, third = moments(monday, 3)
    drafted(monday, gwenael, first + timedelta(minutes=90))
    Embargo.objects.create(label="Silence", starts_at=second - timedelta(hours=1), ends_at=second + timedelta(hours=1))

    assert queueing.put(drafted(monday, gwenael, None), monday, by=gwenael) == third


def test_a_slot_keeps_its_hour_through_the_change_of_season_and_is_no_slot_on_a_holiday(monday):
    """The Monday between is that of Easter."""
    at = list(queueing.moments(monday, datetime(2027, 3, 24, 11, tzinfo=UTC)))[:2]

    assert [timezone.localtime(each).strftime("%d %H:%M") for each in at] == ["25 17:30", "01 17:30"]


def test_two_posts_exchange_their_places(monday, gwenael):
    posts = [drafted(monday, gwenael, None) for _n in range(2)]
    before = [queueing.put(post, monday, by=gwenael) for post in posts]

    queueing.swap(Place.objects.get(post=posts[1]), -1, by=gwenael)

    assert [Post.objects.get(pk=post.pk).due_at for post in posts] == before[::-1]
    assert [place.post for place in Place.objects.waiting()] == posts[::-1]
    with pytest.raises(Refused):
        queueing.swap(Place.objects.get(post=posts[1]), -1, by=gwenael)


def test_nothing_takes_a_slot_that_has_passed(monday, gwenael):
    posts = [drafted(monday, gwenael, None) for _n in range(2)]
    for post in posts:
        queueing.put(post, monday, by=gwenael)
    Post.objects.filter(pk=posts[0].pk).update(due_at=soon(-3))
    before = Post.objects.get(pk=posts[1].pk).due_at

    with pytest.raises(Refused, match="has passed"):
        queueing.swap(Place.objects.get(post=posts[1]), -1, by=gwenael)

    assert Post.objects.get(pk=posts[1].pk).due_at == before


def test_a_paused_queue_says_nothing_and_goes_on_where_it_was(monday, gwenael):
    posts = [drafted(monday, gwenael, None) for _n in range(2)]
    before = [queueing.put(post, monday, by=gwenael) for post in posts]
    Post.objects.get(pk=posts[0].pk).approve(by=gwenael)

    held = queueing.pause(monday, by=gwenael)
    post = Post.objects.get(pk=posts[0].pk)
    with pytest.raises(Refused, match="paused"):
        post.approve(by=gwenael)
    assert (held, post.state, post.deliveries.get().state) == (1, "draft", "draft")

    queueing.resume(monday, by=gwenael)

    post.refresh_from_db()
    assert [Post.objects.get(pk=each.pk).due_at for each in posts] == before
    assert (post.state, post.deliveries.get().state) == ("approved", "waiting")
    assert Post.objects.get(pk=posts[1].pk).state == "draft"


def test_taken_out_it_is_a_draft_without_an_hour(monday, gwenael):
    post = drafted(monday, gwenael, None)
    queueing.put(post, monday, by=gwenael)
    Post.objects.get(pk=post.pk).approve(by=gwenael)

    queueing.take_out(Place.objects.select_related("post").get(), by=gwenael)

    post.refresh_from_db()
    assert (post.state, post.due_at) == ("draft", None)
    assert post.deliveries.get().state == "draft"


def test_the_queue_is_kept_on_its_pages(client, by_hand, gwenael):
    client.force_login(gwenael)
    address = reverse("publishing:queue", args=[by_hand.pk])
    post, other = drafted(by_hand, gwenael, None), drafted(by_hand, gwenael, None)

    def press(name, **kept):
        return client.post(reverse(f"publishing:{name}", **kept), {"compte": by_hand.pk}, follow=True).content.decode()

    none = press("put_in_queue", args=[post.pk])
    client.post(address, {"weekday": "0", "hour": "09:00", "zone": "Europe/Paris"})
    queued = press("put_in_queue", args=[post.pk])
    press("put_in_queue", args=[other.pk])
    earlier = press("place_act", args=[other.place.pk, "avant"])
    paused = press("queue_act", args=[by_hand.pk, "suspendre"])
    press("queue_act", args=[by_hand.pk, "reprendre"])
    out = press("place_act", args=[post.place.pk, "retirer"])
    dropped = press("drop_slot", args=[by_hand.slots.get().pk])

    assert "has no slot yet" in none
    assert "In the queue of UBN: it leaves on" in queued
    assert "It leaves earlier." in earlier
    assert "nothing of it leaves" in paused
    assert not Pause.objects.exists()
    assert "It is out of the queue" in out
    assert "The slot is gone." in dropped
    assert "Leaves next" in client.get(reverse("publishing:queues")).content.decode()


def test_a_lecturer_touches_no_queue(client, monday, gwenael, yann):
    post = drafted(monday, gwenael, None)
    client.force_login(yann)

    assert client.post(reverse("publishing:put_in_queue", args=[post.pk]), {"compte": monday.pk}).status_code == 403
    assert client.post(reverse("publishing:queue_act", args=[monday.pk, "suspendre"])).status_code == 403
    assert not Place.objects.exists()
