"""What the institution of the tests says on networks: accounts, posts, an approval that waits, a post nobody can prove."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from lierre.accounts.models import Unit, User
from lierre.publishing import approving, composing, registering
from lierre.publishing.models import Absence, Account, CalendarLink, Delivery, Heard, Post, Step
from lierre.publishing.outbox.lane import Outbox
from tests.links import links
from tests.pictures import show
from tests.rhythm import rhythm
from tests.talk import Talk, talk


@dataclass
class Said:
    """What the institution says on networks."""

    account: Account
    post: Post
    submitted: Post
    delivery: Delivery
    step: Step
    absence: Absence
    link: CalendarLink
    talk: Talk
    answer: Heard


def publications(by: User, approver: User, unit: Unit) -> Said:
    """One planned that nobody can prove, one that waits for an approval; accounts where somebody publishes by hand."""
    official = registering.register(
        {"network": "linkedin", "label": "UBN", "address": "https://www.linkedin.com/school/ubn/", "owner": by,
         "status": "official"}, by=by,
    )  # fmt: skip
    other = registering.register({"network": "mastodon", "label": "UBN", "address": "", "owner": by}, by=by)
    registering.ask_step(other, {"kind": "", "position": 1, "role": "direction", "person": None}, by=by)
    at = timezone.now()
    post = composing.write(composing.Draft(["Portes ouvertes\nle 6 mars"], [official], due_at=at), by=by)
    show(post, by)
    post.approve(by=by)
    Outbox().once()
    planned = composing.Draft(["La houle en équations"], [official, other], due_at=at + timedelta(days=1))
    submitted = composing.write(planned, by=by)
    approving.submit(submitted, by=by)
    absence = Absence.objects.create(who=by, deputy=approver, first=date(2026, 1, 1), last=date(2999, 1, 1))
    step, link = other.steps.get(), CalendarLink.renew(by)
    links(official, unit, by)
    rhythm(official, by)
    answer = Heard.objects.create(
        account=official, delivery=post.deliveries.get(), network_id="7", kind="answer", author="Nolwenn Le Ster",
        text="À quelle heure ?", permalink="https://www.linkedin.com/feed/update/7", at=at,
    )  # fmt: skip
    return Said(
        official,
        post,
        submitted,
        post.deliveries.get(),
        step,
        absence,
        link,
        talk(submitted, post, by, approver),
        answer,
    )
