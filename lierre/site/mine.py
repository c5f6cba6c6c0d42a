"""What a graduate or a student comes for: what the house asks of them, their class, who sees them, what was said of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.people.directory.answering import Answer, answer_within
from lierre.people.directory.question import Question
from lierre.people.directory.sight import Sight
from lierre.people.directory.viewer import Viewer
from lierre.people.fold.folding import position_key
from lierre.people.fold.rows import current_position
from lierre.people.models import Person
from lierre.people.readings.sheet import Sheet
from lierre.people.readings.witness import Witness
from lierre.people.readings.wording import position_in_words
from lierre.people.views.correcting import key_name
from lierre.site.task import Task

CLASSMATES: Final = 6
HEARD: Final = 5


@dataclass(frozen=True)
class Mine:
    """The person of an account, as they see themselves."""

    viewer: Viewer
    sight: Sight
    person: Person

    @classmethod
    def of(cls, user: Any, viewer: Viewer, sight: Sight) -> "Mine | None":
        if not user.holds("graduate", "student", "ambassador"):
            return None
        person = Person.objects.filter(account=user.pk).first()
        return cls(viewer, sight, person) if person else None

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.for_everyone_to_know(self.person)

    @cached_property
    def year(self) -> int | None:
        """The latest class they belong to."""
        years = self.viewer.years
        return years[-1] if years else None

    @cached_property
    def classmates(self) -> Answer | None:
        """Those of their class whom they may see."""
        if not self.year:
            return None
        return answer_within(self.sight, Question(chosen={"year": (str(self.year),)}), CLASSMATES + 1)

    @property
    def others(self) -> list[Any]:
        rows = self.classmates.rows if self.classmates else []
        return [row for row in rows if row.public_id != self.person.public_id][:CLASSMATES]

    @property
    def heard(self) -> list[Witness]:
        """The latest that was said of them, and by whom."""
        return [witness for speaker in self.sheet.speakers for witness in speaker.witnesses][:HEARD]

    def asked(self) -> list[Task]:
        """What would help most, the quickest first: at most three things."""
        return [*self.confirm_position(), *self.say_how_to_reach(), *self.choose(), *self.bring_archive()][:3]

    def confirm_position(self) -> Iterator[Task]:
        position = current_position(self.sheet.folded)
        if not position:
            yield Task(
                _("Say"), _("what you do today"), _("Nobody has said it yet. Two words are enough."), _("Say"),
                reverse("people:own_add", args=["postes"]),
            )  # fmt: skip
            return
        reading = self.sheet.today[0]
        if reading.witness and reading.witness.moon != "full":
            named = {"name": reading.witness.name, "day": date_format(reading.witness.asserted_on, "DATE_FORMAT")}
            own = _("You said so on %(day)s. Is it still true?") % named
            others = _("%(name)s said so on %(day)s. Is it still true?") % named
            yield Task(
                _("Confirm"), position_in_words(position), own if reading.witness.is_own else others,
                _("It is still true"),
                reverse("people:own_correct_item", args=["postes", key_name(position_key(position))]),
                noon(reading.witness.asserted_on), "soon", (), {"still": "1"},
            )  # fmt: skip

    def say_how_to_reach(self) -> Iterator[Task]:
        if not self.sheet.is_reachable and not self.sheet.folded.values.get("do_not_contact"):
            yield Task(
                _("Give"), _("an e-mail that works"), _("Nobody here can write to you: no invitation reaches you."),
                _("Give"), reverse("people:own_add", args=["coordonnees"]), None, "soon",
            )  # fmt: skip

    def choose(self) -> Iterator[Task]:
        if not any(name.startswith("audience_") for name in self.sheet.folded.values):
            yield Task(
                _("Choose"), _("who sees what of you"),
                _("You have chosen nothing: other graduates see your name and your studies, nobody sees the rest."),
                _("Choose"), reverse("people:own_choices"),
            )  # fmt: skip

    def bring_archive(self) -> Iterator[Task]:
        if not any(witness.kind == "archive" for witness in self.sheet.witnesses.values()):
            yield Task(
                _("Bring"), _("your LinkedIn archive"),
                _("Your whole career in one gesture. Your messages and your connections are never read."),
                _("Bring it"), reverse("people:own_archive"),
            )  # fmt: skip


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
