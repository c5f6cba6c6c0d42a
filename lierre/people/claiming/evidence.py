"""What somebody says to be recognised, beside what each record that may be theirs says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.directory.viewer import Viewer
from lierre.people.facts import Facts
from lierre.people.fold import Policy
from lierre.people.fold.text import folded
from lierre.people.models import Claim, Person, Record
from lierre.people.models.policy import policy_in_force
from lierre.people.newcomers import resembling
from lierre.people.readings.sheet import Sheet
from lierre.people.readings.wording import date_in_words

MOST = 5
NUMBERS = ("student_number", "ine")


@dataclass(frozen=True, slots=True)
class Clue:
    """`agrees`: None when one of the two says nothing."""

    label: str | Promise
    said: str
    known: str
    agrees: bool | None


class Candidate:
    """One record that may be theirs."""

    def __init__(
        self, claim: Claim, person: Person, policy: Policy | None = None, records: list[Record] | None = None
    ) -> None:
        self.claim, self.person = claim, person
        self.sheet = Sheet(person, Viewer(everything=True), policy, records)
        self.all_said: list[Facts] = [record.said for record in self.sheet.records]

    @cached_property
    def clues(self) -> list[Clue]:
        return list(self.compared())

    def compared(self) -> Iterator[Clue]:
        claim, values = self.claim, self.sheet.folded.values
        given = {folded(name) for name in self.every("given") | self.every("given_others")}
        yield clue(_("Given name"), claim.given, values.get("given", ""), folded(claim.given) in given)
        families = self.every("family") | self.every("usage") | self.every("former")
        agrees = folded(claim.family) in {folded(name) for name in families}
        yield clue(_("Family name"), claim.family, ", ".join(sorted(families)), agrees)
        years = sorted({study["year"] for study, _by in self.sheet.folded.studies if study.get("year")})
        yield clue(_("Class"), str(claim.year or ""), ", ".join(map(str, years)), claim.year in years)
        born = values.get("born", "")
        yield clue(_("Date of birth"), date_in_words(claim.born), date_in_words(born), claim.born == born)
        numbers = {number for name in NUMBERS for number in self.every(name)}
        known = ", ".join(sorted(numbers))
        yield clue(_("Student number or INE"), claim.number, known, bare(claim.number) in map(bare, numbers))
        mails = {each["value"] for each, _by in self.sheet.folded.contacts if each["kind"] == "email"}
        yield Clue(_("E-mail"), claim.email, ", ".join(sorted(mails)), True if claim.email in mails else None)

    def every(self, name: str) -> set[str]:
        """All that was ever said under this name."""
        return {str(facts[name]) for facts in self.all_said if facts.get(name)}  # type: ignore[literal-required]

    @property
    def agreeing(self) -> int:
        return sum(clue.agrees is True for clue in self.clues)

    @property
    def is_proven(self) -> bool:
        """Name, birth and a number: what only they, and we, should know together."""
        return all(clue.agrees for clue in (self.clues[1], self.clues[3], self.clues[4]))

    @property
    def may_be_vouched_for(self) -> bool:
        """Both names, class and birth agree; a number that was given is not that of somebody else."""
        *said, number, _mail = self.clues
        return all(clue.agrees for clue in said) and number.agrees is not False


def clue(label: str | Promise, said: str, known: str, agrees: bool) -> Clue:
    return Clue(label, said, known, agrees if said and known else None)


def bare(number: str) -> str:
    """
    >>> bare("2100 4412"), bare("0123456789a")
    ('21004412', '0123456789A')
    """
    return "".join(number.split()).upper()


def candidates(claim: Claim) -> list[Candidate]:
    """Those who bear this number, those of this name, and those alike; whoever agrees most comes first."""
    number, policy = bare(claim.number), policy_in_force()
    said = {"given": claim.given, "family": claim.family, "born": claim.born, "studies": [{"year": claim.year}]}
    alike = resembling({**said, **dict.fromkeys(NUMBERS, number)})
    found = {person.pk: person for person in (*alike.same_keys, *alike.may_be_others)}
    told: dict[int, list[Record]] = {number: [] for number in found}
    for record in Record.objects.of(list(found)).spoken():
        told[record.person_id or 0].append(record)
    each_of_them = (Candidate(claim, person, policy, told[person.pk]) for person in found.values())
    ordered = sorted(each_of_them, key=lambda each: -each.agreeing)
    return ordered[:MOST]
