"""What a letter says: plain text, in French then in English, because nobody knows yet who reads it."""

from typing import Final

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lierre.people.models import ContactPoint, Person, Record, Source
from lierre.privacy.ending import Ending, endings_of
from lierre.privacy.models import Letter
from lierre.privacy.preferences import link_for
from lierre.privacy.retention import due

LANGUAGES: Final = ("fr", "en")
BETWEEN: Final = "\n\n– – –\n\n"
SALT: Final = "lierre.privacy.keep"


def keep_token(person: Person) -> str:
    return signing.dumps(person.public_id, salt=SALT)


def address_of(person: Person) -> str:
    """Where they are written to: an address that did not come back, a proven one first, then the latest said."""
    points = ContactPoint.objects.filter(person=person, kind=ContactPoint.Kind.EMAIL, refused=False)
    best = max(points, key=lambda point: (bool(point.confirmed), point.pk), default=None)
    return best.value if best else ""


def message(letter: Letter, address: str) -> EmailMessage:
    """Not sent yet."""
    source = Source.objects.filter(pk=letter.turn).first() if letter.kind == Letter.Kind.NOTICE else None
    said = {
        "person": letter.person, "source": source, "institution": settings.INSTITUTION, "turn": letter.turn % 10,
        "keep": settings.ADDRESS + reverse("privacy:keep", args=[keep_token(letter.person)]),
        "preferences": link_for(letter.person), "rights": settings.ADDRESS + reverse("privacy:ask"),
        "going": going_of(letter), "notice": settings.ADDRESS + reverse("privacy:notices"),
        "values": Record.objects.filter(person=letter.person, source=source).count() if source else 0,
    }  # fmt: skip
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            subjects.append(render_to_string(f"privacy/letters/{letter.kind}_subject.txt", said).strip())
            bodies.append(render_to_string(f"privacy/letters/{letter.kind}.txt", said).strip())
    signature = f"\n\n{settings.INSTITUTION}\n{settings.ADDRESS}\n"
    subject = " / ".join(" ".join(subject.split()) for subject in subjects)
    return EmailMessage(subject, BETWEEN.join(bodies) + signature, settings.DEFAULT_FROM_EMAIL, [address])


def going_of(letter: Letter) -> Ending | None:
    """What would go of somebody who stays. None when it is all of them: the letter then says so."""
    if letter.kind != Letter.Kind.PERMISSION or due().filter(pk=letter.person_id).exists():
        return None
    return next((each for each in endings_of([letter.person]) if not each.leaves), None)
