"""A starting set in French, carried by the product: an empty charter teaches nothing. Each institution makes it its own."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from lierre.publishing.charter.changing import write_rule
from lierre.publishing.models import Rule


@cache
def starting_set() -> tuple[dict[str, Any], ...]:
    text = (files("lierre.publishing") / "data" / "charter.fr.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


def missing() -> list[dict[str, Any]]:
    """Those that were never taken: one that was archived is not offered again."""
    taken = set(Rule.objects.exclude(origin="").values_list("origin", flat=True))
    return [each for each in starting_set() if each["origin"] not in taken]


def start(*, by: Any) -> int:
    """Take what is missing, as rules of the institution. Answers how many."""
    rules = missing()
    for each in rules:
        fields = {name: value for name, value in each.items() if name != "origin"}
        write_rule(fields, by=by, origin=each["origin"])
    return len(rules)
