"""What an embargo does to mailings: what is ready is a draft again, what leaves is paused, and their authors are told."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.models.journal import record
from lierre.publishing.mailing.approving import tell, whoever_wrote
from lierre.publishing.models import Embargo, Mailing

State = Mailing.State


def hold(embargo: Embargo, *, by: Any) -> int:
    """Those that are ready to leave inside, or leaving now. Run twice, nothing more."""
    now = timezone.now()
    begins = embargo.starts_at if embargo.starts_at and embargo.starts_at > now else None
    ready = Mailing.objects.filter(state=State.APPROVED, due_at__lt=embargo.ends_at).select_related("unit")
    if begins:
        ready = ready.filter(due_at__gte=begins)
    leaving = Mailing.objects.none() if begins else Mailing.objects.filter(state=State.SENDING).select_related("unit")
    found = [each for each in [*ready, *leaving] if embargo.is_about(each)]
    for each in found:
        hold_one(each, embargo, by=by)
    return len(found)


def hold_one(mailing: Mailing, embargo: Embargo, *, by: Any) -> None:
    """A draft again, its approval kept; one that has begun waits where it is."""
    with transaction.atomic():
        if mailing.state == State.SENDING:
            mailing.pause(_("Held: “%(why)s”.") % {"why": embargo}, by=by)
            tell(whoever_wrote(mailing), "paused", mailing, why=str(embargo))
        else:
            mailing.move([State.APPROVED], State.DRAFT)
            record("mailing.held", mailing, by=by, why=str(embargo))
            tell(whoever_wrote(mailing), "held", mailing, why=str(embargo))


def kept_quiet(embargo: Embargo, most: int) -> list[Mailing]:
    """Those that are planned inside, and have not left."""
    planned = Mailing.objects.between(embargo.starts_at or embargo.made_at, embargo.ends_at).exclude(state=State.SENT)
    return [each for each in planned.select_related("unit")[: 5 * most] if embargo.is_about(each)][:most]
