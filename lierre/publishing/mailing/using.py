"""Which mailings ask a segment, so that it is not forgotten while one waits to leave."""

from collections.abc import Iterable

from lierre.people.models import Segment
from lierre.people.segments.using import Use
from lierre.publishing.models import Mailing


def mailings_to(segment: Segment) -> Iterable[Use]:
    waiting = Mailing.objects.filter(segment=segment).exclude(state__in=[Mailing.State.SENT, Mailing.State.CANCELLED])
    return [(str(mailing), mailing.get_absolute_url()) for mailing in waiting]
