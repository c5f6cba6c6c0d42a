"""The message that asks: the question, three links, why it comes. As text and as plain HTML, both whole."""

from email.utils import format_datetime
from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from lierre.community.models import Ask
from lierre.community.models.ask import LIFE
from lierre.connectors.mail import ReturnPath
from lierre.privacy.preferences import link_for

ANSWERS: Final = ("oui", "change", "stop")


def message(ask: Ask) -> EmailMultiAlternatives:
    """Not sent yet. The same question always gives the same message: what is sent again can be recognised."""
    with translation.override(settings.LANGUAGE_CODE):
        said = contents(ask)
        subject = " ".join(ask.wording.split())
        text = render_to_string("community/asking/email/message.txt", said).strip() + "\n"
        html = render_to_string("community/asking/email/message.html", said)
    mail = EmailMultiAlternatives(
        subject, text, return_path().of(ask.pk) if settings.BOUNCES_ADDRESS else sender(), [ask.address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<ask.{ask.pk}.{mark(ask)}@{domain()}>",
            "Date": format_datetime(timezone.localtime(ask.left_at or timezone.now())),
            # One click in the reader itself (RFC 8058), or a page.
            "List-Unsubscribe": f"<{said['stop_at_once']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
    )  # fmt: skip
    mail.attach_alternative(html, "text/html")
    return mail


def contents(ask: Ask) -> dict[str, Any]:
    """What the templates of the message, and its preview, are given."""
    return {
        "ask": ask,
        "word": ask.campaign.word,
        "institution": settings.INSTITUTION,
        "links": {answer: f"{ask.link}?reponse={answer}" for answer in ANSWERS},
        "preferences": link_for(ask.person),
        "stop_at_once": settings.ADDRESS + reverse("community:stop_at_once", args=[ask.token]),
        "until": timezone.localdate(ask.expires_at or timezone.now() + LIFE),
    }


def return_path() -> ReturnPath:
    return ReturnPath(settings.BOUNCES_ADDRESS or sender(), settings.SECRET_KEY.encode())


def sender() -> str:
    """The bare address that mail comes from."""
    written: str = settings.DEFAULT_FROM_EMAIL
    return written.rpartition("<")[2].rstrip("> ") if "<" in written else written


def domain() -> str:
    return sender().rpartition("@")[2] or "localhost"


def mark(ask: Ask) -> str:
    return blake2b(ask.token_hash.encode(), digest_size=6).hexdigest()
