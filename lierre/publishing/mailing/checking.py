"""What a relay that signs (DKIM), and whoever receives, will find in the headers of a mailing. Nothing is asked of the DNS."""

import email.policy
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Final

from django.utils import timezone

from lierre.connectors.mail import Letter
from lierre.publishing.mailing.letter import Written
from lierre.publishing.models import Mailing

# What the signature must cover: without the two of RFC 8058 inside, the readers of mail hide the button.
SIGNED: Final = (
    "from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type", "list-id",
    "list-unsubscribe", "list-unsubscribe-post", "feedback-id",
)  # fmt: skip
# Signed once more than they are there, so that nobody adds one.
ONCE: Final = ("from", "to", "subject", "date", "message-id", "reply-to", "list-unsubscribe", "list-unsubscribe-post")
LONGEST: Final = 998  # RFC 5322, 2.1.1: beyond, a relay cuts the line and the signature no longer holds


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked at, and what was found."""

    good: bool
    what: str
    found: str


def looked_at(mailing: Mailing) -> list[Looked]:
    return list(read(Written(mailing).specimen(timezone.localtime())))


def read(letter: Letter) -> list[Looked]:
    message = message_from_bytes(letter.content, policy=email.policy.compat32)
    lines = letter.content.split(b"\r\n")
    longest = max(map(len, lines))
    twice = [name for name in ONCE if len(message.get_all(name, [])) > 1]
    missing = [name for name in SIGNED if name not in message and name != "reply-to"]
    return [
        same_domain(message, letter.return_path),
        Looked(not twice, "each header once", ", ".join(twice) or "yes"),
        Looked(not missing, "headers to sign", f"missing: {', '.join(missing)}" if missing else ":".join(signed(message))),
        one_click(message),
        Looked(longest <= LONGEST, "longest line", f"{longest} bytes of {LONGEST}"),
        Looked(letter.content.isascii(), "seven bits", "yes: no relay has to rewrite it" if letter.content.isascii() else "no"),
        Looked(True, "signature", "left to the relay, which holds the key" if "dkim-signature" not in message else "there"),
    ]  # fmt: skip


def signed(message: Message) -> list[str]:
    """What stands after h= in a signature that protects it."""
    there = [name for name in SIGNED if name in message]
    return [*there, *(name for name in ONCE if name in message)]


def same_domain(message: Message, return_path: str) -> Looked:
    """DMARC wants the domain that is read to be the one that is signed, or the one where it comes back."""
    read_as = str(message["From"]).rpartition("@")[2].rstrip("> ").lower()
    back = return_path.rpartition("@")[2].lower()
    aligned = back == read_as or back.endswith(f".{read_as}") or read_as.endswith(f".{back}")
    found = f"From is of {read_as}, the return path of {back}"
    return Looked(aligned, "one domain (DMARC)", found if aligned else f"{found}: sign with d={read_as}")


def one_click(message: Message) -> Looked:
    """RFC 8058: an address over TLS, and the word that says that one press is enough."""
    ways, post = str(message["List-Unsubscribe"]), str(message["List-Unsubscribe-Post"])
    good = "<https://" in ways and post == "List-Unsubscribe=One-Click"
    return Looked(
        good, "one-click unsubscribe", "yes" if good else "its address must begin with https:// (LIERRE_ADDRESS)"
    )
