"""The return path of each message: an address of its own, so that what comes back says by itself which message it was.

`retours@ubn.example` becomes `retours+q1x9.4fd0c2a7b9@ubn.example`: the number of the message, then a mark that only
we can make. What cannot be verified is not believed: anybody may write to that address.
"""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

FORM = re.compile(r"\+([a-z0-9]+)\.([0-9a-f]{12})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReturnPath:
    """
    >>> path = ReturnPath("retours@ubn.example", b"a secret")
    >>> path.of(1234)
    'retours+ya.b57e1ba9eead@ubn.example'
    >>> path.number_in("rfc822;retours+ya.b57e1ba9eead@ubn.example"), path.number_in("retours+ya.b57e1ba9eeae@ubn.example")
    (1234, None)
    """

    address: str
    secret: bytes

    def of(self, number: int) -> str:
        box, _, domain = self.address.partition("@")
        short = in_base_36(number)
        return f"{box}+{short}.{self.mark(short)}@{domain}"

    def token_in(self, text: str) -> str:
        """The first mark of ours in a text, as it was written; empty when there is none."""
        for short, mark in FORM.findall(text):
            if hmac.compare_digest(mark.lower(), self.mark(short.lower())):
                return f"{short.lower()}.{mark.lower()}"
        return ""

    def number_in(self, text: str) -> int | None:
        token = self.token_in(text)
        return int(token.partition(".")[0], 36) if token else None

    def number_of(self, token: str) -> int | None:
        return self.number_in(f"+{token}@")

    def mark(self, short: str) -> str:
        return hmac.new(self.secret, f"return path {short}".encode(), sha256).hexdigest()[:12]


def in_base_36(number: int) -> str:
    """
    >>> in_base_36(0), in_base_36(35), in_base_36(36)
    ('0', 'z', '10')
    """
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits
