"""Invitations leave, once each: killed in the middle, none is sent twice."""

from collections import Counter
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from lierre.community.models import Proposal
from lierre.community.reaching.permission import forget_contact, note_contact
from lierre.community.reaching.proposing import BY, why_not
from lierre.connectors.mail import Post, Rejected
from lierre.foundation.errors import Refused

LANGUAGES: Final = ("fr", "en")
BETWEEN: Final = "\n\n– – –\n\n"
AT_ONCE: Final = 100


def message(proposal: Proposal) -> EmailMessage:
    """Not sent yet. It names nobody: the address may be somebody else’s."""
    said = {"link": proposal.link, "institution": settings.INSTITUTION}
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            subjects.append(" ".join(render_to_string("community/reaching/email_subject.txt", said).split()))
            bodies.append(render_to_string("community/reaching/email.txt", said).strip())
    signature = f"\n\n{settings.INSTITUTION}\n{settings.ADDRESS}\n"
    return EmailMessage(
        " / ".join(subjects), BETWEEN.join(bodies) + signature, settings.DEFAULT_FROM_EMAIL, [proposal.address],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"},
    )  # fmt: skip


def send_due() -> Counter[str]:
    told: Counter[str] = Counter()
    due = list(Proposal.objects.due().select_related("person")[:AT_ONCE])
    if not due:
        return told
    try:
        with Post() as post:
            for proposal in due:
                if proposal.claim():
                    told[send(proposal, post)] += 1
    except OSError:  # the server does not answer, or hung up: what was not reached stays due
        told["put off"] += 1
    return told


def send(proposal: Proposal, post: Post) -> str:
    if why := why_not(proposal):
        proposal.end(Proposal.State.DROPPED, by=BY, failure=why)
        return "dropped"
    contact: list[int] = []

    def leave() -> None:
        with transaction.atomic():
            contact.append(note_contact(proposal.person))
            proposal.leave()

    try:
        post.hand_over(message(proposal), leave)
    except Refused as refusal:
        proposal.end(Proposal.State.DROPPED, by=BY, failure=str(refusal))
        return "dropped"
    except Rejected as rejection:
        with transaction.atomic():
            forget_contact(contact[0] if contact else None)
            if rejection.for_ever:
                proposal.end(Proposal.State.DROPPED, by=BY, failure=str(rejection))
                return "dropped"
            proposal.put_off(str(rejection))
        return "put off"
    proposal.arrive()
    return "sent"
