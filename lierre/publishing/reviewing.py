"""Somebody outside is asked to read one post or one letter: a signed link, one purpose, that expires and can be taken back."""

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
from lierre.publishing.models import Notice, Review
from lierre.publishing.models.review import Reading
from lierre.publishing.outside import ROADS
from lierre.publishing.spoken import Spoken

DAYS: Final = 7
MOST_DAYS: Final = 30


def token_of(review: Reading) -> str:
    """Signed, for this text and this reader only, always the same. When it ends stands in the base, not in it."""
    return signing.Signer(salt=review.SALT).sign_object([review.pk, review.about_id])


def address_of(review: Reading) -> str:
    return settings.ADDRESS + reverse(review.PAGE, args=[token_of(review)])


def review_of(token: str, kind: Any = Review) -> Any:
    """None when the link is false, too old, taken back, or of what was withdrawn or cancelled."""
    try:
        pk, about = signing.Signer(salt=kind.SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    road = ROADS[kind]
    found = kind.objects.open().filter(pk=pk, **{kind.ABOUT: about}).exclude(**{f"{kind.ABOUT}__state": road.gone})
    return found.select_related(kind.ABOUT, *road.with_it, "asked_by").first()


def ask_outside(about: Spoken, *, name: str, email: str, days: int, by: Any, language: str = "") -> Any:
    """Counts as the step “somebody outside” where one is asked for, else as an advice. Written to, if they can be."""
    road = ROADS[about.reviews.model]
    if why := road.refusal(about):
        raise Refused(why)
    counts = road.asks(about)
    until = timezone.now() + timedelta(days=min(max(days, 1), MOST_DAYS))
    with transaction.atomic():
        made = about.reviews.create(name=name, email=email, counts=counts, asked_by=by, expires_at=until)
        record("review.asked", about, by=by, review=made.pk, counts=counts, until=until.isoformat())
        if email:
            write_to(made, language or getattr(about, "language", ""))
    return made


def write_to(review: Reading, language: str) -> None:
    road = ROADS[type(review)]
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(known):
        told = {
            "by": review.asked_by, "institution": settings.INSTITUTION, "title": road.title(review.about),
            "day": date_format(timezone.localtime(review.expires_at), "DATE_FORMAT"), "link": address_of(review),
        }  # fmt: skip
        subject = " ".join((str(road.subject) % told).split())[:200]
        Notice.objects.create(address=review.email, subject=subject, body=f"{str(road.body) % told}\n")


def write_again(about: Spoken) -> int:
    """To those outside whose yes is awaited now, who can be written to, and have not answered about these very words."""
    road = ROADS[about.reviews.model]
    if not road.is_turn(about):
        return 0
    asked: Any = about.reviews
    waiting = asked.open().filter(counts=True).exclude(email="").exclude(digest=road.digest(about))
    awaited = list(waiting.select_related("asked_by"))
    for review in awaited:
        write_to(review, getattr(about, "language", ""))
    return len(awaited)


def answer(review: Reading, *, yes: bool, name: str, words: str, seen: str) -> None:
    """What somebody outside says of the words that were on their screen (`seen`), and of no others."""
    road = ROADS[type(review)]
    if not yes and not words.strip():
        raise Refused(_("Say what is to be corrected."))
    with transaction.atomic():
        about = locked(review)
        if seen != road.digest(about):
            raise Refused(_("It was changed since you read it: read it again."))
        fields = {
            "answer": Reading.Answer.YES if yes else Reading.Answer.NO, "answered_at": timezone.now(),
            "answered_as": name.strip()[:150], "words": words.strip(), "digest": seen,
        }  # fmt: skip
        every: Any = type(review)._default_manager
        if not every.open().filter(pk=review.pk).exclude(digest=seen).update(**fields):
            raise Refused(_("You have already answered about this text: thank you."))
        review.refresh_from_db()
        record("review.answered", about, by=OUTSIDE, review=review.pk, answer=review.answer)
        if review.counts and road.is_turn(about):
            hear = road.hear_yes if yes else road.hear_no
            hear(about, review)
        else:
            road.advise(about, review)


def locked(review: Reading) -> Any:
    """What it is about, as it stands now; nobody else changes it meanwhile."""
    about: Any = type(review)._meta.get_field(review.ABOUT).related_model
    return about.objects.select_for_update(of=("self",)).get(pk=review.about_id)


def forget_addresses() -> int:
    """Nobody is written to once the link is closed: the address goes, the answer and the name that was given stay."""
    closed = timezone.now() - timedelta(days=MOST_DAYS)
    every: list[Any] = [kind._default_manager for kind in ROADS]
    return sum(int(rows.filter(expires_at__lt=closed).exclude(email="").update(email="")) for rows in every)
