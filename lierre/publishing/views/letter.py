"""The letter that an address names, for whoever may change it."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lierre.foundation.abilities import NotAllowed
from lierre.publishing.models import Mailing
from lierre.publishing.permissions import WRITE_MAILINGS, may_change_letter


def letter_to_change(request: HttpRequest, mailing_id: int) -> Mailing:
    return checked(request, get_object_or_404(Mailing.objects.select_related("segment", "unit"), pk=mailing_id))


def checked(request: HttpRequest, mailing: Mailing) -> Mailing:
    if not may_change_letter(request.user, mailing):
        raise NotAllowed(WRITE_MAILINGS)
    return mailing
