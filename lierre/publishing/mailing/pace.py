"""How many may leave now: in all in an hour, to each domain in a minute. What left just before counts, whoever sent it."""

from collections import Counter
from datetime import timedelta
from typing import Final

from django.db.models import Count
from django.utils import timezone

from lierre.publishing.models import Mailing, MailingRules, Recipient

AN_HOUR: Final = timedelta(hours=1)
A_MINUTE: Final = timedelta(minutes=1)
AT_ONCE: Final = 200


def within_pace(mailing: Mailing) -> list[Recipient]:
    """The next ones, as many as may be handed over at this instant; none when all must wait."""
    now, rules = timezone.now(), MailingRules.in_force()
    most = AT_ONCE
    if rules.an_hour:
        most = min(most, rules.an_hour - Recipient.objects.filter(left_at__gt=now - AN_HOUR).count())
    if most <= 0:
        return []
    sent = lately() if rules.a_domain_a_minute else Counter[str]()
    full = [domain for domain, count in sent.items() if count >= rules.a_domain_a_minute > 0]
    rows = mailing.recipients.waiting().filter(next_at__lte=now).exclude(domain__in=full).order_by("pk")
    found = []
    for recipient in rows[: AT_ONCE * 2]:
        if not rules.a_domain_a_minute or sent[recipient.domain] < rules.a_domain_a_minute:
            sent[recipient.domain] += 1
            found.append(recipient)
        if len(found) == most:
            break
    return found


def lately() -> Counter[str]:
    left = Recipient.objects.filter(left_at__gt=timezone.now() - A_MINUTE).order_by()
    return Counter(dict(left.values_list("domain").annotate(Count("pk"))))
