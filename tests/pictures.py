"""What the institution of the tests shows: a picture with somebody on it, in a post that was published by hand."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from lierre.accounts.models import User
from lierre.publishing.library.attaching import attach
from lierre.publishing.models import Attachment, FilmCopy, Likeness, Medium, Post, Review
from lierre.publishing.reviewing import token_of
from lierre.publishing.tests.media import brought, photograph


def show(post: Post, by: User) -> None:
    medium = brought(photograph(), "hall_de_la_penfeld.jpg", by=by, alt={"fr": "Des étudiants."}, credit="M. Tanguy")
    said = {"name": "Lena Cadiou", "given_on": medium.brought_at.date(), "until": None, "proof": "Dossier 12"}
    Likeness.write_down(medium, said, by=by)
    attach(post, [medium], by=by)


def medium() -> Medium:
    return Medium.objects.latest("pk")


def film_copy() -> FilmCopy:
    planned = {"width": 640, "height": 360, "rate": 25, "bits": 900_000, "sound": 0, "weight": 5_000_000}
    said = {"planned": planned, "state": "impossible", "failure": "its images cannot be read to the end."}
    return FilmCopy.objects.get_or_create(medium=medium(), mark="a-plan", defaults=said)[0]


def likeness() -> Likeness:
    return Likeness.objects.latest("pk")


def attachment() -> Attachment:
    return Attachment.objects.latest("pk")


def opened_outside() -> dict[str, Any]:
    """The picture, by the link of somebody outside who was asked about its post."""
    shown = attachment()
    said = {"asked_by": shown.post.owner, "expires_at": timezone.now() + timedelta(days=7)}
    review = Review.objects.get_or_create(post=shown.post, name="Un partenaire", defaults=said)[0]
    account = shown.post.variants.get().account_id
    return {"token": token_of(review), "account_id": account, "name": "vu", "number": shown.pk}
