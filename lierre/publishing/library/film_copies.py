"""What a network is given of a film: the film itself when it fits, else a copy that is made for it, and waited for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.foundation.weights import weighed
from lierre.publishing.library import converting, variants
from lierre.publishing.library.film_plans import MP4, Plan, fits, plan, takes_films
from lierre.publishing.library.films import Lies
from lierre.publishing.library.playing import Written, written
from lierre.publishing.library.posters import cannot_be_drawn
from lierre.publishing.models import FilmCopy, Medium

# Whoever finishes a copy tells the posts that wait for it; this is for those that nobody told.
LOOK_AGAIN: Final = timedelta(seconds=20)


class NotMadeYet(net.MediaNotReady):
    """Ours to make, before any network is called: the post waits, and nobody else with it."""

    @property
    def sentence(self) -> str:
        return self.said


class CannotBeMade(net.Invalid):
    """No copy of it is what this network takes."""

    @property
    def sentence(self) -> str:
        return self.said


@dataclass(frozen=True, slots=True)
class Fit:
    """`planned` None: the film leaves as it is, whether the network takes it (`is_taken`) or not. `copy`: once asked for."""

    medium: Medium
    written: Written
    is_taken: bool
    planned: Plan | None = None
    copy: FilmCopy | None = None
    impossible: str = ""

    @property
    def is_ready(self) -> bool:
        return self.copy is not None and self.copy.state == FilmCopy.State.READY and self.copy.path.is_file()

    @property
    def is_coming(self) -> bool:
        return self.planned is not None and not self.impossible and not self.is_ready

    @property
    def made(self) -> variants.Made:
        if self.planned is None or self.impossible:
            return variants.cleaned(self.medium)
        copy = self.copy or FilmCopy(medium=self.medium, mark=self.planned.mark)
        return variants.Made(copy.path, MP4, self.planned.width, self.planned.height)

    @property
    def sentence(self) -> str:
        """What will be sent in its place; "" when it is the film itself, and it fits."""
        if self.planned is None or self.impossible:
            if self.is_taken and cannot_be_drawn(self.medium):
                said = _("“%(film)s” cannot be read here: look at it, and export it again as MP4 (H.264).")
                return said % {"film": self.medium}
            return "" if self.is_taken or self.impossible else self.without_a_copy
        told: dict[str, Any] = {
            "film": self.medium, "width": self.planned.width, "height": self.planned.height,
            "size": weighed(self.copy.size if self.copy and self.is_ready else self.planned.weight),
        }  # fmt: skip
        if self.is_ready:
            return _("“%(film)s” will be sent as %(width)s × %(height)s, %(size)s.") % told
        if self.copy is not None and self.copy.state == FilmCopy.State.MAKING:
            told["share"] = self.copy.progress
            said = _(
                "“%(film)s” will be sent as %(width)s × %(height)s, %(size)s at most: "
                "this copy is being made (%(share)s %%), and the post waits for it."
            )
            return said % told
        said = _(
            "“%(film)s” will be sent as %(width)s × %(height)s, %(size)s at most: "
            "this copy will be made, and the post waits for it."
        )
        return said % told

    @property
    def without_a_copy(self) -> str:
        """Nothing here can make one."""
        if not self.written.images_play or not self.written.sound_plays:
            said = _(
                "“%(film)s” is written in a way that not everybody can play (%(codec)s): bring it as MP4 (H.264, AAC), "
                "or have ffmpeg installed beside Lierre, which will then make a copy by itself."
            )
        else:
            said = _(
                "“%(film)s” is not what this network takes: bring a lighter MP4 (H.264), "
                "or have ffmpeg installed beside Lierre, which will then make a copy by itself."
            )
        return said % {"film": self.medium, "codec": self.written.name}


def fit(medium: Medium, limits: net.Limits) -> Fit:
    """Calls nobody, makes nothing. Raises OSError when the film is no longer there."""
    try:
        found = written(medium)
    except Lies as lie:
        raise OSError(str(lie)) from lie
    is_taken = fits(found, medium.size, limits)
    is_too_long = bool(limits.video_seconds) and medium.seconds > limits.video_seconds
    # Too long, it is refused as it is: nothing is ever cut. So is a film where no film is taken.
    if not takes_films(limits):
        return Fit(medium, found, True)
    if is_taken or is_too_long or not converting.is_here():
        return Fit(medium, found, is_taken or is_too_long)
    planned = plan(found, medium.size, limits)
    if planned is None:
        told = {"film": medium, "most": weighed(limits.video_bytes)}
        said = _(
            "“%(film)s” lasts too long: in the %(most)s that this network takes it would be a blur. Bring a shorter one."
        )
        return Fit(medium, found, False, impossible=said % told)
    copy = known(medium).get(planned.mark)
    why = ""
    if copy is not None and copy.state == FilmCopy.State.IMPOSSIBLE:
        why = _("No copy of “%(film)s” could be made for this network: %(why)s") % {"film": medium, "why": copy.failure}
    return Fit(medium, found, False, planned, copy, why)


def known(medium: Medium) -> dict[str, FilmCopy]:
    """By mark. Asked once for each medium that a page holds."""
    found: dict[str, FilmCopy] | None = getattr(medium, "_copies_known", None)
    if found is None:
        found = {each.mark: each for each in FilmCopy.objects.filter(medium=medium)}
        for each in found.values():
            each.medium = medium
        medium._copies_known = found  # type: ignore[attr-defined]
    return found


def wait_for(medium: Medium, limits: net.Limits) -> None:
    """At the very moment it leaves: what is not made yet is asked for, and waited for."""
    if not medium.is_film:
        return
    try:
        found = fit(medium, limits)
    except OSError:
        return  # it is said to be missing, by its own name
    if found.impossible:
        raise CannotBeMade("film", found.impossible, "media")
    if found.planned is None:
        return
    if found.is_coming:
        ask(medium, found.planned)
        raise NotMadeYet("film", found.sentence, timezone.now() + LOOK_AGAIN)


def ask(medium: Medium, planned: Plan) -> FilmCopy:
    told = {name: getattr(planned, name) for name in Plan.__slots__}
    return FilmCopy.objects.ask(medium, planned.mark, told)


def planned_of(copy: FilmCopy) -> Plan:
    return Plan(**copy.planned)


def notes(media: list[Medium], limits: net.Limits) -> Iterator[Fit]:
    """Of the films among them that will not leave as they are."""
    for medium in media:
        if medium.is_film:
            try:
                found = fit(medium, limits)
            except OSError:
                continue
            if found.sentence or found.impossible:
                yield found
