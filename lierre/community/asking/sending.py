"""Questions leave, some each minute: a few for each domain, once each, whatever happens to whoever sends them."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.community.asking.bouncing import address_is_refused
from lierre.community.asking.mailing import message
from lierre.community.asking.permission import forget_asked, may_ask, note_asked
from lierre.community.models import Ask
from lierre.connectors.mail import Post, Rejected
from lierre.foundation.errors import Refused

AT_ONCE: Final = 300
A_MINUTE: Final = timedelta(minutes=1)
FOR_A_DOMAIN: Final = 30  # a minute: large providers put off whoever sends more to all of them at once


def send_due() -> Counter[str]:
    """What became of each: sent, dropped, put off, refused, or unknown when the server hung up after taking it."""
    told: Counter[str] = Counter()
    due = list(within_throttle())
    if not due:
        return told
    try:
        with Post() as post:
            for ask in due:
                if ask.claim():
                    told[send(ask, post)] += 1
    except OSError as error:  # the server does not answer, or hung up: what was not reached stays due
        told[_("the mail server does not answer: %(error)s") % {"error": error}] += 1
    return told


def within_throttle() -> Iterator[Ask]:
    """Those that are due, as many as each domain is sent in a minute. What left just before counts."""
    lately = Ask.objects.filter(left_at__gt=timezone.now() - A_MINUTE).values_list("domain", flat=True)
    sent = Counter(lately)
    for ask in Ask.objects.due().select_related("campaign", "person")[: AT_ONCE * 10]:
        if sent[ask.domain] < FOR_A_DOMAIN and sent.total() < AT_ONCE:
            sent[ask.domain] += 1
            yield ask


def send(ask: Ask, post: Post) -> str:
    """No transaction is open while the server speaks, but the short one that writes that the message is leaving."""
    if not (answer := may_ask(ask.person)):
        ask.drop(answer.reason)
        return "dropped"
    try:
        post.hand_over(message(ask), lambda: leave(ask))
    except Refused as refusal:
        ask.drop(str(refusal))
        return "dropped"
    except Rejected as rejection:
        return refused(ask, rejection)
    except OSError as error:
        # Before it was leaving, it is due again in two minutes; after, nobody knows, and nobody sends it again.
        Ask.objects.filter(pk=ask.pk).update(failure=f"{type(error).__name__}: {error}"[:300])
        raise
    ask.arrive()
    return "sent"


def leave(ask: Ask) -> None:
    """Counted in the budget of the person, and written down as leaving: both or neither."""
    with transaction.atomic():
        ask.leave(note_asked(ask.person))
    ask.refresh_from_db(fields=["state", "contact_id", "left_at", "expires_at"])


def refused(ask: Ask, rejection: Rejected) -> str:
    """The server answered and took nothing: they were not written to. An address that does not exist is remembered."""
    with transaction.atomic():
        forget_asked(ask.contact_id)
        if not (rejection.for_ever and rejection.of_the_address):
            ask.put_off(str(rejection)) if not rejection.for_ever else ask.drop(str(rejection))
            return "put off"
        address_is_refused(ask, str(rejection))
    return "refused"
