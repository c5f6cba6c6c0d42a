"""Splink 5 on DuckDB, answering the same command: `python with_splink.py batch --task … --left … --schema … --out …`.

Runs in an environment of its own (`uv pip install splink`), and imports nothing of ours. Settings come from the types of the
columns alone, the same for every set: what somebody who knows Splink would write, with term frequencies and swapped names.
"""

import argparse
import json
from itertools import combinations
from typing import Any

SEEN_AS = {
    "given_name": "given", "family_name": "family", "family_name_alt": "other_family", "date": "born", "email": "email",
    "year": "year", "city": "city", "employer": "employer", "degree": "degree", "text": "text", "code": "code",
    "number": "number",
}  # fmt: skip


def columns_of(side: dict[str, str]) -> dict[str, str]:
    """Ours → that of the file. Several columns of one type are numbered."""
    found: dict[str, str] = {}
    for column, kind in side.items():
        if name := SEEN_AS.get(kind):
            number = sum(known.split("__")[0] == name for known in found)
            found[f"{name}__{number}" if number else name] = column
    return found


def cleaned(name: str, column: str) -> str:
    kind = name.split("__")[0]
    if kind == "born":
        return f"nullif(regexp_replace(\"{column}\", '^([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})$', '\\1-\\2-\\3'), '')"
    plain = f'lower(strip_accents(trim("{column}")))'
    if kind in {"given", "family", "other_family"}:
        plain = f"trim(regexp_replace({plain}, '[^a-z]+', ' ', 'g'))"
    return f"nullif({plain}, '')"


def load(connection: Any, table: str, path: str, ours: dict[str, str], every: list[str]) -> None:
    cells = [f"{cleaned(name, ours[name])} AS {name}" if name in ours else f"NULL::VARCHAR AS {name}" for name in every]
    connection.execute(
        f"CREATE TABLE {table} AS SELECT id AS unique_id, {', '.join(cells)} FROM read_csv('{path}', all_varchar=true)"
    )


def names(every: list[str]) -> list[Any]:
    """Family names are also sought among those of usage, and exchanged with the given name."""
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    family: list[Any] = [levels.NullLevel("family"), levels.ExactMatchLevel("family", term_frequency_adjustments=True)]
    if "other_family" in every:
        either = "family_l = other_family_r OR other_family_l = family_r"
        family.append(levels.CustomLevel(either, label_for_charts="the other family name"))
    family += [
        levels.JaroWinklerLevel("family", 0.92),
        levels.CustomLevel("contains(family_l, family_r) OR contains(family_r, family_l)"),
        levels.CustomLevel("family_l = given_r AND given_l = family_r", label_for_charts="exchanged").configure(
            u_probability=1e-6
        ),
        levels.JaroWinklerLevel("family", 0.8),
        levels.ElseLevel(),
    ]
    given: list[Any] = [
        levels.NullLevel("given"),
        levels.ExactMatchLevel("given", term_frequency_adjustments=True),
        levels.JaroWinklerLevel("given", 0.92),
        levels.CustomLevel("starts_with(given_l, given_r) OR starts_with(given_r, given_l)"),
        levels.CustomLevel("family_l = given_r AND given_l = family_r", label_for_charts="exchanged").configure(
            u_probability=1e-6
        ),
        levels.JaroWinklerLevel("given", 0.8),
        levels.ElseLevel(),
    ]
    return [
        library.CustomComparison(family, output_column_name="family"),
        library.CustomComparison(given, output_column_name="given"),
    ]


def comparisons(every: list[str]) -> list[Any]:
    import splink.comparison_library as library

    found = names(every)
    for name in every:
        kind = name.split("__")[0]
        if kind == "born":
            found.append(library.DateOfBirthComparison(name, input_is_string=True))
        elif kind == "email":
            # Its own comparison of e-mails looks at the name before the @ too: here that repeats the person's names.
            found.append(library.LevenshteinAtThresholds(name, [1]))
        elif kind == "year":
            found.append(years(name))
        elif kind in {"code", "number"}:
            found.append(library.LevenshteinAtThresholds(name, [1, 2]))
        elif kind in {"city", "employer", "degree", "text"}:
            found.append(library.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True))
    return found


def years(name: str) -> Any:
    import splink.comparison_level_library as levels
    import splink.comparison_library as library

    apart = f"abs(try_cast({name}_l AS INT) - try_cast({name}_r AS INT))"
    steps: list[Any] = [
        levels.NullLevel(name),
        levels.ExactMatchLevel(name),
        levels.CustomLevel(f"{apart} <= 1"),
        levels.CustomLevel(f"{apart} <= 3"),
        levels.ElseLevel(),
    ]
    return library.CustomComparison(steps, output_column_name=name)


def blocking(every: list[str]) -> list[Any]:
    """Pairs that share an e-mail, two name parts, or one name and something else that is precise."""
    from splink import block_on

    rules: list[Any] = [block_on("given", "family"), block_on("family", "substr(given, 1, 1)")]
    precise = [
        name for name in every if name.split("__")[0] in {"email", "born", "year", "city", "employer", "code", "degree"}
    ]
    rules += [block_on(name) for name in precise if name.split("__")[0] in {"email"}]
    rules += [block_on(part, name) for name in precise for part in ("given", "family") if name != "email"]
    rules += [block_on(one, other) for one, other in combinations(precise[:3], 2) if "born" in {one, other}]
    if "other_family" in every:
        rules += ["l.family = r.other_family AND substr(l.given, 1, 1) = substr(r.given, 1, 1)"]
    return [*rules, "l.given = r.family AND l.family = r.given"]


def run(task: str, left: str, right: str | None, schema: dict[str, Any], out: str) -> None:
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    one, other = columns_of(schema["left"]), columns_of(schema["right"])
    every = sorted({*one, *other} if right else set(one))
    connection = duckdb.connect()
    load(connection, "t_left", left, one, every)
    tables = ["t_left"]
    if right:
        load(connection, "t_right", right, other, every)
        tables.append("t_right")
    settings = SettingsCreator(
        link_type="dedupe_only" if task == "dedupe" else "link_only",
        comparisons=comparisons(every),
        blocking_rules_to_generate_predictions=blocking(every),
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection)
    frames = [api.register(table) for table in tables]
    linker = Linker(frames if right else frames[0], settings)
    linker.training.estimate_probability_two_random_records_match([block_on("given", "family")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (block_on("given", "family"), block_on("born") if "born" in every else block_on("family")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01)
    said = f"SELECT unique_id_l AS id_l, unique_id_r AS id_r, match_probability FROM {found.physical_name}"
    connection.execute(f"COPY ({said}) TO '{out}' (HEADER)")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("command", choices=["batch"])
    for name in ("task", "left", "right", "schema", "out"):
        asked.add_argument(f"--{name}")
    options = asked.parse_args()
    with open(options.schema, encoding="utf-8") as file:  # noqa: PTH123 this file knows no other
        schema = json.load(file)
    run(options.task, options.left, options.right, schema, options.out)


if __name__ == "__main__":
    main()
