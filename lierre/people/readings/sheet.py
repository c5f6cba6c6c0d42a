"""Everything the page of a person shows, for the one who looks: records loaded once, folded, read by chapter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Self

from django.db.models import Q
from django.utils.translation import gettext as _

from lierre.foundation.models.journal import Entry
from lierre.foundation.naming import with_names
from lierre.people.directory.viewer import Viewer, hidden_from_graduates
from lierre.people.facts import AUDIENCES, FIELD
from lierre.people.fold import Policy, fold
from lierre.people.fold.rows import current_position
from lierre.people.fold.text import folded
from lierre.people.fold.visibility import FINER, audiences_of, mask_of, sees
from lierre.people.models import ContactPoint, Decision, Person, Record
from lierre.people.models.policy import policy_in_force
from lierre.people.readings import chapters
from lierre.people.readings.allowances import Allowances
from lierre.people.readings.apparatus import Apparatus, Reading
from lierre.people.readings.career import Step, career
from lierre.people.readings.choices import Choice, choices
from lierre.people.readings.line import Said, things_said
from lierre.people.readings.needs import Needs, needs
from lierre.people.readings.witness import Witness
from lierre.people.readings.wording import in_words, study_in_words, title_of

# The families that let a value be seen; a value that is not named here is for staff and for the person.
FAMILIES_OF: Final = {
    "usage": ("name",), "given": ("name",),
    "title": ("position",), "employer": ("position",), "sector": ("position",), "city": ("position", "place"),
    "studies": ("study",), "email": ("email",), "phone": ("phone",), "address": ("address",),
    "born": ("birth",), "birth_place": ("birth",), "birth_country": ("birth",), "nationality": ("birth",),
    "headline": ("profile",), "summary": ("profile",), "skills": ("profile",), "languages": ("profile",),
    "certifications": ("profile",),
    "linkedin": ("link",), "website": ("link",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speaker:
    """One source, and what it has said of the person; the latest first."""

    witnesses: list[Witness]

    @property
    def latest(self) -> Witness:
        return self.witnesses[0]


class Sheet:
    """`viewer` decides what exists. The mask is the one of the fold, so it can never be late."""

    def __init__(
        self, person: Person, viewer: Viewer, policy: Policy | None = None, records: "list[Record] | None" = None
    ) -> None:
        self.person, self.viewer = person, viewer
        self.policy = policy or policy_in_force()
        self.records = Record.objects.of([person.pk]).spoken() if records is None else records
        self.testimonies = [record.testimony() for record in self.records]
        self.folded = fold(self.testimonies, self.policy)
        self.witnesses = {record.pk: Witness.of(record) for record in self.records}
        self.apparatus = Apparatus(self.testimonies, self.witnesses, self.folded, self.policy)
        self.mask = mask_of(self.folded.values)
        self.year = self.folded.studies[0][0].get("year") if self.folded.studies else None

    @classmethod
    def for_everyone_to_know(cls, person: Person) -> Self:
        """As staff sees it, and the person: nothing is hidden."""
        return cls(person, Viewer(everything=True))

    def allows(self, family: str) -> bool:
        """Whether this viewer sees this family of values, or these finer ones."""
        return self.lets(self.viewer, family)

    def lets(self, viewer: Viewer, family: str) -> bool:
        together = viewer is self.viewer and self.is_together
        if family not in FINER or viewer.everything:
            return viewer.sees(self.mask, self.year, family, together=together)
        if viewer.is_lent(self.mask, family):
            return True
        chosen, belongs = (
            audiences_of(self.folded.values, family),
            viewer.audiences_towards(self.year, together=together),
        )
        return any(each in chosen and sees(self.mask, [each], "name") for each in belongs)

    @cached_property
    def is_together(self) -> bool:
        """Whether whoever looks shares a group with the person."""
        return bool(self.viewer.companions([self.person.pk]))

    def seers(self, name: str) -> list[str]:
        """Of a value called so, the audiences whose people read it on this page today. Empty: staff, and nobody else."""
        families = FAMILIES_OF.get(name, ())
        viewers = ((each, Viewer.like(each, self.year)) for each in AUDIENCES if families)
        return [each for each, viewer in viewers if all(self.lets(viewer, family) for family in families)]

    @property
    def exists(self) -> bool:
        """Whether there is a page at all for this viewer."""
        return bool(self.records) and self.allows("name") if not self.viewer.everything else True

    @property
    def tells_witnesses(self) -> bool:
        return self.viewer.everything

    def shown(self, readings: Iterable[Reading]) -> list[Reading]:
        """What this viewer may see; without the apparatus, which would tell what is hidden."""
        if self.viewer.everything:
            return list(readings)
        return [
            replace(reading, witness=None, rivals=())
            for reading in readings
            if reading.name in FAMILIES_OF and all(self.allows(family) for family in FAMILIES_OF[reading.name])
        ]

    @cached_property
    def today(self) -> list[Reading]:
        return self.shown(chapters.today(self.apparatus))

    @cached_property
    def identity(self) -> list[Reading]:
        readings = self.shown(chapters.scalars(self.apparatus, chapters.IDENTITY))
        if self.viewer.everything:
            return readings
        # That a name is one of usage says that another was borne at birth: for others it is a name, and no more.
        name = Reading("usage", _("Name"), self.person.shown_family)
        others = [reading for reading in readings if reading.name not in {"given", "usage"}]
        return [*(each for each in readings if each.name == "given"), *([name] if name.text else []), *others]

    @cached_property
    def civil(self) -> list[Reading]:
        """What is asked for more seldom: civil status and numbers."""
        return self.shown(chapters.scalars(self.apparatus, chapters.CIVIL))

    @cached_property
    def studies(self) -> list[Reading]:
        return self.shown(chapters.studies(self.apparatus))

    @cached_property
    def contacts(self) -> list[Reading]:
        return self.shown(chapters.contacts(self.apparatus))

    @cached_property
    def profile(self) -> list[Reading]:
        return self.shown(chapters.scalars(self.apparatus, chapters.PROFILE))

    @cached_property
    def states(self) -> list[Reading]:
        return self.shown(chapters.scalars(self.apparatus, chapters.STATES))

    @cached_property
    def career(self) -> list[Step]:
        return career(
            self.apparatus,
            positions=self.allows("position"),
            studies=self.allows("study"),
            places=self.allows("position") and self.allows("place"),
        )

    @cached_property
    def choices(self) -> list[Choice]:
        return choices(self.lets, self.year)

    @cached_property
    def needs(self) -> Needs:
        return needs(self.folded)

    @cached_property
    def speakers(self) -> list[Speaker]:
        """The witnesses, source by source, those who spoke last first."""
        by_source: dict[int, list[Witness]] = {}
        for record in sorted(self.records, key=lambda record: (record.asserted, record.pk), reverse=True):
            by_source.setdefault(record.source_id, []).append(self.witnesses[record.pk])
        return [Speaker(witnesses) for witnesses in by_source.values()]

    @cached_property
    def heard(self) -> list[tuple[Witness, list[Said]]]:
        """Everything that was ever said of them, the latest first, in a few words each."""
        records = sorted(self.records, key=lambda record: (record.asserted, record.pk), reverse=True)
        return [(self.witnesses[record.pk], list(things_said(record.said))) for record in records]

    @cached_property
    def decisions(self) -> list[Decision]:
        """What was decided of these records, and of those that left."""
        about = Q(record__in=self.witnesses) | Q(before=self.person) | Q(after=self.person)
        return list(Decision.objects.filter(about).select_related("record__source", "before", "after"))

    def journal(self, lines: int) -> list[Entry]:
        found = list(Entry.objects.about(self.person)[:lines])
        for line in found:
            line.subject_name = str(self.person)
        return with_names(found)

    @property
    def is_hidden(self) -> bool:
        """Whether other graduates do not know that this person exists here."""
        return hidden_from_graduates(self.mask)

    @property
    def is_reachable(self) -> bool:
        known = bool(self.allowances.working_emails)
        return known and not self.folded.values.get("do_not_contact") and "died" not in self.folded.values

    @property
    def shown_missing(self) -> list[str]:
        """Ways to reach them that nobody ever told: staff reads “unknown”; for others there is nothing to tell apart."""
        if not self.viewer.everything:
            return []
        known = {contact["kind"] for contact, _by in self.folded.contacts}
        labels = dict(ContactPoint.Kind.choices)
        return [str(labels[kind]).capitalize() for kind in ("email", "phone") if kind not in known]

    @cached_property
    def allowances(self) -> Allowances:
        return Allowances(self.folded, self.witnesses)

    @property
    def died_on(self) -> str:
        return in_words("died", self.folded.values["died"]) if "died" in self.folded.values else ""

    @property
    def other_names(self) -> list[tuple[str, str]]:
        """Names borne at birth or once, when another is shown."""
        if not self.viewer.everything:
            return []
        values, shown = self.folded.values, self.person.shown_family
        told = [(str(FIELD[name].label), values.get(name, "")) for name in ("family", "former")]
        return [(label, name) for label, name in told if name and folded(name) != folded(shown)]

    @property
    def took_over(self) -> bool:
        """Whether the person has said something here."""
        return any(witness.is_own for witness in self.witnesses.values())

    @property
    def summary(self) -> list[str]:
        """The sentences that sum the person up, as this viewer may read them."""
        current = current_position(self.folded)
        told = []
        if self.today:
            town = current.get("city", "") if self.allows("place") else ""
            told.append(job_in_words(title_of(current), current.get("employer", ""), town))
        if self.studies:
            told.append(study_in_words(self.folded.studies[0][0]))
        return [f"{sentence}." for sentence in told if sentence]


def job_in_words(title: str, employer: str, town: str) -> str:
    if not (title and employer):
        return ", ".join(filter(None, [title or employer, town]))
    named = {"title": title, "employer": employer, "town": town}
    if town:
        return _("%(title)s at %(employer)s, in %(town)s") % named
    return _("%(title)s at %(employer)s") % named
