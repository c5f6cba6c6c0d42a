"""The signature of a message, as the Standard Webhooks specification writes it: HMAC-SHA256 over identifier, moment, body."""

import base64
import hmac
from hashlib import sha256

PREFIX = "whsec_"


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
