"""The message of an invitation: plain text, in French then in English, because nobody knows yet who reads it."""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lierre.accounts.models import Invitation

LANGUAGES: Final = ("fr", "en")
BETWEEN: Final = "\n\n– – –\n\n"


def message(invitation: Invitation) -> EmailMessage:
    """Not sent yet. The word of welcome stands once, at the head: it is not translated."""
    link = settings.ADDRESS + reverse("accounts:join", args=[invitation.token])
    said = {"invitation": invitation, "link": link, "institution": settings.INSTITUTION}
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            word = invitation.message if language == LANGUAGES[0] else ""
            subjects.append(render_to_string("accounts/email/invitation_subject.txt", said).strip())
            bodies.append(render_to_string("accounts/email/invitation.txt", {**said, "message": word}).strip())
    signature = f"\n\n{settings.INSTITUTION}\n{settings.ADDRESS}\n"
    # A subject is one line: an institution's name may hold anything.
    subject = " / ".join(" ".join(subject.split()) for subject in subjects)
    return EmailMessage(subject, BETWEEN.join(bodies) + signature, settings.DEFAULT_FROM_EMAIL, [invitation.email])
