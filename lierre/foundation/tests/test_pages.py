"""The pages behind the scenes: long works, duties, and what machines ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.context import worker
from lierre.foundation.models import Duty, Entry, Work, Worker
from lierre.foundation.models.work import long_work
from lierre.foundation.models.worker import silence

pytestmark = pytest.mark.django_db


@long_work("tests.pages", label="Count the graduates")
def count_graduates(work):
    work.say("Counting begins.")
    return {"sentence": "There are 48 of them."}


def ask(by, **fields):
    work = Work.ask("tests.pages", by=by, title="Class of 2014", **fields)
    return work, reverse("foundation:work", args=[work.pk])


def test_solenn_follows_the_work_she_asked_for(client, solenn, university):
    work, address = ask(solenn, on=university)
    work.claim("a worker")
    work.advance(12, 48)
    client.force_login(solenn)

    page = client.get(address).content.decode()

    assert "Class of 2014" in page
    assert 'width="250"' in page
    assert 'hx-trigger="every 2s"' in page
    assert f'href="{address}"' in page


def test_a_finished_work_asks_no_more_and_shows_its_result(client, solenn):
    work, address = ask(solenn)
    work.run_now()
    client.force_login(solenn)

    page = client.get(address).content.decode()

    assert "There are 48 of them." in page
    assert "Counting begins." in page
    assert 'hx-trigger="every' not in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_page_that_asks_again_receives_only_what_changes(client, solenn):
    _work, address = ask(solenn)
    client.force_login(solenn)

    part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="progress"')
    assert "<html" not in part


def test_a_work_does_not_exist_for_others_but_the_it_department_sees_all(client, solenn, gwenael, malo):
    work, address = ask(solenn)
    seen = {}

    for user in (gwenael, malo, solenn):
        client.force_login(user)
        listed = client.get(reverse("foundation:works")).context["page"].rows
        seen[user] = client.get(address).status_code, work in listed

    assert seen == {gwenael: (404, False), malo: (200, True), solenn: (200, True)}


def test_solenn_stops_a_work(client, solenn):
    work, address = ask(solenn)
    client.force_login(solenn)

    answer = client.post(reverse("foundation:cancel_work", args=[work.pk]))
    again = client.post(reverse("foundation:cancel_work", args=[work.pk]), follow=True)

    work.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert work.state == "cancelled"
    assert b"notice tone-bad" in again.content
    assert Entry.objects.filter(verb="work.cancelled", actor_id=solenn.pk).count() == 1


def test_nobody_stops_the_work_of_somebody_else(client, solenn, gwenael):
    work, _address = ask(solenn)
    client.force_login(gwenael)

    assert client.post(reverse("foundation:cancel_work", args=[work.pk])).status_code == 404
    assert client.get(reverse("foundation:cancel_work", args=[work.pk])).status_code == 405


def test_an_empty_list_says_what_would_be_there(client, solenn, django_assert_max_num_queries):
    client.force_login(solenn)
    client.get(reverse("foundation:works"))  # the first page of a session also writes the session down

    with django_assert_max_num_queries(12):
        page = client.get(reverse("foundation:works"))

    assert page.status_code == 200
    assert "<table" not in page.content.decode()


def test_the_it_department_sees_the_duties_and_hastens_one(client, malo):
    Duty.objects.write_down()
    Duty.objects.filter(pk="foundation.put_away").update(failures=2, failure="OSError: no room left")
    client.force_login(malo)

    page = client.get(reverse("foundation:duties")).content.decode()
    answer = client.post(reverse("foundation:hasten_duty", args=["foundation.put_away"]))

    assert "OSError: no room left" in page
    assert answer.status_code == 303
    assert Duty.objects.due().filter(pk="foundation.put_away").exists()
    assert Entry.objects.get(verb="duty.hastened").actor_id == malo.pk


@pytest.mark.parametrize("name", ["solenn", "helene", "amelie_user", "hugo"])
def test_duties_are_the_business_of_the_it_department(client, request, name):
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("foundation:duties")).status_code == 403


def test_silence_is_told_since_the_last_worker_was_seen(client, solenn):
    never = silence()
    row = Worker.objects.arrive("a worker")
    alive = silence()
    an_hour_ago = timezone.now() - timedelta(hours=1)
    Worker.objects.filter(pk=row.pk).update(seen_at=an_hour_ago)

    assert never is not None
    assert alive is None
    assert silence() == an_hour_ago
    assert worker(None)["nothing_runs_since"] == an_hour_ago


def test_the_process_says_that_it_lives_to_anybody(client):
    assert client.get("/healthz").status_code == 200


def test_the_instance_is_ready_once_a_worker_lives(client):
    without = client.get("/readyz")
    Worker.objects.arrive("a worker")
    ready = client.get("/readyz")

    assert (without.status_code, without.json()["worker"]) == (503, False)
    assert ready.status_code == 200
    assert ready.json() == {
        "ready": True, "database": True, "migrations": True, "worker": True, "worker_seen_seconds_ago": 0,
    }  # fmt: skip
