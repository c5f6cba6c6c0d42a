"""Telling webhooks: the journal is read for each, then what waits is sent. No transaction is held during a call."""

import time
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.connectors.http import NotReached, Receiver
from lierre.connectors.http.signing import headers
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.interchange.events import EVENT_OF, EVENTS, bodies
from lierre.interchange.models import Dispatch, Webhook

AT_ONCE: Final = 500
# A line whose transaction was long is dated before others that are already told: one looks back as far as that.
LATE: Final = timedelta(minutes=10)
WHY: Final[dict[str, str | Promise]] = {
    "address": gettext_lazy("This is not an address that can be called."),
    "secret": gettext_lazy("The address holds a name or a password: take them out, the signature is what proves us."),
    "plain": gettext_lazy("The address must begin with https."),
    "port": gettext_lazy("This port is not one where machines listen to the web."),
    "nowhere": gettext_lazy("No machine has this name."),
    "inside": gettext_lazy("The address leads inside a private network. The IT department may allow that network."),
    "timeout": gettext_lazy("The machine did not answer in time."),
    "encryption": gettext_lazy("The certificate of the machine is not valid for this address."),
    "unreachable": gettext_lazy("The machine does not answer."),
}


def receiver(url: str) -> Receiver:
    return Receiver(url, settings.WEBHOOK_NETWORKS)


def write_dispatches() -> int:
    """What has happened and is not told yet becomes messages that wait. Doing it twice changes nothing."""
    return sum(follow(webhook) for webhook in Webhook.objects.active())


def follow(webhook: Webhook) -> int:
    """The lines since the last that were read, as many as are taken at once; the rest waits for the next turn."""
    verbs = [verb for name in webhook.events if name in EVENTS for verb in EVENTS[name].verbs]
    since = max(webhook.made_at, webhook.told_until - LATE)
    told = Dispatch.objects.filter(webhook=webhook, entry_id__isnull=False, made_at__gte=since - LATE)
    lines = Entry.objects.filter(verb__in=verbs, at__gt=since).exclude(pk__in=told.values("entry_id"))
    entries = list(lines.order_by("at", "pk")[:AT_ONCE])
    texts = bodies(entries)
    with transaction.atomic():
        rows = [
            Dispatch(webhook=webhook, entry_id=entry.pk, event=EVENT_OF[entry.verb], body=texts[entry.pk])
            for entry in entries
        ]
        Dispatch.objects.bulk_create(rows, ignore_conflicts=True)
        until = entries[-1].at if len(entries) == AT_ONCE else timezone.now()
        Webhook.objects.filter(pk=webhook.pk).update(told_until=until)
    return len(rows)


def send_due() -> tuple[int, int]:
    """How many were taken, how many were not. A machine that has just failed is not called again at this turn."""
    taken, deaf = 0, set()
    for dispatch in Dispatch.objects.due()[:AT_ONCE]:
        if dispatch.webhook_id in deaf or not dispatch.claim():
            continue
        if send(dispatch):
            taken += 1
        else:
            deaf.add(dispatch.webhook_id)
    return taken, len(deaf)


def send(dispatch: Dispatch) -> bool:
    moment, webhook = int(time.time()), dispatch.webhook
    try:
        said = headers(webhook.secret, dispatch.identifier, moment, dispatch.body)
        answer = receiver(webhook.url).post(dispatch.body.encode(), said)
    except Refused as refusal:
        dispatch.mark_failed(str(refusal))
        return False
    except NotReached as failure:
        dispatch.mark_failed(str(WHY[failure.code]))
        return False
    if answer.is_taken:
        dispatch.mark_taken(answer.status)
    else:
        dispatch.mark_failed(_("It answered %(status)d.") % {"status": answer.status}, answer.status)
    return answer.is_taken
