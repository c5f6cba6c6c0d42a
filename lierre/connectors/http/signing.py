"""The signature of a message, as the Standard Webhooks specification writes it: HMAC-SHA256 over identifier, moment, body."""

import base64
import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

PREFIX: Final = "whsec_"
TOLERANCE: Final = 300  # seconds: what is older may be somebody who sends again what they overheard


def signature(secret: str, identifier: str, moment: int, body: str) -> str:
    """
    `moment`: seconds since 1970. The receiver computes the same, and refuses what is older than some minutes.

    >>> signature("whsec_bGllcnJl", "msg_1", 1700000000, "{}")
    'v1,s0GFbCinacHKw5DJTUgZzNlpgVrd0ROWarTr/OULU68='
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{identifier}.{moment}.{body}".encode(), sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def headers(secret: str, identifier: str, moment: int, body: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "webhook-id": identifier,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, identifier, moment, body),
    }


def is_signed(secret: str, sent: Mapping[str, str], body: str, now: int) -> bool:
    """
    What a receiver asks of what came.

    >>> secret = "whsec_bGllcnJl"
    >>> sent, came = headers(secret, "msg_1", 1700000000, "{}"), (("{}", 1700000100), ("[]", 1700000100), ("{}", 1700009999))
    >>> [is_signed(secret, sent, body, now) for body, now in came]
    [True, False, False]
    """
    told = {name.lower(): value for name, value in sent.items()}
    moment = told.get("webhook-timestamp", "")
    if not moment.isdecimal() or abs(now - int(moment)) > TOLERANCE:
        return False
    made = signature(secret, told.get("webhook-id", ""), int(moment), body)
    return any(hmac.compare_digest(made, each) for each in told.get("webhook-signature", "").split())
