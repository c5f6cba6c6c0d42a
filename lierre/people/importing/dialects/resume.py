"""JSON Resume, the open format of a CV, version 1."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lierre.people.faults import Fault
from lierre.people.importing.dialects.json_shape import shape_of
from lierre.people.importing.dialects.saying import MOST, Telling, line_of
from lierre.people.importing.reading import LIMITS, document_bytes
from lierre.people.importing.statement import Statement
from lierre.people.importing.table import Document
from lierre.people.importing.values.names import split_name


class Resume:
    """One CV, one statement."""

    name = "json-resume"
    label: str | Promise = _("JSON Resume")
    source_kind = "archive"
    order = 10

    def recognises(self, document: Document) -> float:
        return float(document.kind == "json" and "basics" in shape_of(document).top)

    def statements(self, document: Document) -> Iterator[Statement | Fault]:
        if document.size > LIMITS.document:
            yield Fault("too_large", 0, value=document.name)
            return
        with document_bytes(document) as stream:
            cv = json.load(stream)
        said = Telling()
        tell_basics(said, mapping(cv.get("basics")))
        tell_history(said, cv)
        facts = said.close()
        if not facts:
            yield Fault("empty", 0, value=document.name)
            return
        modified = said.date(line_of(mapping(cv.get("meta")).get("lastModified")), "meta.lastModified")
        yield Statement(1, cv, facts, modified if len(modified) == len("2026-05-18") else "", tuple(said.doubts))

    def left_aside(self, document: Document) -> list[str]:  # noqa: ARG002 - it holds one CV and nothing else
        return []


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)][:MOST] if isinstance(value, list) else []


def tell_basics(said: Telling, basics: Mapping[str, Any]) -> None:
    if name := line_of(basics.get("name")):
        given, family = split_name(name)
        said.put("given", given.replace(",", " "), "basics.name")
        said.put("family", family, "basics.name")
    place = mapping(basics.get("location"))
    said.put_all(
        (
            ("headline", line_of(basics.get("label")), "basics.label"),
            ("summary", basics.get("summary") if isinstance(basics.get("summary"), str) else "", "basics.summary"),
            ("contacts.email", line_of(basics.get("email")), "basics.email"),
            ("contacts.phone", line_of(basics.get("phone")), "basics.phone"),
            ("website", line_of(basics.get("url")), "basics.url"),
            ("contacts.address", line_of(place.get("address")), "basics.location.address"),
            ("contacts.postcode", line_of(place.get("postalCode")), "basics.location.postalCode"),
            ("contacts.city", line_of(place.get("city")), "basics.location.city"),
            ("contacts.country", line_of(place.get("countryCode")), "basics.location.countryCode"),
        )
    )
    for profile in mappings(basics.get("profiles")):
        if line_of(profile.get("network")).lower() == "linkedin":
            said.put("linkedin", line_of(profile.get("url")), "basics.profiles")


def tell_history(said: Telling, cv: Mapping[str, Any]) -> None:
    for job in mappings(cv.get("work")):
        said.add_position(
            line_of(job.get("name") or job.get("company")),
            line_of(job.get("position")),
            said.date(job.get("startDate"), "work.startDate"),
            said.date(job.get("endDate"), "work.endDate"),
            city=line_of(job.get("location")).partition(",")[0][:100],
        )
    for study in mappings(cv.get("education")):
        degree = f"{line_of(study.get('studyType'))} {line_of(study.get('area'))}".strip()
        started, ended = (said.date(study.get(name), f"education.{name}") for name in ("startDate", "endDate"))
        said.add_study(degree, started, ended, school=line_of(study.get("institution")))
    for language in mappings(cv.get("languages")):
        said.add_language(line_of(language.get("language")), line_of(language.get("fluency")))
    for each in mappings(cv.get("certificates")):
        obtained = said.date(each.get("date"), "certificates.date")
        said.add_certification(line_of(each.get("name")), line_of(each.get("issuer")), obtained)
    skills = dict.fromkeys(line_of(skill.get("name"), 120) for skill in mappings(cv.get("skills")))
    said.facts["skills"] = [skill for skill in skills if skill]


ALL: Final = (Resume(),)
