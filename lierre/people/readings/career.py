"""The career, read from the top: positions and degrees by year, a full leaf for what the person said herself."""

from dataclasses import dataclass

from lierre.people.facts import SOURCE_KINDS
from lierre.people.fold import Folded
from lierre.people.readings.apparatus import Apparatus
from lierre.people.readings.wording import place_in_words, span_in_words, study_in_words, title_of

OWN = frozenset({"member", "archive"})


@dataclass(frozen=True, slots=True)
class Step:
    """One leaf of the stem. `source` is said only when the person never confirmed it."""

    when: str
    title: str
    where: str
    source: str = ""


def career(apparatus: Apparatus, *, positions: bool, studies: bool, places: bool) -> list[Step]:
    """What the viewer may see of it; the latest first."""
    steps: list[tuple[str, Step]] = []
    if positions:
        steps += position_steps(apparatus, places)
    if studies:
        steps += study_steps(apparatus.person)
    return [step for _when, step in sorted(steps, key=lambda pair: pair[0], reverse=True)]


def position_steps(apparatus: Apparatus, places: bool) -> list[tuple[str, Step]]:
    steps = []
    for position, record_id in apparatus.person.positions:
        where = [position.get("employer", ""), place_in_words(position) if places else ""]
        kind = apparatus.by_number[record_id].kind
        order = "9999" if not position.get("ended") else position["ended"]
        title = title_of(position) or position.get("employer", "")
        source = "" if kind in OWN else str(SOURCE_KINDS[kind])
        steps.append((
            f"{order} {position.get('started', '')}",
            Step(span_in_words(position), title, ", ".join(filter(None, where)), source),
        ))  # fmt: skip
    return steps


def study_steps(person: Folded) -> list[tuple[str, Step]]:
    """Degrees are the school's to say: they need no confirmation."""
    steps = []
    for study, _record_id in person.studies:
        year = str(study.get("year", ""))
        where = study.get("school") or study.get("unit", "")
        steps.append((year, Step(year, study.get("degree") or study_in_words(study), where)))
    return steps
