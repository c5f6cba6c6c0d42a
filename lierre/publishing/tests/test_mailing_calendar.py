"""A mailing is a channel of the calendar as posts are: moved, undone, on the board, under embargo, near others, followed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.models import Unit
from lierre.people.directory import snapshot
from lierre.people.segments import reach
from lierre.publishing import composing
from lierre.publishing.mailing.approving import approve, submit
from lierre.publishing.mailing.lane import Mailings
from lierre.publishing.mailing.warnings import warnings
from lierre.publishing.models import CalendarLink, Mailing, Notice
from lierre.publishing.planning import Filter
from lierre.publishing.rhythm.board import board
from lierre.publishing.rhythm.silence import hold_in_force, keep_silent, lift
from lierre.publishing.rhythm.warnings import warnings as warnings_of_post
from lierre.publishing.tests.conftest import approved
from lierre.publishing.tests.mailings import due, everybody, graduate, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_of_this_test() -> None:
    snapshot.forget()
    reach.forget()


def soon(hours: float) -> Any:
    return timezone.now() + timedelta(hours=hours)


def ready(by: Any, approver: Any, **more: Any) -> Mailing:
    mailing = written(by, **more)
    submit(mailing, by=by)
    approve(mailing, mailing.digest, by=approver)
    return mailing


def silence(by: Any, **fields: Any) -> Any:
    return keep_silent({"label": "Deuil national", "ends_at": soon(48), **fields}, by=by)[0]


def placed(**asked: Any) -> dict[str, list[str]]:
    return {column.name: [card.post.title for card in column.cards] for column in board(Filter(**asked), seen_by=None)}


def test_it_is_moved_to_another_day_and_the_move_is_undone(client, gwenael, helene):
    mailing = ready(gwenael, helene, due_at=timezone.localtime().replace(hour=9, minute=0) + timedelta(days=1))
    before, day = mailing.due_at, (timezone.localdate() + timedelta(days=5)).isoformat()
    client.force_login(gwenael)
    month = client.get(reverse("publishing:agenda")).content.decode()

    back = {"back": "/publications/liste/"}
    page = client.post(reverse("publishing:move"), {"post": f"l{mailing.pk}", "day": day, **back}, follow=True)
    mailing.refresh_from_db()
    moved, undo = timezone.localtime(mailing.due_at), page.context["undo"]
    client.post(reverse("publishing:move"), {"post": undo["post"], "day": undo["day"], "undone": "1", **back})

    mailing.refresh_from_db()
    assert f'data-post="l{mailing.pk}"' in month
    assert "Undo the move" in page.content.decode()
    assert moved.strftime("%Y-%m-%d %H:%M") == f"{day} 09:00"
    assert mailing.due_at == before
    assert mailing.state == "approved"


def test_a_post_that_is_moved_is_moved_back_too(client, gwenael, by_hand):
    post = approved("Portes ouvertes", by_hand, due_at=soon(30))
    before = post.due_at
    client.force_login(gwenael)
    day = (timezone.localdate() + timedelta(days=6)).isoformat()

    page = client.post(reverse("publishing:move"), {"post": post.pk, "day": day}, follow=True)
    client.post(reverse("publishing:move"), {**page.context["undo"], "undone": "1"})

    post.refresh_from_db()
    assert post.due_at == before


def test_what_leaves_is_not_moved_and_human_resources_move_no_letter(client, gwenael, helene, university):
    from conftest import someone

    mailing = due(gwenael, helene)
    Mailing.objects.filter(pk=mailing.pk).update(state="sending", began_at=timezone.now())
    typed = {"post": f"l{mailing.pk}", "day": "2030-01-01"}
    client.force_login(gwenael)
    refused = client.post(reverse("publishing:move"), typed, follow=True).content.decode()
    client.force_login(someone("Ronan Cloarec", "ronan.cloarec@ubn.example", "hr", university))

    assert "that cannot be done now" in refused
    assert client.post(reverse("publishing:move"), typed).status_code == 403
    assert client.post(reverse("publishing:move"), {"post": "l999999", "day": "2030-01-01"}).status_code == 404


def test_the_board_carries_it_from_a_draft_to_a_yes_and_back(client, gwenael, helene):
    mailing = written(gwenael)
    before = placed()["draft"]

    def move(user: Any, to: str) -> str:
        mailing.refresh_from_db()
        client.force_login(user)
        said = {"post": f"l{mailing.pk}", "to": to, "version": mailing.version, "back": "/publications/tableau/"}
        page = client.post(reverse("publishing:move_card"), said, follow=True).content.decode()
        mailing.refresh_from_db()
        return f"{mailing.state} {'must approve' in page or 'ask for its approval' in page}"

    journey = [
        move(gwenael, "ready"), move(gwenael, "waiting"), move(gwenael, "ready"), move(helene, "ready"),
        move(gwenael, "draft"), move(gwenael, "ready"), move(gwenael, "out"),
    ]  # fmt: skip

    assert before == ["Lettre de mars"]
    assert journey == [
        "draft True", "submitted False", "submitted True", "approved False", "draft False", "approved False",
        "cancelled False",
    ]  # fmt: skip


def test_filters_by_channel_and_by_unit_keep_it_or_not(client, gwenael, by_hand, iut: Unit):
    approved("Une publication", by_hand, due_at=soon(2))
    written(gwenael, name="Lettre de l’IUT", unit=iut)
    client.force_login(gwenael)

    def shown(**asked: str) -> list[bool]:
        page = client.get(reverse("publishing:agenda"), asked).content.decode()
        return ["Lettre de l’IUT" in page, "Une publication" in page]

    assert shown() == [True, True]
    assert shown(reseau="lettre") == [True, False]
    assert shown(reseau="linkedin") == [False, True]
    assert shown(unite="IUTM") == [True, False]
    assert placed(network="lettre")["draft"] == ["Lettre de l’IUT"]
    assert placed(unit_path=iut.path)["ready"] == []


def test_no_approval_is_given_under_an_embargo_nor_a_ready_one_moved_into_it(client, gwenael, helene):
    later = ready(gwenael, helene, name="Plus tard", due_at=soon(24 * 9))
    mailing = written(gwenael, due_at=soon(24))
    submit(mailing, by=gwenael)
    embargo = silence(helene)
    client.force_login(helene)
    address = reverse("publishing:mailing_act", args=[mailing.pk, "approuver"])

    asked = client.get(mailing.get_absolute_url()).content.decode()
    refused = client.post(address, {"digest": mailing.digest}, follow=True).content.decode()
    client.force_login(gwenael)
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    kept = client.post(reverse("publishing:move"), {"post": f"l{later.pk}", "day": day}, follow=True).content.decode()
    inside = client.get(embargo.get_absolute_url()).content.decode()
    lift(embargo, by=helene)
    approve(mailing, mailing.digest, by=helene)

    assert "At this time its approval will be refused." in asked
    assert "this must not leave before" in refused
    assert "this must not leave before" in kept
    assert mailing.name in inside
    assert mailing.state == "approved"


def test_a_ready_letter_is_held_its_approval_kept_and_it_is_planned_again(gwenael, helene):
    mailing = ready(gwenael, helene, due_at=soon(24))
    silence(helene, campaign="Une autre")
    untouched = Mailing.objects.get(pk=mailing.pk).state
    silence(helene)
    mailing.refresh_from_db()
    held = mailing.state
    Mailing.objects.filter(pk=mailing.pk).update(due_at=soon(72))
    mailing.refresh_from_db()

    submit(mailing, by=gwenael)

    assert (untouched, held) == ("approved", "draft")
    assert (mailing.state, mailing.approved_by) == ("approved", helene)
    assert Notice.objects.filter(to=gwenael, subject__startswith="Held by an embargo").exists()


def test_one_that_leaves_is_paused_by_an_embargo_and_nobody_resumes_it_meanwhile(client, gwenael, helene):
    mailing = due(gwenael, helene)
    Mailing.objects.filter(pk=mailing.pk).update(state="sending", began_at=timezone.now())
    embargo = silence(helene)
    client.force_login(gwenael)

    address = reverse("publishing:mailing_act", args=[mailing.pk, "reprendre"])
    refused = client.post(address, follow=True).content.decode()
    mailing.refresh_from_db()
    paused = mailing.state
    lift(embargo, by=helene)
    client.post(address)

    mailing.refresh_from_db()
    assert "this must not leave before" in refused
    assert (paused, mailing.state) == ("paused", "sending")


def test_what_became_due_under_an_embargo_is_held_by_the_worker_and_by_the_duty(gwenael, helene):
    from lierre.publishing.models import Embargo

    first, second = due(gwenael, helene), ready(gwenael, helene, name="Une autre")
    Embargo.objects.create(label="Réserve", ends_at=soon(48))

    Mailings().once()
    hold_in_force()

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) == ("draft", "draft")
    assert not first.recipients.exists()


def test_posts_and_letters_in_the_same_hours_are_said_on_both_sides(client, gwenael, by_hand):
    graduate("Une"), graduate("Deux")
    moment = timezone.localtime().replace(hour=12, minute=0) + timedelta(days=1)
    post = approved("Portes ouvertes", by_hand, due_at=moment)
    mailing = written(gwenael, due_at=moment + timedelta(minutes=90))
    written(gwenael, name="Le même jour", due_at=moment + timedelta(hours=6))
    written(gwenael, name="À personne", due_at=moment + timedelta(hours=7), segment=nobody(gwenael))
    client.force_login(gwenael)

    said = [each.text for each in warnings(mailing)]
    page = client.get(reverse("publishing:agenda")).content.decode()

    assert said[0] == "1 post leaves within two hours of it: “Portes ouvertes”."
    approved("Chaire énergie", by_hand, due_at=moment + timedelta(minutes=5))
    assert warnings(mailing)[0].text == "2 posts leave within two hours of it: “Portes ouvertes”, “Chaire énergie”."
    assert said[1].startswith("2 persons would also receive “Le même jour”")
    assert len(said) == 2
    assert "a letter and 1 post within two hours" in page
    assert "2 letters within two hours" in page
    assert any("A letter leaves within two hours of it" in each.text for each in warnings_of_post(post))


def nobody(by: Any) -> Any:
    question = {"group": "all", "members": [{"on": "year", "how": "in", "values": ["1950"]}]}
    return type(everybody(by)).objects.keep("Promotion 1950", question, by=by)


def test_other_calendars_follow_it(client, gwenael, helene):
    ready(gwenael, helene)
    token = CalendarLink.renew(gwenael).token

    followed = client.get(reverse("publishing:followed", args=[token])).content.decode()

    assert "UID:mailing-" in followed
    assert "SUMMARY:Lettre de mars" in followed
    assert "STATUS:CONFIRMED" in followed


def test_the_table_of_the_month_holds_it_with_the_same_filters(client, gwenael, by_hand):
    moment = timezone.localtime().replace(day=15, hour=12, minute=0, second=0, microsecond=0) + timedelta(days=62)
    approved("Après", by_hand, due_at=moment + timedelta(hours=1)), approved("Avant", by_hand, due_at=moment)
    written(gwenael, due_at=moment + timedelta(minutes=30), campaign="Portes ouvertes")
    client.force_login(gwenael)

    def lines(**asked: str) -> list[str]:
        got = client.get(reverse("publishing:export_calendar"), {"jour": f"{moment:%Y-%m-%d}", **asked}).getvalue()
        found = [
            name for line in got.decode().splitlines() for name in ("Avant", "Lettre de mars", "Après") if name in line
        ]
        return list(dict.fromkeys(found))

    assert lines() == ["Avant", "Lettre de mars", "Après"]
    assert lines(reseau="lettre") == ["Lettre de mars"]
    assert lines(reseau="linkedin") == ["Avant", "Après"]


def test_the_month_and_the_board_ask_as_few_questions_with_many_letters(client, gwenael):
    for number in range(12):
        written(gwenael, name=f"Lettre {number}", due_at=soon(number))
    client.force_login(gwenael)
    client.get(reverse("publishing:calendar")), client.get(reverse("publishing:board"))
    counted = []

    for name in ("calendar", "board"):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"publishing:{name}"))
        counted.append(len(asked))

    assert counted[0] <= 12
    assert counted[1] <= 17


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_letter_is_moved_by_keyboard_dragged_and_put_back(enter, gwenael):
    day = timezone.localdate().replace(day=10)
    moment = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    mailing = written(gwenael, due_at=moment + (day - timezone.localdate()))
    page = enter(gwenael, reverse("publishing:calendar"))
    card = f"#pl{mailing.pk}"

    page.focus(card)
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector(f"[data-date='{day + timedelta(days=7)}'] {card}")
    page.drag_and_drop(card, f"[data-date='{day + timedelta(days=1)}'] .number")
    page.wait_for_selector(f"[data-date='{day + timedelta(days=1)}'] {card}")
    page.click("button[name=undone]")
    page.wait_for_selector(f"[data-date='{day + timedelta(days=7)}'] {card}")

    assert page.locator("button[name=undone]").count() == 0


def test_the_calendar_shows_one_account_or_one_campaign_with_its_letters(client, gwenael, univ, by_hand):
    at = timezone.localtime().replace(hour=9, minute=0) + timedelta(days=1)
    written(gwenael, name="Lettre des portes ouvertes", due_at=at, campaign="Portes ouvertes 2027")
    for text, account, campaign in (
        ("Affiche", univ, "Portes ouvertes 2027"),
        ("Bus", by_hand, "Portes ouvertes 2027"),
        ("Prix", univ, ""),
    ):
        composing.write(composing.Draft([text], [account], due_at=at, intent={"campaign": campaign}), by=gwenael)
    client.force_login(gwenael)

    def shown(**asked):
        pages = [client.get(reverse(f"publishing:{view}"), asked).content.decode() for view in ("agenda", "board")]
        found = [{each for each in ("Lettre des portes", "Affiche", "Bus", "Prix") if each in page} for page in pages]
        assert found[0] == found[1]
        return found[0]

    assert shown() == {"Lettre des portes", "Affiche", "Bus", "Prix"}
    assert shown(campagne="portes OUVERTES") == {"Lettre des portes", "Affiche", "Bus"}
    assert shown(compte=univ.pk) == {"Affiche", "Prix"}
    assert shown(compte=univ.pk, campagne="portes") == {"Affiche"}
    assert shown(compte="9" * 30) == shown()
