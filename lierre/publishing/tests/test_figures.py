"""Figures come back less and less often as a post grows old; what a network does not communicate is unknown, never zero."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.publishing.composing import Draft, write
from lierre.publishing.figures.by_hand import type_of_post
from lierre.publishing.figures.fetching import fetch_due
from lierre.publishing.figures.showing import Total
from lierre.publishing.models import Click, Delivery, Link, Measurement, Watch
from lierre.publishing.outbox.adopting import adopt
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.health import check
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.tests.conftest import approved
from simulators.linkedin import LinkedIn
from simulators.linkedin_pages import SCOPE
from simulators.serving import living

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def known(**asked):
    """Name → last value."""
    return {each.name: each.value for each in Measurement.objects.filter(**asked).order_by("at", "pk")}


@pytest.fixture
def online(world, univ):
    post = approved("Portes ouvertes", univ)
    Outbox().once()
    return post.deliveries.get()


def test_a_real_answer_is_kept_with_its_day_and_what_is_not_communicated_stays_unknown(world, online, univ):
    world.mastodon.counts["favourites_count"] = 3

    fetch_due()

    assert known(delivery=online) == {"likes": 3, "reposts": 0, "answers": 0, "quotes": None, "impressions": None}
    assert known(delivery=None, account=univ) == {"followers": 12}
    assert Measurement.objects.get(delivery=online, name="likes").said_by == "favourites_count"


def test_bluesky_tells_its_figures_too(world, bluesky):
    approved("Portes ouvertes", bluesky)
    Outbox().once()
    world.bluesky.counts |= {"likeCount": 5, "quoteCount": 1}

    fetch_due()

    assert known(delivery__account=bluesky) == {
        "likes": 5, "reposts": 0, "answers": 0, "quotes": 1, "impressions": None,
    }  # fmt: skip
    assert known(delivery=None) == {"followers": 7}


def test_one_asks_every_hour_then_every_day_then_every_week(online):
    now = timezone.now()
    fetch_due(now)
    watch = Watch.objects.get(delivery=online)
    assert watch.next_at == now + HOUR

    for age, wait in ((3 * DAY, DAY), (30 * DAY, 7 * DAY), (400 * DAY, None)):
        Delivery.objects.filter(pk=online.pk).update(confirmed_at=now - age)
        Watch.objects.update(next_at=now)
        fetch_due(now)
        watch.refresh_from_db()
        assert watch.next_at == (now + wait if wait else None)


def test_what_is_not_news_is_not_written_twice(world, online):
    now = timezone.now()
    fetch_due(now)
    before = Measurement.objects.filter(delivery=online).count()

    fetch_due(now + 2 * HOUR)
    world.mastodon.counts["favourites_count"] = 8
    fetch_due(now + 4 * HOUR)

    assert Measurement.objects.filter(delivery=online).count() == before + 1
    assert Watch.objects.get(delivery=online).looked_at == now + 4 * HOUR


def test_nothing_is_asked_before_its_time(world, online):
    now = timezone.now()
    fetch_due(now)
    world.mastodon.counts["favourites_count"] = 8

    assert fetch_due(now + HOUR / 2) == 0
    assert known(delivery=online)["likes"] == 0


def test_a_network_that_fails_is_asked_later_and_the_account_goes_on_speaking(online, univ, settings):
    settings.ALLOW_LOOPBACK = False  # it cannot be reached any more
    now = timezone.now()

    assert fetch_due(now) == 0

    univ.refresh_from_db()
    assert univ.held == ""
    assert {watch.next_at for watch in Watch.objects.all()} == {now + HOUR}
    assert not Measurement.objects.exists()


def test_one_post_that_is_refused_costs_the_others_nothing(world, bluesky):
    for number in range(3):
        approved(f"Un {number}", bluesky)
    Outbox().once()
    bad = Delivery.objects.earliest("pk")
    Delivery.objects.filter(pk=bad.pk).update(network_id="at://nobody", receipt=None)
    now = timezone.now()

    fetch_due(now)

    assert set(Measurement.objects.filter(name="likes").values_list("delivery", flat=True)) == set(
        Delivery.objects.exclude(pk=bad.pk).values_list("pk", flat=True)
    )
    assert Watch.objects.get(delivery=bad).next_at == now + 7 * DAY


def test_by_hand_nothing_is_asked_and_somebody_types_what_they_read(client, by_hand, gwenael):
    approved("Portes ouvertes", by_hand)
    row = Delivery.objects.get()
    with pytest.raises(Refused):
        type_of_post(row, {"likes": 4}, by=gwenael)
    row.confirm("", "https://www.linkedin.com/posts/ubn_1", by=gwenael)
    assert fetch_due() == 0
    client.force_login(gwenael)

    empty = client.post(reverse("publishing:type_figures", args=[row.pk]), {"likes": ""})
    client.post(reverse("publishing:type_figures", args=[row.pk]), {"likes": "4", "impressions": "0"})
    page = client.get(row.get_absolute_url()).content.decode()

    assert empty.status_code == 422
    assert known() == {"likes": 4, "impressions": 0}
    assert "typed by hand" in page
    assert Entry.objects.filter(verb="figures.typed").count() == 1


def test_a_connected_account_is_not_typed_over(client, online, gwenael):
    client.force_login(gwenael)

    page = client.post(reverse("publishing:type_figures", args=[online.pk]), {"likes": "1000"})

    assert page.status_code == 422
    assert not Measurement.objects.exists()


def test_a_post_shows_each_network_apart_and_says_what_is_unknown(client, world, univ, by_hand, gwenael):
    post = write(Draft(["Venez : https://ubn.example/jpo"], [univ, by_hand], intent={"counts_links": True}), by=gwenael)
    Delivery.objects.filter(account=univ).update(state="confirmed", network_id="1", permalink="https://ubn.example/1")
    Delivery.objects.filter(account=by_hand).update(state="confirmed", permalink="https://ubn.example/2")
    typed = {"impressions": 1000, "likes": 20, "answers": 5, "reposts": 5, "clicks": 20, "reach": None}
    type_of_post(Delivery.objects.get(account=by_hand), typed, by=gwenael)
    Click.objects.add(Link.objects.get(account=univ).pk, is_robot=False)
    client.force_login(gwenael)

    page = client.get(post.get_absolute_url()).content.decode()
    table = page[page.index("What it brought") :]

    linkedin, mastodon = table.split("</tr>")[1:3]
    assert "1,000" in linkedin
    assert "5.0" in linkedin  # fifty acts for a thousand times it was seen
    assert "unknown" in mastodon
    assert ">1</td>" in mastodon.replace("\n", "")
    assert "networks are not compared" in table


def test_a_sum_that_is_not_whole_says_at_least():
    assert [Total(12, 2, 2).words, Total(12, 1, 2).words, Total(0, 0, 2).words] == ["12", "at least 12", "unknown"]


def test_an_account_shows_who_follows_it_over_time(client, world, univ, gwenael):
    now = timezone.now()
    for days, number in ((0, 12), (1, 15), (2, 11)):
        world.mastodon.followers = number
        fetch_due(now + days * DAY)
    client.force_login(gwenael)

    page = client.get(univ.get_absolute_url()).content.decode()
    taken = client.get(reverse("publishing:export_figures", args=[univ.pk]))

    assert "From 12" in page
    assert "at most 15" in page
    assert b"".join(taken.streaming_content).count(b"Followers") == 3


def test_followers_of_an_account_that_is_not_connected_are_typed(client, by_hand, gwenael):
    client.force_login(gwenael)

    client.post(reverse("publishing:type_followers", args=[by_hand.pk]), {"followers": "61200"})

    assert known() == {"followers": 61200}
    assert "61,200" in client.get(by_hand.get_absolute_url()).content.decode()


def test_on_the_simulator_of_linkedin_what_is_taken_back_stays_negative_and_persons_are_not_added_up(
    client, settings, gwenael
):
    settings.ALLOW_LOOPBACK = True
    simulator = LinkedIn()
    with living(simulator):
        settings.LINKEDIN_BASE_URL = simulator.address
        page = connect("linkedin", "page", simulator.token, by="the tests")
        post = approved("Combien ?", page)
        Outbox().once()
        row = post.deliveries.get()
        simulator.figures[row.network_id] = {"impressionCount": 500, "likeCount": -2, "uniqueImpressionsCount": 300}
        fetch_due()

    assert known(delivery=row) == {
        "impressions": 500, "reach": 300, "likes": -2, "clicks": 0, "answers": 0, "reposts": 0,
    }  # fmt: skip
    assert known(delivery=None) == {"followers": 21_914}
    client.force_login(gwenael)
    assert "-2" in client.get(post.get_absolute_url()).content.decode()


def test_a_page_that_we_may_only_read_is_published_by_hand_and_tells_its_figures(client, settings, gwenael):
    settings.ALLOW_LOOPBACK = True
    simulator = LinkedIn(scopes={SCOPE})
    online = "urn:li:share:7100000000000000042"
    with living(simulator):
        settings.LINKEDIN_BASE_URL = simulator.address
        page = connect("linkedin", "page", simulator.token, by="the tests")
        post = approved("Combien ?", page)
        Outbox().once()
        row = post.deliveries.get()
        assert (row.state, page.held) == ("to_check", "")  # a person publishes it
        adopt(row, f"https://www.linkedin.com/feed/update/{online}/", by=gwenael)
        simulator.figures[online] = {"impressionCount": 500, "clickCount": 12}
        fetch_due()
        simulator.role = ""
        check(page, by="the tests")

    assert {name: known(delivery=row)[name] for name in ("impressions", "clicks", "likes")} == {
        "impressions": 500, "clicks": 12, "likes": None,
    }  # fmt: skip
    assert known(delivery=None) == {"followers": 21_914}
    page.refresh_from_db()
    assert page.held == ""  # keys that were lost stop no one who publishes by hand
    client.force_login(gwenael)
    assert "Connected to be read" in client.get(page.get_absolute_url()).text
