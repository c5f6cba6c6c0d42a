"""The message of one recipient: all but its links was written once for all of them, and is only joined here."""

import quopri
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from lierre.connectors.mail import Letter
from lierre.connectors.mail.letters import on_the_wire
from lierre.privacy.preferences import link_for
from lierre.publishing.mailing.rendering import PREFERENCES, STOP, html_of, text_of
from lierre.publishing.models import Mailing, Recipient
from lierre.publishing.models.recipient import bare_sender, return_path

END: Final = b"\r\n"
Piece = bytes | str  # encoded, or a line that holds a link of the recipient


class Written:
    """`mailing` as it was frozen, or as it stands when it has not begun."""

    def __init__(self, mailing: Mailing, *, subject: str = "") -> None:
        self.mailing, self.domain = mailing, bare_sender().rpartition("@")[2] or "localhost"
        boundary = f"lierre-{mailing.pk}-{mailing.digest[:16]}"
        self.head = headers(mailing, subject or mailing.subject, self.domain, boundary)
        self.pieces: list[Piece] = []
        for kind, text in (("plain", mailing.text or text_of(mailing)), ("html", mailing.html or html_of(mailing))):
            part = f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
            self.pieces += [part.encode() + END + END, *pieces(text), END]
        self.pieces.append(f"--{boundary}--\r\n".encode())

    def letter(self, recipient: Recipient, at: datetime) -> Letter:
        """The same recipient, the same Message-ID, at every attempt."""
        return self.written_to(recipient, at, link_for(recipient.person))

    def specimen(self, at: datetime) -> Letter:
        """As it leaves, for nobody: what is looked at before anything does."""
        nobody = Recipient(pk=0, mailing=self.mailing, address=f"nobody@{self.domain}")
        return self.written_to(nobody, at, settings.ADDRESS + reverse("privacy:ask_preferences"))

    def written_to(self, recipient: Recipient, at: datetime, preferences: str) -> Letter:
        stop = recipient.stop_link
        back = return_path().of(recipient.pk)
        ways = f"<{stop}>,\r\n <mailto:{back}?subject=unsubscribe>" if settings.BOUNCES_ADDRESS else f"<{stop}>"
        own = {
            "To": on_the_wire(recipient.address), "Message-ID": recipient.message_id, "Date": format_datetime(at),
            # One click in the reader itself (RFC 8058), or a page; or a message (RFC 2369).
            "List-Unsubscribe": ways, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }  # fmt: skip
        links = {STOP: stop, PREFERENCES: preferences}
        return Letter(back if settings.BOUNCES_ADDRESS else bare_sender(), recipient.address, self.joined(own, links))

    def trial(self, to: str, at: datetime) -> Letter:
        """For whoever writes it: its links lead to its page."""
        page = settings.ADDRESS + self.mailing.get_absolute_url()
        own = {"To": to, "Date": format_datetime(at)}
        return Letter(bare_sender(), to, self.joined(own, {STOP: page, PREFERENCES: page}))

    def joined(self, own: dict[str, str], links: dict[str, str]) -> bytes:
        lines = b"".join(f"{name}: {value}\r\n".encode() for name, value in own.items())
        body = b"".join(piece if isinstance(piece, bytes) else encoded(filled(piece, links)) for piece in self.pieces)
        return lines + self.head + END + body


def headers(mailing: Mailing, subject: str, domain: str, boundary: str) -> bytes:
    """Those that are the same for everybody. What signs them (DKIM) is the relay of the institution."""
    box, _at, _domain = bare_sender().partition("@")
    said: dict[str, Any] = {
        "From": Address(mailing.sender_name, box, domain), "Subject": subject,
        "List-Id": f"{mailing.topic_name.replace('<', '').replace('>', '')} <{mailing.topic}.{domain}>",
        "Feedback-ID": f"{mailing.pk}:{mailing.topic}:lierre:{domain}",
        "Precedence": "bulk", "X-Auto-Response-Suppress": "OOF, AutoReply",
    }  # fmt: skip
    if mailing.reply_to:
        said["Reply-To"] = mailing.reply_to
    written = EmailMessage(policy=SMTP)
    for name, value in said.items():
        written[name] = value
    kind = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'
    return written.as_bytes().rstrip(END) + END + kind.encode()


def pieces(text: str) -> list[Piece]:
    """What is the same for everybody is encoded once; a line with a link of one's own stays as it is."""
    found: list[Piece] = []
    same: list[str] = []
    for line in text.split("\n"):
        if STOP in line or PREFERENCES in line:
            found += [encoded("\n".join([*same, ""]))] if same else []
            found.append(line + "\n")
            same = []
        else:
            same.append(line)
    return [*found, encoded("\n".join(same))]


def filled(line: str, links: dict[str, str]) -> str:
    for place, link in links.items():
        line = line.replace(place, link)
    return line


def encoded(text: str) -> bytes:
    return quopri.encodestring(text.encode()).replace(b"\n", END)
