"""The message that asks whether an address is theirs: plain text, in French then in English."""

from collections import Counter
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from lierre.community.graduating.leaving import BY, may_be_sent
from lierre.community.models import Capture

LANGUAGES: Final = ("fr", "en")
BETWEEN: Final = "\n\n– – –\n\n"
AT_ONCE: Final = 200


def message(capture: Capture) -> EmailMessage:
    """Not sent yet. It says nothing of whoever typed the address: it may be somebody else’s."""
    said = {"capture": capture, "link": capture.link, "institution": settings.INSTITUTION}
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            subjects.append(" ".join(render_to_string("community/graduating/email_subject.txt", said).split()))
            bodies.append(render_to_string("community/graduating/email.txt", said).strip())
    signature = f"\n\n{settings.INSTITUTION}\n{settings.ADDRESS}\n"
    return EmailMessage(
        " / ".join(subjects), BETWEEN.join(bodies) + signature, settings.DEFAULT_FROM_EMAIL, [capture.email]
    )


def send_due() -> Counter[str]:
    told: Counter[str] = Counter()
    for capture in Capture.objects.due().select_related("ceremony")[:AT_ONCE]:
        if capture.claim_turn():
            capture.refresh_from_db()
            told[send(capture)] += 1
    return told


def send(capture: Capture) -> str:
    """At least once, and the same link each time. No transaction is open meanwhile."""
    if capture.state == Capture.State.RECEIVED:
        if not may_be_sent(capture):
            capture.drop(by=BY)
            return "dropped"
        capture.leave()
    try:
        message(capture).send()
    except Exception:
        capture.come_back()
        return "put off"
    capture.arrive()
    return "sent"
