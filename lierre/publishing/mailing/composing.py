"""Writing a mailing: kept at each change; what was approved as something else must be approved again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.accounts.models import User
from lierre.connectors.mail import Run
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.mailing.approving import NOTHING, fall
from lierre.publishing.mailing.letter import Written
from lierre.publishing.models import Mailing, Recipient
from lierre.publishing.models.embargo import refuse_under_embargo


def write(said: Mapping[str, Any], *, by: Any) -> Mailing:
    author = by if isinstance(by, User) else None
    with transaction.atomic():
        mailing = Mailing.objects.create(**said, owner=author, changed_by=author)
        if author:
            mailing.writers.add(author)
        record("mailing.written", mailing, by=by)
    return mailing


def change(mailing: Mailing, said: Mapping[str, Any], *, by: Any) -> bool:
    """True when an approval fell: what is read, or by whom, is no longer what was approved."""
    with transaction.atomic():
        held = Mailing.objects.select_for_update(of=("self",)).select_related("segment").get(pk=mailing.pk)
        if not held.is_changeable:
            raise Refused(_("It has begun to leave: what it says cannot be changed any more."))
        if held.state == Mailing.State.APPROVED and said.get("due_at"):
            refuse_under_embargo(held, said["due_at"])
        before, readers = held.digest, (held.topic, held.segment_id)
        for name, value in said.items():
            setattr(held, name, value)
        held.changed_at, held.changed_by = timezone.now(), by if isinstance(by, User) else None
        if readers != (held.topic, held.segment_id):
            held.reckoned = None
        held.save(update_fields=[*said, "changed_at", "changed_by", "reckoned"])
        changed = before != held.digest
        fell = changed and held.state != Mailing.State.DRAFT
        if fell:
            fall(held, by=by)
        elif changed and held.approved_digest:  # a draft that was held: its approval was of other words
            Mailing.objects.filter(pk=held.pk).update(**NOTHING)
        if changed and isinstance(by, User):
            held.writers.add(by)
        if changed:
            record("mailing.changed", held, by=by)
    mailing.refresh_from_db()
    return fell


def cancel(mailing: Mailing, why: str = "", *, by: Any) -> None:
    """What has not left does not leave. What is being handed over at this instant is not called back."""
    every = [state for state in Mailing.State if state not in {Mailing.State.SENT, Mailing.State.CANCELLED}]
    with transaction.atomic():
        mailing.move(every, Mailing.State.CANCELLED, ended_at=timezone.now(), said=why[:300])
        rows = mailing.recipients.filter(state=Recipient.State.WAITING).update(state=Recipient.State.CANCELLED)
        record("mailing.cancelled", mailing, by=by, why=why, recipients=rows)


def send_trial(mailing: Mailing, to: str) -> None:
    """To whoever writes it, as the others will read it. Rejected, or OSError, when it could not leave."""
    written = Written(mailing, subject=_("[Trial] %(subject)s") % {"subject": mailing.subject})
    with Run() as run:
        run.hand_over(written.trial(to, timezone.localtime()), lambda: None)
