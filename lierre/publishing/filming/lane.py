"""What a worker does all the time for films: it asks for the copies that posts will need, and makes one after another.

A lane of its own and no duty: a film of an hour keeps neither a duty nor an import waiting.
"""

import logging
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Final

from django.db import DatabaseError, close_old_connections
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.lease import new_holder
from lierre.publishing.library import converting, films, variants
from lierre.publishing.library.film_copies import ask, fit, planned_of
from lierre.publishing.library.film_plans import Plan
from lierre.publishing.library.posters import draw_one
from lierre.publishing.models import Attachment, Delivery, FilmCopy, Post
from lierre.publishing.models.film_copy import MOST_ATTEMPTS
from lierre.publishing.outbox.speaking import limits_of

LOOK: Final = 2.0  # seconds between two looks at what is asked for
AHEAD: Final = 10.0  # seconds between two looks at what posts will need
BEAT: Final = 2.0  # seconds between two words on how far a copy is
# Drafts that nobody has touched since longer are let be: their copies are asked for when they leave.
TOUCHED: Final = timedelta(days=7)
MOST: Final = 200
logger = logging.getLogger(__name__)


class Films:
    """One per process."""

    def __init__(self) -> None:
        self.name = new_holder()
        self.must_stop = Event()

    def until(self, must_stop: Event) -> None:
        self.must_stop = must_stop
        looked = -AHEAD
        while not must_stop.is_set():
            close_old_connections()
            if converting.is_here():
                if time.monotonic() - looked > AHEAD:
                    ask_for_posts()
                    looked = time.monotonic()
                if self.make_one() or draw_one():
                    continue
            must_stop.wait(LOOK)

    def once(self) -> int:
        """All that is wanted at this instant, in this thread."""
        if not converting.is_here():
            return 0
        ask_for_posts()
        steps = 0
        while self.make_one() or draw_one():
            steps += 1
        return steps

    def make_one(self) -> bool:
        for copy in FilmCopy.objects.to_make(timezone.now()).select_related("medium")[:10]:
            if copy.claim(self.name):
                self.make(copy)
                return True
        return False

    def make(self, copy: FilmCopy) -> None:
        """Outside any transaction: a film takes minutes."""
        if copy.attempts > MOST_ATTEMPTS:
            copy.is_impossible(_("it stops whoever makes it. Export it again as MP4 (H.264)."))
            return
        try:
            self.made(copy, planned_of(copy))
        except converting.Stopped:
            copy.put_back()
        except Refused as refusal:
            copy.is_impossible(str(refusal))
        except DatabaseError:
            raise
        except Exception:
            logger.exception("The copy %s of a film could not be made.", copy.pk)
            copy.is_impossible(_("an accident happened here, which the log tells. Try again, or bring another file."))
        if not copy.is_coming:
            tell_posts(copy)

    def made(self, copy: FilmCopy, plan: Plan) -> None:
        told = Telling(copy, self.must_stop)
        source = copy.medium.path
        seconds, light = converting.length_of(source)
        refuse_liar(seconds, copy.medium.seconds)
        with variants.coming(copy.path) as temporary:
            converting.convert(source, temporary, plan, seconds, light, told)
            found, size = read_again(temporary), temporary.stat().st_size
            refuse_liar(found.seconds, copy.medium.seconds)
            refuse_smaller(found, plan)
            if found.seconds < seconds * 0.9 - 1:
                raise Refused(converting.unreadable())
            if size > plan.weight:
                raise Refused(_("it cannot be made light enough. Bring a shorter or a smaller one."))
        copy.is_ready(size, found.seconds)


def refuse_liar(seconds: float, said: float) -> None:
    """What a network allows was compared with what the film says of itself."""
    if seconds > said * 1.1 + 2:
        raise Refused(_("it lasts longer than it says. Export it again as MP4 (H.264)."))


def refuse_smaller(found: films.Film, plan: Plan) -> None:
    """Both sides are brought to an even number, and one of them to the shape of the images: some points are lost."""
    for made, meant in ((found.width, plan.width), (found.height, plan.height)):
        if abs(made - meant) > max(6, meant * 0.03):
            raise Refused(_("its images are not as large as it says. Export it again as MP4 (H.264)."))


def read_again(path: Path) -> films.Film:
    """What was made is a film, whatever it was made of."""
    try:
        return films.read(path, path.name)
    except Refused as refusal:
        raise Refused(converting.unreadable()) from refusal


class Telling:
    """How far it is, now and then. False when one must stop."""

    def __init__(self, copy: FilmCopy, must_stop: Event) -> None:
        self.copy, self.must_stop, self.told = copy, must_stop, 0.0

    def __call__(self, share: float) -> bool:
        if self.must_stop.is_set():
            return False
        if time.monotonic() - self.told < BEAT:
            return True
        self.told = time.monotonic()
        return self.copy.goes_on(int(share * 100))


def ask_for_posts() -> int:
    """Copies that posts will need, before their time comes."""
    kept = ~Q(post__state=Post.State.DRAFT) | Q(post__changed_at__gte=timezone.now() - TOUCHED)
    leaving = [*Delivery.CHANGEABLE, Delivery.State.REFUSED, Delivery.State.CLAIMED]
    rows = Attachment.objects.filter(kept, medium__kind="video", medium__archived_at=None)
    rows = rows.exclude(post__state=Post.State.WITHDRAWN).filter(post__deliveries__state__in=leaving).distinct()
    asked = 0
    for each in rows.select_related("medium", "account", "post").prefetch_related("post__variants__account")[:MOST]:
        for account in [each.account] if each.account else [one.account for one in each.post.variants.all()]:
            with suppress(Refused, OSError):
                found = fit(each.medium, limits_of(account))
                if found.is_coming and found.planned and not (found.copy and found.copy.is_coming):
                    ask(each.medium, found.planned)
                    asked += 1
    return asked


def tell_posts(copy: FilmCopy) -> None:
    """Those whose time has come, and that wait for it, leave now, or learn that they cannot."""
    now = timezone.now()
    rows = Delivery.objects.waiting().filter(post__attachments__medium=copy.medium, due_at__lte=now, next_at__gt=now)
    Delivery.objects.filter(pk__in=list(rows.values_list("pk", flat=True)), state=Delivery.State.WAITING).update(
        next_at=now
    )
