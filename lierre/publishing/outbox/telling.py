"""A row of the outbox as plain data, for commands and for whoever checks: what is known, and how."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from lierre.publishing.models import Account, Delivery


def told(delivery: Delivery, log: Iterable[Any] = ()) -> dict[str, Any]:
    """`text_hash`: SHA-256 of the text as its author meant it. Instants bear their offset."""
    account = delivery.account
    return {
        "id": delivery.pk,
        "post": delivery.post_id,
        "reference": delivery.post.reference,
        "network": account.network,
        "account": account.name,
        "part": delivery.part,
        "state": delivery.state,
        "held": account.held if delivery.state in Delivery.TURNING else "",
        "due_at": said(delivery.due_at),
        "next_at": said(delivery.next_at),
        "attempts": delivery.attempts,
        "sent_times": delivery.sent_times,
        "sent_at": said(delivery.sent_at),
        "confirmed_at": said(delivery.confirmed_at),
        "permalink": delivery.permalink or None,
        "network_id": delivery.network_id or None,
        "text_hash": delivery.text_hash,
        "key": str(delivery.key),
        "why": delivery.failure or None,
        "evidence": delivery.evidence,
        "log": [
            {
                "kind": each.kind,
                "began_at": said(each.began_at),
                "ended_at": said(each.ended_at),
                "outcome": each.outcome or None,
                "said": each.said,
            }
            for each in log
        ],
    }


def said(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def account_told(account: Account) -> dict[str, Any]:
    return {
        "id": account.pk,
        "account": account.name,
        "network": account.network,
        "network_id": account.remote_id,
        "handle": account.handle,
        "name": account.label,
        "address": account.address or None,
        "base_url": account.base_url or None,
        "connected": account.is_connected,
        "held": account.held,
        "why": account.said or None,
        "expires_at": said(account.expires_at),
        "checked_at": said(account.checked_at),
        "institution": settings.INSTITUTION,
    }
