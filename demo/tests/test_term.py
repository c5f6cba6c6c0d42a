"""What one reads on the demonstration: a laboratory that speaks in figures of five at least, a rhythm, conflicts that show."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from demo.characters import IN_UNITS, VOICES
from demo.loading.ambassadors import speak_in_their_own_name
from demo.loading.house import build, user
from demo.loading.laboratory import SINCE, speak_for_their_laboratory
from demo.loading.presence import speak
from demo.loading.rhythm import keep_time
from lierre.accounts.models import Unit
from lierre.foundation.models.journal import Entry
from lierre.publishing.ambassadors.counting import rows
from lierre.publishing.models import Account, Digest, Embargo, Heard, Notice, OwnText, Post, Series, Story
from lierre.publishing.rhythm.warnings import warnings
from lierre.site.pending import pending_for
from lierre.site.waiting import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def said(a_world: Any, tmp_path_factory: Any) -> Iterator[None]:
    with override_settings(DATA_DIR=tmp_path_factory.mktemp("term")), a_world():
        build()
        speak()
        keep_time()
        speak_in_their_own_name()
        speak_for_their_laboratory()
        yield


def test_it_is_told_once():
    lines, texts = Entry.objects.count(), OwnText.objects.count()

    assert keep_time() == keep_time() > 6
    assert speak_for_their_laboratory() == len(SINCE)
    assert (Entry.objects.count(), OwnText.objects.count()) == (lines, texts)


def test_the_head_of_the_laboratory_reads_figures_and_finds_what_is_theirs_to_approve(client):
    head, laboratory = user(IN_UNITS[0].name), Unit.objects.get(code="LENM")
    client.force_login(head)

    page = client.get(reverse("publishing:taking_part")).content.decode()

    theirs = Post.objects.get(state="submitted", owner__name=IN_UNITS[1].name)
    (row,) = rows([laboratory])
    assert (row.persons, row.published) == (len(VOICES) + 1, 6)
    assert "7 persons take part" in page
    (task,) = waiting_for(head, pending_for(head))
    assert (task.what, task.address) == ("1 post that waits for approval", theirs.get_absolute_url())


def test_the_term_of_the_laboratory_is_as_if_it_had_been_lived():
    past, today = OwnText.objects.exclude(published_at=None), timezone.now()
    weeks = Digest.objects.filter(send_at=None).values_list("week", flat=True)

    assert past.filter(published_at__lt=today).count() == past.count() > 12
    assert len(set(weeks)) == len(SINCE)
    assert all(isinstance(week, date) and week.weekday() == 0 for week in weeks)
    story = Story.objects.get(state="planned")
    assert story.online
    assert story.post is not None
    assert story.post.signatures.get().by == user(IN_UNITS[0].name)
    assert not Notice.objects.filter(to=story.ambassador.user).exclude(send_at=None).exists()


def test_a_series_comes_back_a_queue_takes_its_slots_and_what_an_embargo_keeps_quiet_is_told(client):
    series, queue = Series.objects.get(), Account.objects.get(label="ENSIB")
    early = Post.objects.get(campaign="Prix de l’innovation")

    assert series.occurrences.filter(post__state="approved").count() == 2
    client.force_login(user("Gwenaël Riou"))
    assert "Every week, on Friday, at 13:00" in client.get(series.get_absolute_url()).content.decode()
    times = [place.post.due_at for place in queue.places.select_related("post")]
    assert len(set(times)) == len(times) == 4
    assert [caution.tone for caution in warnings(early)] == ["bad"]
    assert Embargo.objects.not_over().get().covers(early, early.due_at)


def test_two_posts_of_one_account_in_the_same_hours_are_told():
    near = Post.objects.get(title__startswith="Chaire énergie")

    assert any("Portes ouvertes" in caution.text for caution in warnings(near))


def test_what_people_answered_waits_or_was_seen_to_under_the_posts_of_the_term(client):
    client.force_login(user("Gwenaël Riou"))

    page = client.get(reverse("publishing:answers")).content.decode()
    own = client.get(reverse("publishing:answers"), {"moi": "1"}).content.decode()

    assert "Les données sont-elles ouvertes ?" in page
    assert "À lire avec un café." not in page
    assert "Le lien du formulaire" not in own
    assert Heard.objects.filter(delivery=None).count() == 0
