"""Whom a line resembles, as the page of a waiting line shows it: side by side, why, and what each field weighs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from lierre.foundation.charts.waterfall import Rise, Waterfall
from lierre.people.fold.text import folded
from lierre.people.json_text import parsed
from lierre.people.models import LineMatch, LineTwin, MatchingRule, Person, QuarantinedLine
from lierre.people.models.merge import standing_ids
from lierre.people.readings.wording import SEXES, date_in_words
from lierre.people.reconciling.answering_twins import persons_of
from lierre.people.reconciling.columns import line_of
from lierre.people.reconciling.reading import persons
from lierre.people.reconciling.reasons import OTHERS, START, bits_of, reasons_of

Words = str | Promise
# What a field is called; how a sentence says that it agrees, nearly agrees, differs.
WORDS: Final[dict[str, tuple[Words, Words, Words, Words]]] = {
    START: (gettext_lazy("By chance"), "", "", ""),
    OTHERS: (gettext_lazy("Who else it may be"), "", "", ""),
    "given": (
        gettext_lazy("Given name"), gettext_lazy("same given name"), gettext_lazy("given name nearly the same"),
        gettext_lazy("another given name"),
    ),
    "family": (
        gettext_lazy("Name"), gettext_lazy("same name"), gettext_lazy("name nearly the same"), gettext_lazy("another name"),
    ),
    "date": (
        gettext_lazy("Birth"), gettext_lazy("same day of birth"), gettext_lazy("day of birth nearly the same"),
        gettext_lazy("another day of birth"),
    ),
    "email": (
        gettext_lazy("E-mail"), gettext_lazy("same e-mail"), gettext_lazy("e-mail nearly the same"),
        gettext_lazy("another e-mail"),
    ),
    "embedded": (
        gettext_lazy("Name in the e-mail"), gettext_lazy("the e-mail holds the other name"),
        gettext_lazy("the e-mail holds the other name"), gettext_lazy("the e-mail does not hold the other name"),
    ),
    "born": (
        gettext_lazy("Year in the e-mail"), gettext_lazy("the e-mail holds the year of birth"), "",
        gettext_lazy("the e-mail holds another year"),
    ),
    "year": (
        gettext_lazy("Class year"), gettext_lazy("same class year"), gettext_lazy("class year nearly the same"),
        gettext_lazy("another class year"),
    ),
    "degree": (
        gettext_lazy("Degree"), gettext_lazy("same degree"), gettext_lazy("degree nearly the same"),
        gettext_lazy("another degree"),
    ),
    "city": (
        gettext_lazy("City"), gettext_lazy("same city"), gettext_lazy("city nearly the same"), gettext_lazy("another city"),
    ),
    "employer": (
        gettext_lazy("Employer"), gettext_lazy("same employer"), gettext_lazy("employer nearly the same"),
        gettext_lazy("another employer"),
    ),
    "gender": (gettext_lazy("Civility"), gettext_lazy("same civility"), "", gettext_lazy("another civility")),
    "ine": (
        gettext_lazy("National number"), gettext_lazy("same national student number"), "",
        gettext_lazy("another national student number"),
    ),
    "student_number": (
        gettext_lazy("Student number"), gettext_lazy("same student number"), "", gettext_lazy("another student number"),
    ),
    "linkedin": (
        gettext_lazy("LinkedIn profile"), gettext_lazy("same LinkedIn profile"), "",
        gettext_lazy("another LinkedIn profile"),
    ),
    "birth_place": (
        gettext_lazy("Place of birth"), gettext_lazy("same place of birth"), "", gettext_lazy("another place of birth"),
    ),
    "phone": (gettext_lazy("Telephone"), gettext_lazy("same telephone"), "", gettext_lazy("another telephone")),
    "address": (gettext_lazy("Another e-mail"), gettext_lazy("an e-mail in common"), "", ""),
    "study": (gettext_lazy("Degree, year"), gettext_lazy("same degree the same year"), "", gettext_lazy("other studies")),
    "place": (gettext_lazy("Place"), gettext_lazy("same département"), "", gettext_lazy("another département")),
}  # fmt: skip
SAID: Final[dict[tuple[str, str], Words]] = {
    ("family", "rare"): gettext_lazy("same rare name"),
    ("family", "usage"): gettext_lazy("birth name of the one, usage name of the other"),
    ("family", "part"): gettext_lazy("a part of the name"),
    ("given", "short"): gettext_lazy("a short form of the given name"),
    ("given", "initial"): gettext_lazy("same initial"),
    ("given", "second"): gettext_lazy("another of their given names"),
    ("given", "swapped"): gettext_lazy("name and given name in each other’s place"),
    ("date", "inverted"): gettext_lazy("day and month of birth the other way round"),
    ("date", "same year"): gettext_lazy("same year of birth, another day"),
}
SAME: Final = {"exact", "all", "both", "same", "year of birth"}
DIFFERENT: Final = {"different", "absent", "another year"}
COLUMNS: Final = ("given", "family", "usage", "born", "sex", "email", "year", "degree", "employer", "city")
HEADS: Final[dict[str, Words]] = {
    **{name: WORDS[name][0] for name in ("given", "email", "year", "degree", "employer", "city")},
    "family": gettext_lazy("Birth name"), "usage": gettext_lazy("Usage name"),
    "born": gettext_lazy("Date of birth"), "sex": gettext_lazy("Civility"),
}  # fmt: skip


def label_of(name: str) -> str:
    return str(WORDS[name][0]) if name in WORDS else capfirst(name)


def fragment(name: str, level: str) -> str:
    """
    >>> fragment("family", "rare"), fragment("year", "one"), fragment("email", "different")
    ('same rare name', 'class year nearly the same', 'another e-mail')
    """
    if (name, level) in SAID:
        return str(SAID[name, level])
    _label, same, nearly, differs = WORDS.get(name, (name, "", "", ""))
    return str(same if level in SAME else differs if level in DIFFERENT else nearly)


def sentence(weights: Iterable[Sequence[Any]]) -> str:
    """
    What speaks for it, the weightiest first; then what speaks against it.

    >>> sentence([["start", "", -20], ["family", "exact", 12], ["year", "exact", 4], ["email", "different", -3]])
    'Same rare name, same class year; another e-mail.'
    """
    weights = [tuple(each) for each in weights]
    bits = {(name, level): worth for name, level, worth in weights}
    told = reasons_of(weights)
    worth = {name: value for (name, _level), value in bits.items()}
    pro = ", ".join(filter(None, (fragment(*each) for each in told if worth[each[0]] > 0)))
    contra = ", ".join(filter(None, (fragment(*each) for each in told if worth[each[0]] < 0)))
    if pro and contra:
        return capfirst(_("%(for_it)s; %(against)s.") % {"for_it": pro, "against": contra})
    return capfirst(f"{pro or contra}.") if pro or contra else _("Nothing weighs much.")


def drawn(match: LineMatch | LineTwin) -> Waterfall:
    rule = match.rule or MatchingRule()
    return Waterfall(
        title=_("What each field weighs"), unit=_("bits"), total_label=_("In all"),
        steps=[Rise(label_of(name), float(bits), name == START) for name, _level, bits in match.weights],
        threshold=round(float(bits_of(rule.link_from)), 1), below=pgettext_lazy("drawing", "asked"),
        beyond=pgettext_lazy("drawing", "linked alone"),
    )  # fmt: skip


def chances(probability: float) -> str:
    """
    A probability as people say it: never certain, in either direction.

    >>> chances(0.5), chances(0.97), chances(0.99996), chances(0.0004)
    ('5 chances in 10', '97 chances in 100', 'more than 999 chances in 1 000', 'less than 1 chance in 100')
    """
    if probability >= 0.9985:
        return _("more than 999 chances in 1 000")
    if probability >= 0.985:
        return _("%(count)d chances in 1 000") % {"count": round(probability * 1000)}
    if probability < 0.01:
        return _("less than 1 chance in 100")
    hundredths = round(probability * 100)
    if hundredths % 10 == 0:
        return ngettext("%(count)d chance in 10", "%(count)d chances in 10", hundredths // 10) % {
            "count": hundredths // 10
        }
    return ngettext("%(count)d chance in 100", "%(count)d chances in 100", hundredths) % {"count": hundredths}


@dataclass(frozen=True, slots=True)
class Resemblance:
    """One person whom the line resembles. `line`: the line of the same file that made them, when no other has."""

    match: LineMatch | LineTwin
    person: Person
    why: str
    line: int = 0

    @property
    def chances(self) -> str:
        return chances(self.match.probability)

    @property
    def drawing(self) -> Waterfall:
        return drawn(self.match)


@dataclass(frozen=True, slots=True)
class Row:
    """What the line says, and what is known of each; `same`: those who say the same, to the letter."""

    label: str
    said: str
    known: list[tuple[str, bool]]


class Resemblances:
    """Those whom one line resembles, as they are today."""

    def __init__(self, line: QuarantinedLine) -> None:
        self.line = line
        matches = list(LineMatch.objects.of_line(line.delivery_id, line.line).select_related("person", "rule"))
        for match in matches:
            match.delivery = line.delivery
        today = standing_ids([match.person_id for match in matches])
        people = Person.objects.in_bulk(set(today.values()))
        self.found = [
            Resemblance(match, people[today[match.person_id]], sentence(match.weights))
            for match in matches
            if today[match.person_id] in people
        ]
        twins = list(LineTwin.objects.of_line(line.delivery_id, line.line).select_related("rule"))
        theirs = persons_of(twins)
        known = {each.person for each in self.found}
        self.found += [
            Resemblance(twin, theirs[twin.pk], sentence(twin.weights), twin.other_line)
            for twin in twins
            if twin.pk in theirs and theirs[twin.pk] not in known
        ]
        self.lines = [twin.other_line for twin in twins if twin.pk not in theirs]  # that wait, or are not applied yet
        self.version = matches[0].model_id if matches else twins[0].model_id if twins else None

    def __bool__(self) -> bool:
        return bool(self.found or self.lines)

    @property
    def rows(self) -> list[Row]:
        """As they were compared: one value for each field."""
        said = line_of(parsed(self.line.facts)) if self.line.facts else {}
        numbers = [each.person.pk for each in self.found]
        table = persons(numbers)
        at = {int(number): place for place, number in enumerate(table.ids)}
        places = [at.get(number, -1) for number in numbers]
        rows = []
        for name in COLUMNS:
            column = table.columns[name]
            known = [column.distinct[column.codes[place]] if place >= 0 else "" for place in places]
            mine = said.get(name, "")
            if mine or any(known):
                told = [(shown(name, value), bool(mine) and folded(value) == folded(mine)) for value in known]
                rows.append(Row(str(HEADS[name]), shown(name, mine), told))
        return rows


def shown(name: str, value: str) -> str:
    if name == "born":
        return date_in_words(value) if value else ""
    return str(SEXES.get(value, "")) if name == "sex" else value
