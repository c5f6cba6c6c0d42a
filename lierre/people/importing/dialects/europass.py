"""
Europass CVs: the XML of today's editor (Candidate), also carried by its PDFs, and that of the one before (SkillsPassport).

No schema of the first can be had, so names are looked for without their namespaces, wherever they stand.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element  # only the type: what is parsed goes through defusedxml

import defusedxml.ElementTree
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.faults import Fault
from lierre.people.importing.dialects import passport
from lierre.people.importing.dialects.elements import inside, local, raw_of, text_at, within
from lierre.people.importing.dialects.saying import Telling
from lierre.people.importing.reading import document_bytes
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Document
from lierre.people.importing.values.languages import MOTHER_TONGUE, language_of, levels_of

ROOTS: Final = frozenset({"Candidate", "SkillsPassport", "LearnerInfo"})
CHANNELS: Final = {"email": "contacts.email", "telephone": "contacts.phone", "phone": "contacts.phone"}

ADDRESS: Final = {
    "AddressLine": "contacts.address", "PostalCode": "contacts.postcode", "CityName": "contacts.city",
    "CountryCode": "contacts.country",
}  # fmt: skip


class Europass:
    """One CV, one statement."""

    name = "europass"
    label: str | Promise = _("Europass CV")
    source_kind = "archive"
    order = 10

    def recognises(self, document: Document) -> float:
        return float(document.kind == "xml" and local(root_of(document)) in ROOTS)

    def statements(self, document: Document) -> Iterator[Statement | Fault]:
        root = root_of(document)
        said = Telling()
        if local(root) == "Candidate":
            tell_candidate(said, root)
        else:
            passport.tell(said, root)
        facts = said.close()
        if not facts:
            yield Fault("empty", 0, value=document.name)
            return
        yield Statement(1, raw_of(root), facts, doubts=tuple(said.doubts))

    def left_aside(self, document: Document) -> list[str]:  # noqa: ARG002 - it holds one CV and nothing else
        return []


def root_of(document: Document) -> Element:
    with document_bytes(document) as stream:
        found: Element = defusedxml.ElementTree.parse(stream, forbid_dtd=True).getroot()
    return found


def tell_candidate(said: Telling, root: Element) -> None:
    for person in inside(root, "CandidatePerson"):
        said.put("given", text_at(person, "GivenName").replace(",", " "), "GivenName")
        said.put("family", text_at(person, "FamilyName"), "FamilyName")
        said.put("born", text_at(person, "BirthDate"), "BirthDate")
        said.put("nationality", text_at(person, "NationalityCode"), "NationalityCode")
        for communication in inside(person, "Communication"):
            tell_channel(said, communication)
    said.put("summary", text_at(root, "ExecutiveSummary"), "ExecutiveSummary")
    for person in inside(root, "CandidatePerson"):
        for code in within(person, "PrimaryLanguageCode"):
            said.add_language(language_of(code.text or ""), MOTHER_TONGUE)
    for competency in within(root, "PersonCompetency"):
        tell_language(said, competency)
    for employer in within(root, "EmployerHistory"):
        for position in inside(employer, "PositionHistory"):
            tell_position(said, employer, position)
    for study in within(root, "EducationOrganizationAttendance"):
        said.add_study(
            text_at(study, "DegreeName"),
            said.date(text_at(study, "StartDate"), "StartDate"),
            said.date(text_at(study, "EndDate"), "EndDate"),
            school=text_at(study, "OrganizationName"),
        )


def tell_channel(said: Telling, communication: Element) -> None:
    """An e-mail, a phone whose country stands apart, or an address, which has no channel."""
    for address in inside(communication, "Address"):
        for name, meaning in ADDRESS.items():
            said.put(meaning, text_at(address, name), name)
    target = CHANNELS.get(text_at(communication, "ChannelCode").lower())
    number, country = text_at(communication, "DialNumber"), text_at(communication, "CountryDialing").lstrip("+0")
    if number and country and not number.startswith(("+", "00")):
        number = f"+{country}{number.lstrip('0')}"
    if target:
        said.put(target, text_at(communication, "URI") or number, "Communication")


def tell_language(said: Telling, competency: Element) -> None:
    """One of the competencies, when its taxonomy is of languages: a score for listening, reading, speaking, writing."""
    if "language" in text_at(competency, "TaxonomyID").lower():
        name = language_of(text_at(competency, "CompetencyID")) or text_at(competency, "CompetencyName")
        scores = (text_at(each, "ScoreText") for each in within(competency, "CompetencyDimension"))
        said.add_language(name, levels_of(scores))


def tell_position(said: Telling, employer: Element, position: Element) -> None:
    said.add_position(
        text_at(employer, "OrganizationName"),
        text_at(position, "PositionTitle"),
        said.date(text_at(position, "StartDate"), "StartDate"),
        "" if text_at(position, "CurrentIndicator") == "true" else said.date(text_at(position, "EndDate"), "EndDate"),
        city=(text_at(position, "City") or text_at(employer, "CityName"))[:100],
        country=said.country(text_at(position, "Country") or text_at(employer, "CountryCode")),
    )


ALL: Final = (Europass(),)
