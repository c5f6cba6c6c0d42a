"""What is known of somebody, to take away: everything with its witnesses, the values as a table, a JSON Resume."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.people.facts import AUDIENCES
from lierre.people.fold.visibility import audiences_of
from lierre.people.readings.apparatus import Reading
from lierre.people.readings.choices import families
from lierre.people.readings.sheet import Sheet
from lierre.people.readings.wording import seers_in_words

FORMAT: Final = "lierre.person/1"
SCHEMA: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
HEADER: Final = (
    gettext_lazy("Value"), gettext_lazy("What is known"), gettext_lazy("Who said it"), gettext_lazy("Since"),
    gettext_lazy("Who may see it"), gettext_lazy("Other testimonies"),
)  # fmt: skip


def readings(sheet: Sheet) -> Iterator[Reading]:
    """Every value of the page, in its order."""
    for chapter in (
        sheet.today,
        sheet.identity,
        sheet.civil,
        sheet.studies,
        sheet.contacts,
        sheet.profile,
        sheet.states,
    ):
        yield from chapter


def table(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """One line per value."""
    for reading in readings(sheet):
        witness = reading.witness
        yield (
            reading.label, reading.text, witness.name if witness else "",
            witness.asserted_on.isoformat() if witness else "", seers_in_words(sheet.seers(reading.name)),
            " | ".join(f"{rival.witness.name}: {rival.text}" for rival in reading.rivals),
        )  # fmt: skip


def everything(sheet: Sheet) -> dict[str, Any]:
    """All that is held, with each witness, in a form that another program reads."""
    return {
        "format": FORMAT,
        "taken_at": timezone.now().isoformat(timespec="seconds"),
        "person": {"identifier": sheet.person.public_id, "name": str(sheet.person)},
        "values": [value(sheet, reading) for reading in readings(sheet)],
        "who_sees_what": {family: list(audiences_of(sheet.folded.values, family)) for family in families()},
        "audiences": {name: str(label) for name, label in AUDIENCES.items()},
        "testimonies": [
            {
                "source": record.source.name, "kind": record.source.kind, "asserted_on": record.asserted_on.isoformat(),
                "came_in": sheet.witnesses[record.pk].came_in, "reason": record.reason, "facts": record.said,
                "as_it_came": record.original,
            }
            for record in sheet.records
        ],
    }  # fmt: skip


def value(sheet: Sheet, reading: Reading) -> dict[str, Any]:
    witness = reading.witness
    return {
        "name": reading.name, "label": reading.label, "value": reading.text,
        "source": witness.name if witness else "", "since": witness.asserted_on.isoformat() if witness else "",
        "seen_by": sheet.seers(reading.name),
        "other_testimonies": [
            {
                "value": rival.text, "source": rival.witness.name, "since": rival.witness.asserted_on.isoformat(),
                "why_not": rival.why,
            }
            for rival in reading.rivals
        ],
    }  # fmt: skip


def resume(sheet: Sheet) -> dict[str, Any]:
    """JSON Resume 1.0.0: a curriculum that other tools open, and that this house reads back."""
    values = sheet.folded.values
    points: list[dict[str, Any]] = [dict(each) for each, _by in sheet.folded.contacts if not each.get("refused")]
    first = {
        kind: next((each for each in points if each["kind"] == kind), {}) for kind in ("email", "phone", "address")
    }
    address = first["address"]
    basics = {
        "name": str(sheet.person), "label": values.get("headline"), "summary": values.get("summary"),
        "email": first["email"].get("value"), "phone": first["phone"].get("value"),
        "url": values.get("website"),
        "location": filled({
            "address": address.get("value"), "postalCode": address.get("postcode"), "city": address.get("city"),
            "countryCode": address.get("country"),
        }),
        "profiles": [{"network": "LinkedIn", "url": values["linkedin"]}] if "linkedin" in values else [],
    }  # fmt: skip
    return filled({
        "$schema": SCHEMA,
        "basics": filled(basics),
        "work": [
            filled({
                "name": each.get("employer"), "position": each.get("title"), "location": each.get("city"),
                "startDate": each.get("started"), "endDate": each.get("ended"),
            })
            for each, _by in sheet.folded.positions
        ],
        "education": [
            filled({
                "institution": each.get("school") or each.get("unit"), "studyType": each.get("degree") or each.get("code"),
                "startDate": each.get("started"), "endDate": each.get("ended") or str(each.get("year", "")),
                "score": each.get("honours"),
            })
            for each, _by in sheet.folded.studies
        ],
        "skills": [{"name": name} for name in values.get("skills", ())],
        "languages": [
            filled({"language": each.get("name"), "fluency": each.get("level")}) for each in values.get("languages", ())
        ],
        "certificates": [{"name": name} for name in values.get("certifications", ())],
        "meta": {"lastModified": timezone.localdate().isoformat(), "canonical": _("Taken from the record of the school")},
    })  # fmt: skip


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what nobody said."""
    return {name: held for name, held in values.items() if held not in (None, "", [], {})}
