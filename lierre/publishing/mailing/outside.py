"""Somebody outside is asked to read one mailing: a signed link, one purpose, that expires and can be taken back."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.approving import OUTSIDE
from lierre.publishing.mailing.approving import tell, whoever_wrote
from lierre.publishing.models import Mailing, MailingReview, Notice
from lierre.publishing.reviewing import MOST_DAYS

SALT: Final = "lierre.publishing.mailing.review"


def token_of(review: MailingReview) -> str:
    """Signed, for this mailing and this reader only, always the same. When it ends stands in the base, not in it."""
    return signing.Signer(salt=SALT).sign_object([review.pk, review.mailing_id])


def address_of(review: MailingReview) -> str:
    return settings.ADDRESS + reverse("publishing:review_mailing", args=[token_of(review)])


def review_of(token: str) -> MailingReview | None:
    """None when the link is false, too old, taken back, or of a mailing that was cancelled."""
    try:
        pk, mailing_id = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = MailingReview.objects.open().filter(pk=pk, mailing=mailing_id)
    found = found.exclude(mailing__state=Mailing.State.CANCELLED)
    return found.select_related("mailing", "mailing__segment", "asked_by").first()


def ask_outside(mailing: Mailing, *, name: str, email: str, days: int, by: Any) -> MailingReview:
    """Written to, if they can be."""
    if not mailing.is_changeable:
        raise Refused(_("It has begun to leave, or was cancelled: nobody can change it any more."))
    until = timezone.now() + timedelta(days=min(max(days, 1), MOST_DAYS))
    with transaction.atomic():
        made = MailingReview.objects.create(mailing=mailing, name=name, email=email, asked_by=by, expires_at=until)
        record("review.asked", mailing, by=by, review=made.pk, counts=False, until=until.isoformat())
        if email:
            write_to(made)
    return made


def write_to(review: MailingReview) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "by": review.asked_by, "institution": settings.INSTITUTION, "title": review.mailing.subject,
            "day": date_format(timezone.localtime(review.expires_at), "DATE_FORMAT"), "link": address_of(review),
        }  # fmt: skip
        subject = _("Would you read this letter before it leaves: %(title)s") % told
        body = (
            _(
                "%(by)s, of %(institution)s, asks you to read a letter before it leaves, and to say yes or no.\n\n"
                "Nothing is asked of you but this: no account, no password. The link is yours alone, until %(day)s:\n%(link)s"
            )
            % told
        )
        Notice.objects.create(address=review.email, subject=" ".join(subject.split())[:200], body=f"{body}\n")


def answer(review: MailingReview, *, yes: bool, name: str, words: str, seen: str) -> None:
    """What somebody outside says of the words that were on their screen (`seen`), and of no others. An advice, to its authors."""
    if not yes and not words.strip():
        raise Refused(_("Say what is to be corrected."))
    with transaction.atomic():
        mailing = Mailing.objects.select_for_update(of=("self",)).select_related("segment").get(pk=review.mailing_id)
        if seen != mailing.digest:
            raise Refused(_("It was changed since you read it: read it again."))
        fields = {
            "answer": MailingReview.Answer.YES if yes else MailingReview.Answer.NO, "answered_at": timezone.now(),
            "answered_as": name.strip()[:150], "words": words.strip(), "digest": seen,
        }  # fmt: skip
        if not MailingReview.objects.open().filter(pk=review.pk).exclude(digest=seen).update(**fields):
            raise Refused(_("You have already answered about this text: thank you."))
        review.refresh_from_db()
        record("review.answered", mailing, by=OUTSIDE, review=review.pk, answer=review.answer)
        said = {"by": review.answered_as, "answer": str(review.get_answer_display()), "words": review.words}
        tell(whoever_wrote(mailing), "answered", mailing, **said)


def forget_addresses() -> int:
    """Nobody is written to once the link is closed: the address goes, the answer and the name that was given stay."""
    closed = timezone.now() - timedelta(days=MOST_DAYS)
    return MailingReview.objects.filter(expires_at__lt=closed).exclude(email="").update(email="")
