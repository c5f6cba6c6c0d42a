"""Reminding of requests of rights that press: the law counts the days, whoever is on leave."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from lierre.accounts.models import User
from lierre.foundation.models.journal import record
from lierre.privacy.letters import BETWEEN, LANGUAGES
from lierre.privacy.models import Request
from lierre.privacy.permissions import LEAD_REQUESTS


def remind_of(asked: Request) -> bool:
    """One message. Nothing of what was asked, nor by whom: it stands on the page, behind a door."""
    to = addresses_for(asked)
    if not to:
        return False
    today = timezone.localdate()
    with transaction.atomic():
        # Two workers that remind at once: the first one does.
        mine = Request.objects.pressing().filter(pk=asked.pk)
        if not mine.update(reminded_on=today):
            return False
        record("request.reminded", asked, by="privacy", due=str(asked.due_on), late=asked.due_on < today)
    said = {
        "asked": asked, "late": asked.due_on < today, "days": abs((asked.due_on - today).days),
        "address": settings.ADDRESS + asked.get_absolute_url(),
    }  # fmt: skip
    subjects, bodies = [], []
    for language in LANGUAGES:
        with translation.override(language):
            subjects.append(render_to_string("privacy/letters/reminder_subject.txt", said).strip())
            bodies.append(render_to_string("privacy/letters/reminder.txt", said).strip())
    EmailMessage(" / ".join(subjects), BETWEEN.join(bodies), settings.DEFAULT_FROM_EMAIL, to).send()
    return True


def addresses_for(asked: Request) -> list[str]:
    """Who answers for it and, once it is late or given to nobody, those who lead."""
    leaders = User.objects.active().filter(roles__kind__in=sorted(LEAD_REQUESTS.roles)).distinct()
    found = {asked.handler.email} if asked.handler and asked.handler.is_active else set()
    if not found or asked.due_on < timezone.localdate():
        found |= {user.email for user in leaders}
    return sorted(found)
