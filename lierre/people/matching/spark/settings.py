"""What was learnt, as settings of Splink: our fields and their levels, `m` and `u` where neither name agrees, our rarities."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from lierre.people.matching.model import Field, Model
from lierre.people.matching.schema import Schema
from lierre.people.matching.spark import levels
from lierre.people.matching.spark.levels import Said

LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Compared:
    """One field as Splink compares it. `reached`: our level for each of Splink's, from 0; `usual`: the `u` of each."""

    name: str
    place: str
    said: Said
    reached: tuple[int, ...]
    usual: tuple[float, ...]

    @property
    def has_rarity(self) -> bool:
        return any(one.rarity for one in self.said.levels)


def places(model: Model) -> dict[str, str]:
    """A word for each field: names of columns may hold anything."""
    return {
        name: name if ":" not in name else f"{name.partition(':')[0]}_{rank}" for rank, name in enumerate(model.fields)
    }


def compared(model: Model, schema: Schema) -> list[Compared]:
    """The fields that Spark can compare, in the order of the model."""
    words = places(model)
    found = []
    for name, field in model.fields.items():
        said = said_of(name, words, schema)
        if said is None:
            continue
        known = [level for level in said.levels if level.reached in field.levels]
        reached = [field.levels.index(level.reached) for level in known]
        # Splink counts from the worst: what remains, then the levels from the last.
        numbers = (0, *reversed(reached))
        usual = tuple(float(max(field.u[0, number], LEAST)) for number in numbers)
        found.append(Compared(name, words[name], Said(said.nothing, tuple(known)), numbers, usual))
    return found


def said_of(name: str, words: dict[str, str], schema: Schema) -> Said | None:
    kind, _mark, column = name.partition(":")
    day = next((place for other, place in words.items() if other.startswith("date:")), "")
    if name in ("given", "family"):
        return levels.given(schema) if name == "given" else levels.family(schema)
    if kind in ("embedded", "born"):
        place = words[f"email:{column}"]
        return levels.embedded(place, schema) if kind == "embedded" else levels.born(place, day)
    simple = {"date": levels.date, "year": levels.year, "email": levels.email, "gender": levels.gender}
    return simple.get(kind, levels.words)(words[name])


def settings(model: Model, fields: list[Compared]) -> dict[str, Any]:
    """For `Linker`, and to be kept as JSON."""
    odds = model.share / model.lines
    return {
        "link_type": "link_only",
        "probability_two_random_records_match": odds / (1 + odds),
        "comparisons": [comparison(one, model.fields[one.name]) for one in fields],
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": ["origin", "context"],
    }


def comparison(one: Compared, field: Field) -> dict[str, Any]:
    m, u = (np.maximum(table, LEAST) for table in (field.m[0], field.u[0]))
    made: list[dict[str, Any]] = [
        {"sql_condition": one.said.nothing, "label_for_charts": "nothing can be told", "is_null_level": True}
    ]
    for level in one.said.levels:
        number = field.levels.index(level.reached)
        told: dict[str, Any] = {
            "sql_condition": level.condition, "label_for_charts": level.reached, "m_probability": float(m[number]),
            "u_probability": float(u[number]),
        }  # fmt: skip
        if level.rarity and field.rare[number]:
            told |= {"tf_adjustment_column": level.rarity, "disable_tf_exact_match_detection": True}
        made.append(told)
    made.append({
        "sql_condition": "ELSE", "label_for_charts": field.levels[0], "m_probability": float(m[0]), "u_probability": float(u[0]),
    })  # fmt: skip
    return {"output_column_name": one.place, "comparison_levels": made}


def rarities(fields: list[Compared]) -> list[str]:
    """The columns that say what a shared value is worth."""
    return sorted({level.rarity for one in fields for level in one.said.levels if level.rarity})
