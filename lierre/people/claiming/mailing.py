"""The message that leads to one's record: plain text, in French then in English."""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lierre.people.models import Claim

LANGUAGES: Final = ("fr", "en")
BETWEEN: Final = "\n\n– – –\n\n"


def message(claim: Claim) -> EmailMessage:
    """Not sent yet. Whoever has an account already is told so, and where to sign in."""
    assert claim.person is not None
    said = {
        "claim": claim, "person": claim.person, "institution": settings.INSTITUTION,
        "link": settings.ADDRESS + reverse("people:open_claim", args=[claim.token]),
        "login": settings.ADDRESS + reverse("account_login"),
        "rights": settings.ADDRESS + reverse("privacy:ask"),
    }  # fmt: skip
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            subjects.append(render_to_string("people/claims/email_subject.txt", said).strip())
            bodies.append(render_to_string("people/claims/email.txt", said).strip())
    signature = f"\n\n{settings.INSTITUTION}\n{settings.ADDRESS}\n"
    subject = " / ".join(" ".join(subject.split()) for subject in subjects)
    return EmailMessage(subject, BETWEEN.join(bodies) + signature, settings.DEFAULT_FROM_EMAIL, [claim.email])
