"""“Publish it now”, “at this hour”: one gesture of a person for one text on one account of theirs."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.foundation.errors import Refused
from lierre.publishing.library import own_visual
from lierre.publishing.measures import Part, measure
from lierre.publishing.models import OwnAccount, OwnDelivery, OwnText
from lierre.publishing.models.delivery import hash_of
from lierre.publishing.models.post import split

FARTHEST: Final = timedelta(days=90)
State = OwnDelivery.State
# Nothing of these has left: another gesture takes their place.
OPEN: Final = (*OwnDelivery.CHANGEABLE, State.REFUSED, State.CANCELLED)


def say(own: OwnText, account: OwnAccount, at: datetime | None = None) -> None:
    """
    As it is at this instant: what is written afterwards is not sent. `at` None: now. No rule of the house stops it; what the
    network would refuse is said at once.
    """
    now, parts = timezone.now(), split(own.text)
    if not own.text.strip():
        raise Refused(_("Write your text first."))
    if not account.is_connected:
        raise Refused(_("Connect your account first."))
    if at is not None and not now - timedelta(minutes=1) <= at <= now + FARTHEST:
        raise Refused(_("Choose an hour that is still to come, within three months."))
    check(own, account, parts)
    with transaction.atomic():
        rows = list(OwnDelivery.objects.select_for_update().filter(post=own, account=account))
        if any(row.state not in OPEN for row in rows):
            raise Refused(_("This text has left for this account, or may have: it is not sent a second time."))
        OwnDelivery.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for part, text in enumerate(parts):
            OwnDelivery.objects.create(
                post=own, account=account, part=part, text=text, text_hash=hash_of(text), state=State.WAITING,
                due_at=at or now, next_at=None if part else at or now,
            )  # fmt: skip


def check(own: OwnText, account: OwnAccount, parts: list[str]) -> None:
    if own.medium is not None and not own_visual.may_be_shown(own.medium):
        raise Refused(str(own_visual.NO_MORE))
    said = [Part(text, measure(account, text, place, len(parts))) for place, text in enumerate(parts)]
    if refused := [each.sentence for part in said for each in part.measure.refused]:
        raise Refused(" ".join(dict.fromkeys(refused)))
    if over := max(part.over for part in said):
        raise Refused(ngettext("%(over)d sign too many.", "%(over)d signs too many.", over) % {"over": over})
