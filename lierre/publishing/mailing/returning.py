"""What comes back of mailings: messages that could not be delivered, complaints, and those who answer to stop them.

It is believed when it bears the mark of a message of ours. Read twice, it changes nothing more.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from lierre.connectors.mail import (
    Bounce,
    Severity,
    bounces_in,
    bounces_told,
    complaint_in,
    complaints_told,
    listen,
    wants_to_stop,
)
from lierre.people.returned_mail import comes_back
from lierre.privacy.models import Consent
from lierre.publishing.mailing.stopping import stop, words_of_complaint, words_of_mail
from lierre.publishing.models import Recipient
from lierre.publishing.models.recipient import return_path

State = Recipient.State


class Returns:
    def read(self, raw: bytes) -> int:
        path = return_path()
        if token := complaint_in(raw, path):
            return complained(token)
        if token := wants_to_stop(raw, path):
            return stopped(token)
        return take(bounces_in(raw, path))

    def hear(self, payload: Any) -> int:
        path = return_path()
        return take(bounces_told(payload, path)) + sum(complained(token) for token in complaints_told(payload, path))


def take(bounces: Iterable[Bounce]) -> int:
    known = [(bounce, Recipient.objects.marked(bounce.token)) for bounce in bounces if bounce.token]
    ours = [(bounce, recipient) for bounce, recipient in known if recipient is not None]
    for bounce, recipient in ours:
        keep(bounce, recipient)
    return len(ours)


def keep(bounce: Bounce, recipient: Recipient) -> None:
    """A report proves that the message had been taken: whoever wondered knows it now."""
    row = Recipient.objects.filter(pk=recipient.pk)
    said = f"{bounce.status} {bounce.diagnostic}".strip()[:300]
    with transaction.atomic():
        row.filter(state__in=[State.LEAVING, State.UNCERTAIN]).update(state=State.TAKEN)
        if bounce.severity == Severity.HARD and row.exclude(bounced="hard").update(bounced="hard", said=said):
            comes_back(recipient.person, recipient.address, said, by="mailings")
        elif bounce.severity == Severity.SOFT:
            row.filter(bounced="").update(bounced="soft", said=said)


def complained(token: str) -> int:
    if recipient := Recipient.objects.marked(token):
        stop(recipient, Consent.How.MAIL, words=words_of_complaint(recipient), complained=True)
    return int(recipient is not None)


def stopped(token: str) -> int:
    if recipient := Recipient.objects.marked(token):
        stop(recipient, Consent.How.MAIL, words=words_of_mail(recipient))
    return int(recipient is not None)


listen("mailings", Returns())
