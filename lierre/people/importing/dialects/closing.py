"""Closing a line: what several columns said of one number, study, position or address is put together."""

from typing import Any

from lierre.people.facts import Facts
from lierre.people.importing.values.codes import ine_of, level_of
from lierre.people.importing.values.contacts import department_of

Said = dict[str, Any]


def close(facts: Said) -> None:
    """Raises Misread when the national number, whose two parts may stand in two columns, is none."""
    ine = facts.pop("ine", "")
    facts.pop("phone_prefix", None)
    if study := facts.pop("study", None):
        close_study(facts, study)
    if position := facts.pop("position", None):
        close_position(facts, position)
    if place := facts.pop("place", None):
        close_address(facts, place)
    if ine and (found := ine_of(ine)):
        facts["ine"] = found


def close_study(facts: Said, study: Said) -> None:
    degree = study.get("degree", "")
    if not degree and "code" not in study and "year" not in study:
        return
    if degree and "level" not in study and (level := level_of(degree)):
        study["level"] = level
    facts["studies"] = [study]


def close_position(facts: Said, position: Said) -> None:
    """What is said to be the present job has no end, whatever the other column still says."""
    if position.pop("current", False):
        position.pop("ended", None)
    if function := position.pop("function", ""):
        position.setdefault("title", function)
    if position.get("employer") or position.get("title"):
        facts["positions"] = [position]


def close_address(facts: Said, place: Said) -> None:
    """An address is one line; where it is stands beside. Without a street it still tells a city."""
    postcode, city = place.get("postcode", ""), place.get("city", "")
    town = " ".join(filter(None, (postcode, city, place.get("cedex", ""))))
    line = place.get("line", "")
    value = f"{line}, {town}" if line and town else line or town
    if not value:
        return
    address = {"kind": "address", "value": value[:400]}
    for name in ("use", "city", "postcode", "country", "refused"):
        if name in place:
            address[name] = place[name]
    if postcode and place.get("country", "FR") == "FR" and (department := department_of(postcode)):
        address["department"] = department
    facts.setdefault("contacts", []).append(address)


def names_nobody(facts: Said) -> bool:
    """Neither a name nor anything by which a person could be found."""
    return not any(facts.get(name) for name in ("family", "usage", "student_number", "ine", "identifier"))


def as_facts(facts: Said) -> Facts:
    """What is said, without what is blank, nor a usage name that is the name of birth."""
    said = {name: value for name, value in facts.items() if value not in ("", [], {})}
    if "usage" in said and said["usage"].casefold() == said.get("family", "").casefold():
        del said["usage"]
    return said  # type: ignore[return-value]
