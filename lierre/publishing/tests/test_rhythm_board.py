"""The board: what is where, and the few moves that mean something; every other is refused with a sentence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lierre.publishing.approving import digest, sign, submit
from lierre.publishing.composing import Draft, write
from lierre.publishing.mailing.approving import submit as submit_letter
from lierre.publishing.models import Account, Post, Step
from lierre.publishing.planning import Filter
from lierre.publishing.rhythm.board import SHOWN, board
from lierre.publishing.tests.conftest import approved
from lierre.publishing.tests.mailings import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded(by_hand):
    """The account asks the direction for an approval."""
    Step.objects.create(account=by_hand, position=1, role="direction")
    return by_hand


def drafted(account, by, text="Portes ouvertes"):
    return write(Draft([text], [account], due_at=timezone.now() + timedelta(hours=5)), by=by)


def placed(**asked):
    return {column.name: [card.post.text for card in column.cards] for column in board(Filter(**asked), seen_by=None)}


def offered(user):
    columns = board(Filter(), seen_by=user)
    return {
        column.name: [to for card in column.cards for to, _label in card.moves] for column in columns if column.cards
    }


def move(client, post, to, **more):
    typed = {
        "post": post.pk,
        "to": to,
        "version": Post.objects.get(pk=post.pk).version,
        "back": "/publications/tableau/?reseau=linkedin",
    }
    answer = client.post(reverse("publishing:move_card"), typed | more, follow=True)
    post.refresh_from_db()
    return answer


def test_each_post_stands_in_its_column(by_hand, gwenael):
    drafted(by_hand, gwenael, "idée")
    soon, past = timezone.now() + timedelta(hours=4), timezone.now() - timedelta(days=2)
    approved("prête", by_hand, due_at=soon)
    approved("en ligne", by_hand, due_at=past).deliveries.update(state="confirmed", permalink="https://ubn.example/1")
    approved("manquée", by_hand, due_at=past).deliveries.update(state="missed")
    other = Account.objects.create(name="bluesky", network="bluesky", label="@ubn")
    Step.objects.create(account=other, position=1, role="direction")
    submit(drafted(other, gwenael, "attend"), by=gwenael)
    Post.write(["retirée"], [by_hand], by="the tests").withdraw(by=gwenael)

    assert placed() == {
        "draft": ["idée"], "waiting": ["attend"], "ready": ["prête"], "sent": ["en ligne"], "stuck": ["manquée"],
    }  # fmt: skip
    assert placed(network="bluesky")["waiting"] == ["attend"]
    assert placed(network="bluesky")["draft"] == []


def test_a_column_shows_so_many_and_says_that_there_are_others(client, by_hand, gwenael):
    for number in range(SHOWN + 3):
        drafted(by_hand, gwenael, f"n° {number}")
    client.force_login(gwenael)
    client.get(reverse("publishing:board"))

    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("publishing:board")).content.decode()

    assert page.count('class="card-of-board"') == SHOWN
    assert "The others are in the list" in page
    assert len(asked) <= 16


def test_a_draft_is_sent_for_approval_approved_by_whoever_may_and_taken_back(client, guarded, gwenael, helene):
    post = drafted(guarded, gwenael)
    client.force_login(gwenael)
    too_soon = move(client, post, "ready").content.decode()
    asked = move(client, post, "waiting")
    own = move(client, post, "ready").content.decode()
    assert (post.state, asked.redirect_chain[-1][0]) == (
        "submitted",
        f"/publications/tableau/?reseau=linkedin#p{post.pk}",
    )

    client.force_login(helene)
    move(client, post, "ready")
    assert post.state == "approved"

    client.force_login(gwenael)
    move(client, post, "draft")

    assert "asks for an approval" in too_soon
    assert "Somebody else must approve this" in own
    assert (post.state, post.deliveries.get().state) == ("draft", "draft")


def test_a_card_offers_its_reader_what_they_may_do_and_nothing_else(client, guarded, gwenael, helene, yann):
    submit(drafted(guarded, gwenael), by=gwenael)

    assert offered(gwenael) == {"waiting": ["draft", "out"]}  # its author: somebody else says yes
    assert offered(helene) == {"waiting": ["ready"]}  # asked, and no writer
    assert offered(yann) == {"waiting": []}
    client.force_login(gwenael)
    page = client.get(reverse("publishing:board")).content.decode()
    assert 'value="draft"' in page
    assert 'value="ready"' not in page


def test_a_letter_too_is_approved_from_its_card_by_somebody_else_alone(gwenael, helene, yann):
    submit_letter(written(gwenael), by=gwenael)

    found = [offered(each)["waiting"] for each in (gwenael, helene, yann)]
    assert found == [["draft", "out"], ["ready"], []]


def test_whoever_has_said_yes_is_not_asked_again(guarded, gwenael, helene):
    Step.objects.create(account=guarded, position=2, role="communication")
    post = drafted(guarded, gwenael)
    submit(post, by=gwenael)
    sign(post, digest(post), by=helene)

    assert offered(helene) == {"waiting": []}


def test_what_needs_no_approval_is_planned_then_withdrawn(client, by_hand, gwenael):
    post = drafted(by_hand, gwenael)
    client.force_login(gwenael)

    move(client, post, "ready")
    assert post.deliveries.get().state == "waiting"
    move(client, post, "out")

    assert post.state == "withdrawn"


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("sent", "What is online says so by itself"),
        ("stuck", "it comes there by itself"),
        ("nowhere", "There is no such column."),
    ],
)
def test_any_other_move_is_refused_with_a_sentence(client, by_hand, gwenael, to, sentence):
    post = drafted(by_hand, gwenael)
    client.force_login(gwenael)

    page = move(client, post, to).content.decode()

    assert sentence in page
    assert post.state == "draft"


def test_what_is_online_goes_nowhere(client, by_hand, gwenael):
    post = approved("en ligne", by_hand, due_at=timezone.now())
    post.deliveries.update(state="confirmed", permalink="https://ubn.example/1")
    client.force_login(gwenael)

    page = move(client, post, "draft").content.decode()

    assert "is no draft any more" in page
    assert post.state == "approved"


def test_a_card_that_changed_since_is_read_again(client, by_hand, gwenael):
    post = drafted(by_hand, gwenael)
    client.force_login(gwenael)

    page = move(client, post, "ready", version=7).content.decode()

    assert "read it again" in page
    assert post.state == "draft"


def test_nobody_moves_what_they_do_not_write(client, by_hand, gwenael, helene, yann):
    post = drafted(by_hand, gwenael)
    for somebody in (helene, yann):
        client.force_login(somebody)
        assert move(client, post, "ready").status_code == 403

    assert post.state == "draft"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_cards_are_dragged_moved_by_keyboard_and_by_a_button(enter, gwenael, by_hand):
    dragged, typed, pressed = (drafted(by_hand, gwenael, text) for text in ("tirée", "tapée", "pressée"))
    page = enter(gwenael, reverse("publishing:board"))

    page.drag_and_drop(f"#p{dragged.pk}", "[data-column=ready]")
    page.wait_for_selector(f"[data-column=ready] #p{dragged.pk}")
    page.focus(f"#p{dragged.pk}")
    page.keyboard.press("Alt+ArrowLeft")  # to "waiting for approval": a sentence says why not
    page.wait_for_selector("card-mover [role=status]:has-text('Only a draft can be sent')", state="attached")
    kept = page.evaluate("document.activeElement.id")
    page.focus(f"#p{typed.pk}")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("text=No account asks for an approval here")
    page.click(f"li:has(#p{pressed.pk}) summary")
    page.click(f"li:has(#p{pressed.pk}) button[value=ready]")
    page.wait_for_selector(f"[data-column=ready] #p{pressed.pk}")

    assert kept == f"p{dragged.pk}"
    states = {post.text: post.state for post in Post.objects.all()}
    assert states == {"tirée": "approved", "tapée": "draft", "pressée": "approved"}
