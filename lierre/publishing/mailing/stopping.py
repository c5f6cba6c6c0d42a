"""Somebody asks to receive no more of a subject: by one click, by mail, or by telling their provider that it is spam."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.people.models.merge import standing
from lierre.privacy.contacting import purposes_for
from lierre.privacy.models import Consent, note_sign
from lierre.publishing.models import Recipient

BY = "publishing.mailing"


def stop(recipient: Recipient, how: str, *, words: str, complained: bool = False) -> None:
    """Heard twice, it is written once. What waits to leave on the same subject no longer leaves."""
    with transaction.atomic():
        held = (
            Recipient.objects.select_for_update(of=("self",)).select_related("mailing", "person").get(pk=recipient.pk)
        )
        now, fields = timezone.now(), {}
        if held.unsubscribed_at is None:
            refuse(held, how, words)
            fields["unsubscribed_at"] = now
        if complained and held.complained_at is None:
            fields["complained_at"] = now
        if fields:
            Recipient.objects.filter(pk=held.pk).update(**fields)
    recipient.refresh_from_db()


def refuse(held: Recipient, how: str, words: str) -> None:
    person, topic = standing(held.person), held.mailing.topic
    purpose = purposes_for([person], topic)[person.pk]
    if purpose is not None:
        Consent.write(person, Consent.Said.NO, how=how, words=words, by=BY, purpose=purpose)
    else:  # this subject does not exist any more for what they have become: they are not written to for it
        Consent.write(person, Consent.Said.NO, how=how, words=words, by=BY)
    note_sign(person, "click" if how == Consent.How.LINK else "answer")
    same = Recipient.objects.filter(person__in={person.pk, held.person_id}, mailing__topic=topic)
    same.filter(state=Recipient.State.WAITING).update(
        state=Recipient.State.DROPPED, said=_("They unsubscribed meanwhile.")
    )


def again(recipient: Recipient, *, words: str) -> None:
    """They changed their mind on the page where they had just unsubscribed."""
    with transaction.atomic():
        held = (
            Recipient.objects.select_for_update(of=("self",)).select_related("mailing", "person").get(pk=recipient.pk)
        )
        person = standing(held.person)
        purpose = purposes_for([person], held.mailing.topic)[person.pk]
        if held.unsubscribed_at and purpose is not None:
            Consent.write(person, Consent.Said.YES, how=Consent.How.LINK, words=words, by=BY, purpose=purpose)
            Recipient.objects.filter(pk=held.pk).update(unsubscribed_at=None)
    recipient.refresh_from_db()


def words_of(recipient: Recipient) -> str:
    """What is read beside the button: kept as the proof."""
    subject: Any = recipient.mailing.topic_name
    return _("Send me nothing more of “%(subject)s”.") % {"subject": subject}


def words_of_complaint(recipient: Recipient) -> str:
    told = {"subject": recipient.mailing.topic_name}
    return _("Their mail provider told us that they called “%(subject)s” unwanted.") % told


def words_of_mail(recipient: Recipient) -> str:
    told = {"subject": recipient.mailing.topic_name}
    return _("They answered by mail, asking to receive no more of “%(subject)s”.") % told
