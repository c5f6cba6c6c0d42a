"""Messages in plain text: an invitation, in French then in English, because nobody knows yet who reads it; what is told."""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import time_format

from lierre.accounts.models import Acting, Invitation
from lierre.foundation.zones import is_known

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


def telling(acting: Acting) -> EmailMessage:
    """That somebody sees the house in their place: in their language, on their clock."""
    user = acting.user
    with translation.override(user.language or settings.LANGUAGE_CODE), timezone.override(zone_of(user.time_zone)):
        said = {
            "acting": acting,
            "began": time_format(timezone.localtime(acting.began_at)),
            "until": time_format(timezone.localtime(acting.until)),
            "link": settings.ADDRESS + reverse("accounts:my_account"),
        }
        subject = " ".join(render_to_string("accounts/email/acting_subject.txt", said).split())
        body = render_to_string("accounts/email/acting.txt", said).strip()
    signature = f"\n\n{settings.INSTITUTION}\n{settings.ADDRESS}\n"
    return EmailMessage(subject, body + signature, settings.DEFAULT_FROM_EMAIL, [user.email])


def zone_of(name: str) -> str | None:
    return name if name and is_known(name) else None
