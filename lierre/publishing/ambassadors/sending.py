"""The message of the week: one row for each ambassador before anything leaves, then each leaves once."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.mime.image import MIMEImage
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lierre.connectors.mail import Post as MailServer
from lierre.connectors.mail import Rejected
from lierre.foundation.errors import Refused
from lierre.publishing.ambassadors.joining import token_of
from lierre.publishing.ambassadors.privately import forget_written_to, note_written_to
from lierre.publishing.library import variants
from lierre.publishing.models import Ambassador, Digest, Material, Medium, OwnText
from lierre.publishing.models.material import monday

MOST: Final = 3  # topics of a message
MOST_SEEN: Final = 2  # visuals of a topic, in a message
EDGE: Final = 320
FIRST_HOUR: Final = 7
AT_ONCE: Final = 200
FRIDAY: Final = 4


def topics_for(who: Ambassador, day: date) -> list[Material]:
    """Those of their unit first, without those that they have told already."""
    told = OwnText.objects.of(who).exclude(published_at=None).values("material")
    topics = Material.objects.to_be_said(Ambassador.objects.one(who), day).exclude(pk__in=told)
    return list(topics.prefetch_related("visuals__likenesses")[:MOST])


def write_rows(now: datetime | None = None) -> int:
    """In working days from the morning on. Whoever was written to this week, or too lately for their rhythm, is left alone."""
    here = timezone.localtime(now)
    week = monday(here.date())
    if here.weekday() > FRIDAY or here.hour < FIRST_HOUR or not Material.objects.offered().of_week(week).exists():
        return 0
    last = dict(Digest.objects.filter(why="").order_by("week").values_list("ambassador", "week"))
    done = set(Digest.objects.filter(week=week).values_list("ambassador", flat=True))
    rows = [
        Digest(ambassador=who, week=week)
        for who in Ambassador.objects.read_by_mail().select_related("unit")
        if who.pk not in done and is_due(who, last.get(who.pk), week) and topics_for(who, week)
    ]
    # Two workers who write at the same time: the base keeps one row of each.
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def is_due(who: Ambassador, last: date | None, week: date) -> bool:
    return last is None or week - last >= timedelta(days=who.rhythm)


def send_due() -> Counter[str]:
    """What became of each."""
    told: Counter[str] = Counter()
    due = [digest for digest in Digest.objects.due()[:AT_ONCE] if digest.claim()]
    if not due:
        return told
    try:
        with MailServer() as server:
            for digest in due:
                told[send(server, digest)] += 1
    except (
        OSError
    ) as error:  # the server does not answer, or hung up: what was not reached is due again in some minutes
        told[type(error).__name__] += 1
    return told


def send(server: MailServer, digest: Digest) -> str:
    """No transaction is open while the server speaks, but the short one that writes that the message is leaving."""
    who = digest.ambassador
    topics = topics_for(who, digest.week)
    gone = not Ambassador.objects.read_by_mail().filter(pk=who.pk).exists()
    if gone or not topics or monday(timezone.localdate()) != digest.week:
        digest.drop(_("There was nothing to send any more."))
        return "dropped"
    try:
        server.hand_over(message(who, topics, digest), lambda: leave(digest))
    except Refused as refusal:
        digest.drop(str(refusal))
        return "dropped"
    except Rejected as rejection:
        digest.refresh_from_db(fields=["left_at"])
        with transaction.atomic():
            if digest.left_at is not None:
                forget_written_to(who.user)
            digest.put_off(str(rejection))
        return "put off"
    return "sent"


def leave(digest: Digest) -> None:
    """Counted in what the person receives, and written down as leaving: both or neither."""
    with transaction.atomic():
        note_written_to(digest.ambassador.user)
        digest.leave()


def message(who: Ambassador, topics: list[Material], digest: Digest) -> EmailMultiAlternatives:
    """Text and plain HTML, both whole. One click stops it (RFC 8058)."""
    with translation.override(who.user.language or settings.LANGUAGE_CODE):
        stop = settings.ADDRESS + reverse("publishing:stop_digest", args=[token_of(who)])
        seen = {material.pk: seen_of(material) for material in topics}
        said = {
            "who": who, "topics": [(material, seen[material.pk]) for material in topics], "week": digest.week,
            "stop": stop, "house": settings.ADDRESS, "institution": settings.INSTITUTION,
        }  # fmt: skip
        subject = " ".join((_("This week: %(title)s") % {"title": topics[0].title}).split())[:200]
        text = render_to_string("publishing/ambassador_digest.txt", said).strip() + "\n"
        html = render_to_string("publishing/ambassador_digest.html", said)
    headers = {
        "List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply",
    }  # fmt: skip
    mail = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [who.user.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    # The images are those of the page, not files beside it. Django 5.2 has it, its types do not.
    mail.mixed_subtype = "related"  # type: ignore[attr-defined]
    for image in (each.image for visuals in seen.values() for each in visuals if each.image is not None):
        mail.attach(image)
    return mail


@dataclass(frozen=True)
class Seen:
    """A visual in a message: small, carried by the message itself, so that opening it calls nobody."""

    alt: str
    credit: str
    name: str = ""
    image: MIMEImage | None = None


def seen_of(material: Material) -> list[Seen]:
    """Those that may be shown today. One that cannot be drawn any more is told in words."""
    return [small(material, medium) for medium in material.shown[:MOST_SEEN]]


def small(material: Material, medium: Medium) -> Seen:
    alt = medium.told_in(material.language)
    try:
        made = variants.thumbnail(medium, EDGE)
        image = MIMEImage(made.path.read_bytes(), made.type.partition("/")[2])
    except (Refused, OSError):
        return Seen(alt, medium.credit)
    name = f"visual-{material.pk}-{medium.pk}"
    image["Content-ID"], image["Content-Disposition"] = f"<{name}>", "inline"
    return Seen(alt, medium.credit, name, image)
