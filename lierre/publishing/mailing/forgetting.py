"""Who received a mailing is forgotten after three years; that it was sent, and to how many, stays."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from lierre.publishing.models import Recipient

KEPT: Final = timedelta(days=3 * 365)


def forget_recipients() -> int:
    old = Recipient.objects.filter(mailing__ended_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
