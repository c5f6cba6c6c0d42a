"""Gwenaël leaves: what hangs on him goes to Nolwenn, the door closes, and she connects an account again in her own name."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import someone
from lierre.publishing.models import Account
from lierre.publishing.outbox.connecting import connect
from lierre.publishing.outbox.lane import Outbox
from lierre.publishing.talking.commenting import comment_on
from lierre.publishing.tests.conftest import approved, world  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_gwenael_leaves_and_nothing_stays_without_anybody(
    enter, live_server, world, gwenael, solenn, malo, university, settings  # noqa: F811 - the fixture
):  # fmt: skip
    settings.ADDRESS = live_server.url
    nolwenn = someone("Nolwenn Le Berre", "nolwenn.leberre@ubn.example", "communication", university)
    univ = connect("mastodon", "univ", "token-univ", address=world.address, by=gwenael)
    univ.write(owner=gwenael, label="Université")
    Account.objects.create(name="x", network="x", label="UBN sur X", owner=solenn, deputy=gwenael)
    post = approved("Portes ouvertes", univ, owner=gwenael, due_at=timezone.now() + timedelta(days=2))
    comment = comment_on(post, "@Gwenaël Riou, le hall est-il réservé ?", version=post.version, by=solenn).comment

    # Malo would close the door: it does not close while five things hang on Gwenaël.
    page = enter(malo, reverse("accounts:user_act", args=[gwenael.pk, "desactiver"]))
    page.get_by_label("Why").fill("Départ à la retraite")
    page.get_by_role("button", name="Deactivate").click()
    page.get_by_text("5 things hang on Gwenaël Riou: hand them over first").first.wait_for()

    # He hands them over: all to Nolwenn, but for one that nobody needs to take.
    page.get_by_role("link", name="Hand over").click()
    page.get_by_label("To whom, for all").select_option(label="Nolwenn Le Berre")
    page.get_by_label("UBN sur X, X").select_option(label="nobody")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Hand over").click()
    page.get_by_text("Nothing hangs on them any more").wait_for()

    # The door closes.
    page.get_by_role("link", name="Deactivate").click()
    page.get_by_label("Why").fill("Départ à la retraite")
    page.get_by_role("button", name="Deactivate").click()
    page.get_by_text("Deactivated: can no longer sign in.").wait_for()

    # Nolwenn finds in the register what she must do, goes to the network, says yes, and comes back.
    page = enter(nolwenn, reverse("publishing:accounts"))
    page.get_by_text("Nolwenn Le Berre must connect it again in their own name").wait_for()
    page.get_by_role("link", name="Université").click()
    page.get_by_role("link", name="Connect again").click()
    page.get_by_role("button", name="Prepare the way there").click()
    page.get_by_role("link", name="Go to 127.0.0.1").click()
    page.get_by_role("link", name="Authorise").click()
    page.get_by_text("Université is connected.").wait_for()

    # What Gwenaël had planned leaves at its time.
    post.refresh_from_db()
    post.reschedule(timezone.now(), by=nolwenn)
    Outbox().once()
    univ.refresh_from_db()
    assert (univ.owner, univ.authorised_by, univ.successor) == (nolwenn, nolwenn, None)
    assert (post.owner, [each.user for each in comment.mentions.all()]) == (nolwenn, [nolwenn])
    assert [status["text"] for status in world.mastodon.statuses] == ["Portes ouvertes"]
