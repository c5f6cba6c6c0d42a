"""What comes back is believed when it bears the mark of a message of ours; the address is then known not to work."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F

from lierre.community.asking.mailing import return_path
from lierre.community.models import Ask, Returned
from lierre.connectors.mail import Bounce, Severity
from lierre.connectors.mail.bounce import severity_of, status_in
from lierre.people.returned_mail import comes_back

BY: Final = "community.returns"


def take(bounces: Iterable[Bounce]) -> Counter[str]:
    """Write each down once. Answers how many there were of each kind; those that are not ours are only counted."""
    told: Counter[str] = Counter()
    for bounce in bounces:
        number = return_path().number_of(bounce.token)
        ask = Ask.objects.filter(pk=number).select_related("person").first() if number else None
        told[str(bounce.severity) if ask and keep(bounce, ask) else "other"] += 1
    return told


def keep(bounce: Bounce, ask: Ask) -> bool:
    """False when it was known already."""
    content = f"{bounce.report_id}|{bounce.severity}|{bounce.status}|{'' if bounce.report_id else bounce.diagnostic}"
    try:
        with transaction.atomic():
            Returned.objects.create(
                ask=ask, severity=bounce.severity.value, status=bounce.status, diagnostic=bounce.diagnostic[:300],
                reported_by=bounce.reported_by[:100], digest=sha256(content.encode()).hexdigest(),
            )  # fmt: skip
            if bounce.severity == Severity.HARD:
                mark_refused(ask, f"{bounce.status} {bounce.diagnostic}".strip())
            elif bounce.severity == Severity.SOFT:
                Ask.objects.filter(pk=ask.pk).update(soft_returns=F("soft_returns") + 1)
    except IntegrityError:
        return False
    return True


def address_is_refused(ask: Ask, words: str) -> None:
    """The server said so at once, while the message was being handed over."""
    status = status_in(words)
    if severity_of("failed", status or "5.0.0", words) == Severity.HARD:
        keep(Bounce(Severity.HARD, ask.address, "", status, words), ask)
    else:
        ask.drop(words)


def mark_refused(ask: Ask, why: str) -> None:
    """A new record says that mail comes back. The address stays, with those who gave it."""
    open_states = [Ask.State.WAITING, Ask.State.LEAVING, Ask.State.SENT]
    Ask.objects.filter(pk=ask.pk, state__in=open_states).update(
        state=Ask.State.BOUNCED, send_at=None, failure=why[:300]
    )
    comes_back(ask.person, ask.address, why, by=BY)
