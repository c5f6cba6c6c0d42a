"""The levels of agreement of `comparisons`, said in the SQL of Spark over what `written` writes. `{x}` is a column's word."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lierre.people.matching.columns.naming import PARTS
from lierre.people.matching.schema import Schema
from lierre.people.matching.side import NAMES


@dataclass(frozen=True, slots=True)
class Level:
    """`reached`: the level of ours that it stands for; `rarity`: the column that says what the shared value is worth."""

    reached: str
    condition: str
    rarity: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One field: when nothing can be told, then its levels from the best; the worst is what remains."""

    nothing: str
    levels: tuple[Level, ...]


GIVEN: Final = (
    Level("all", "given_l = given_r AND second_l = second_r", "r_all"),
    Level("exact", "given_l = given_r", "r_given"),
)
HEARD: Final = (
    ("sound", "jaro_winkler({a}_text_l, {b}_text_r) >= 0.7 AND {a}_sound_l = {b}_sound_r AND {short} >= {least}"),
    ("edit", "jaro_winkler({a}_text_l, {b}_text_r) >= 0.7 AND damerau_levenshtein({a}_text_l, {b}_text_r) <= 1"
             " AND {short} >= 3"),
)  # fmt: skip
SHORT: Final = "least(length({a}_text_l), length({b}_text_r))"
INITIAL: Final = "{short} = 1 AND substr({a}_text_l, 1, 1) = substr({b}_text_r, 1, 1)"
BEGINNING: Final = "{short} >= 3 AND (startswith({a}_text_l, {b}_text_r) OR startswith({b}_text_r, {a}_text_l))"


def named(schema: Schema) -> tuple[set[str], set[str]]:
    """Which columns of names each side has."""
    words = {kind: name for name, kind in NAMES.items()}
    left, right = ({words[kind] for kind in side.values() if kind in words} for side in (schema.left, schema.right))
    return left, right


def filled(condition: str, one: str, other: str, least: int = 3) -> str:
    short = SHORT.format(a=one, b=other)
    return condition.format(a=one, b=other, short=short, least=least)


def swaps(schema: Schema) -> Iterator[tuple[str, str]]:
    left, right = named(schema)
    for one in ("family", "usage"):
        for other in ("family", "usage"):
            if one in left and other in right:
                yield one, other


def swapped(one: str, other: str) -> str:
    return f"(given_core_l = {other}_r AND {one}_l = given_core_r)"


def half(one: str, other: str) -> str:
    return f"(given_core_l = {other}_r OR {one}_l = given_core_r)"


def given(schema: Schema) -> Said:
    left, right = named(schema)
    levels = list(GIVEN)
    for one, other in swaps(schema):
        levels.append(Level("swapped", swapped(one, other), "r_swapped" if other == "family" else "r_swapped_usage"))
    if "family" in left & right:
        apart = unlike(schema)
        for one, other in swaps(schema):
            levels.append(Level("crossed", f"given_core_l = {other}_r AND {apart}", f"r_{other}"))
            levels.append(Level("crossed", f"{one}_l = given_core_r AND {apart}", "r_given"))
    levels += parts("given", "given")
    if "others" in right:
        levels.append(Level("second", "given_l = others_r", "r_others"))
    if "others" in left:
        levels.append(Level("second", "others_l = given_r", "r_given"))
    levels.append(Level("short", "array_contains(forms_l, given_r)", "r_either"))
    levels += [Level(name, filled(condition, "given", "given", 2)) for name, condition in HEARD]
    levels += [
        Level("beginning", filled(BEGINNING, "given", "given")),
        Level("initial", filled(INITIAL, "given", "given")),
    ]
    levels.append(Level("close", "jaro_winkler(given_text_l, given_text_r) >= 0.86"))
    return Said("given_l IS NULL OR given_r IS NULL", tuple(levels))


def unlike(schema: Schema) -> str:
    """Neither name is nearly that of the other line: then half of an exchange is a mistake, not a family."""
    near = " OR ".join(f"jaro_winkler({one}_text_l, {other}_text_r) >= 0.88" for one, other in swaps(schema))
    return f"NOT coalesce(jaro_winkler(given_text_l, given_text_r) >= 0.86, false) AND NOT coalesce({near}, false)"


def parts(one: str, other: str, condition: str = "") -> Iterator[Level]:
    """A part in common, one level for each part of the base, since each is worth something else."""
    for rank in reversed(range(PARTS)):
        shared = f"array_contains({one}_parts_l, element_at({other}_parts_r, {rank + 1}))"
        yield Level("part", f"{shared}{condition}", f"r_{other}_{rank}")


def family(schema: Schema) -> Said:
    pairs = list(swaps(schema))
    left, right = named(schema)
    levels: list[Level] = []
    if "usage" in right:
        levels.append(Level("both", both("l", "r"), "r_both"))
    if "usage" in left:
        levels.append(Level("both", both("r", "l"), "r_both"))
    for one, other in sorted(pairs, key=lambda pair: pair[0] != pair[1]):
        level = "exact" if one == other else "usage"
        levels.append(Level(level, f"({one}_l = {other}_r OR {one}_full_l = {other}_full_r)", f"r_{other}"))
    for one, other in pairs:
        several = f" AND (element_at({one}_parts_l, 2) IS NOT NULL OR element_at({other}_parts_r, 2) IS NOT NULL)"
        levels += parts(one, other, several)
    for name, condition in (*HEARD, ("initial", INITIAL)):
        levels += [Level(name, filled(condition, one, other)) for one, other in pairs]
    levels += [Level("close", f"jaro_winkler({one}_text_l, {other}_text_r) >= 0.88") for one, other in pairs]
    nothing = " AND ".join(f"({one}_l IS NULL OR {other}_r IS NULL)" for one, other in pairs)
    if "given" in left & right:  # said once, on the given name
        exchanged = " OR ".join(swapped(one, other) for one, other in pairs)
        crossed = " OR ".join(half(one, other) for one, other in pairs)
        nothing += f" OR (NOT given_l <=> given_r AND ({exchanged} OR (({crossed}) AND {unlike(schema)})))"
    return Said(nothing, tuple(levels))


def both(here: str, there: str) -> str:
    """“Potestat-Gros” where the other line has Potestat, married Gros."""
    one, two = f"element_at(family_parts_{here}, 1)", f"element_at(family_parts_{here}, 2)"
    birth, first = f"element_at(family_parts_{there}, 1)", f"element_at(usage_parts_{there}, 1)"
    married = f"if({first} = {birth}, element_at(usage_parts_{there}, 2), {first})"
    either = f"({one} = {birth} AND {two} = {married}) OR ({two} = {birth} AND {one} = {married})"
    return f"{two} IS NOT NULL AND {birth} <> {married} AND ({either})"


def date(x: str) -> Said:
    year, month, day = (f"{x}_{end}_l = {x}_{end}_r" for end in "ymd")
    partial = f"({x}_d_l = 0 OR {x}_d_r = 0)"
    unsaid = f"({x}_m_l = 0 OR {x}_m_r = 0)"
    two = f"int({year}) + int({month}) + int({day}) = 2"
    return Said(
        f"{x}_y_l = 0 OR {x}_y_r = 0",
        (
            Level("exact", f"NOT {partial} AND {year} AND {month} AND {day}"),
            Level("inverted", f"NOT {partial} AND {year} AND {x}_m_l = {x}_d_r AND {x}_d_l = {x}_m_r"),
            Level("two parts", f"NOT {partial} AND {two}"),
            Level("partial", f"{partial} AND {year} AND ({month} OR {unsaid})"),
            Level("same year", year),
        ),
    )


def year(x: str) -> Said:
    apart = f"abs({x}_y_l - {x}_y_r)"
    most = (("exact", 0), ("one", 1), ("two", 2), ("within five", 5))
    return Said(
        f"{x}_y_l = 0 OR {x}_y_r = 0", tuple(Level(name, f"{apart} <= {years}") for name, years in most)
    )  # fmt: skip


def email(x: str) -> Said:
    near = f"{x}_text_l IS NOT NULL AND {x}_text_r IS NOT NULL AND damerau_levenshtein({x}_text_l, {x}_text_r) <= 1"
    same = (("exact", ""), ("local", "_local"), ("letters", "_letters"))
    levels = [Level(name, f"{x}{end}_l = {x}{end}_r") for name, end in same]
    return Said(f"{x}_l IS NULL OR {x}_r IS NULL", (*levels, Level("near", near)))


def embedded(x: str, schema: Schema) -> Said:
    """Asked of a family name that is not the same while the given name is, and of a given name that is shortened."""
    left, right = named(schema)
    same = " OR ".join(f"{one}_l = {other}_r" for one, other in swaps(schema))
    near = " OR ".join(f"arrays_overlap({one}_parts_l, {other}_parts_r)" for one, other in swaps(schema))
    renamed = f"(family_l IS NOT NULL AND family_r IS NOT NULL AND NOT coalesce({same}, false) AND NOT coalesce({near}, false)"
    crossed = " OR ".join(half(one, other) for one, other in swaps(schema))
    renamed += f" AND NOT coalesce({crossed}, false) AND coalesce({called(schema)}, true))"
    shortened = f"(coalesce({same}, false) AND given_l <> given_r AND {called(schema)})"
    levels = [
        Level(
            level, f"{asked} AND contains({x}_text_{mails}, {name}_text_{names}) AND length({name}_text_{names}) >= 4"
        )
        for level, mails, names, here in (("ours in theirs", "r", "l", left), ("theirs in ours", "l", "r", right))
        for asked, said in ((renamed, ("family", "usage")), (shortened, ("given",)))
        for name in said
        if name in here
    ]
    unsaid = f"({x}_l IS NULL AND {x}_r IS NULL)"
    nothing = f"NOT ({renamed} OR {shortened}) OR {unsaid} OR coalesce({x}_letters_l = {x}_letters_r, false)"
    return Said(nothing, tuple(levels))


def called(schema: Schema) -> str:
    """Whether the two given names may be of one person, in whatever way."""
    ways = [
        "given_l = given_r", "jaro_winkler(given_text_l, given_text_r) >= 0.86", "array_contains(forms_l, given_r)",
        "arrays_overlap(given_parts_l, given_parts_r)", filled(INITIAL, "given", "given"), filled(BEGINNING, "given", "given"),
    ]  # fmt: skip
    if "others" in named(schema)[1]:
        ways.append("given_l = others_r")
    return f"({' OR '.join(f'({way})' for way in ways)})"


def born(x: str, day: str) -> Said:
    """The number at the end of an address, and the year of the other line; the date itself says more when both have one."""

    def one(mails: str, dates: str) -> tuple[str, str]:
        number, told = f"{x}_digits_{mails}", f"{day}_y_{dates}"
        short = f"(({number} BETWEEN 40 AND 99) OR ({number} BETWEEN 0 AND 12))"
        asked = f"({told} > 0 AND ({short} OR ({number} > 1930 AND {number} < 2015)))"
        return asked, f"({asked} AND ({number} = {told} % 100 OR {number} = {told}))"

    (asked, right), (other, also) = one("l", "r"), one("r", "l")
    dated = f"({day}_y_l > 0 AND {day}_y_r > 0)"
    same = f"coalesce({x}_l = {x}_r OR {x}_local_l = {x}_local_r, false)"
    nothing = f"NOT ({asked} OR {other}) OR {dated} OR {same}"
    return Said(nothing, (Level("year of birth", f"if({asked}, {right}, {also})"),))


def words(x: str) -> Said:
    a, b = f"{x}_parts_l", f"{x}_parts_r"
    kept = f"filter({x}_bits_l, (bits, place) -> array_contains({b}, element_at({a}, place + 1)))"
    shared = f"aggregate({kept}, CAST(0 AS DOUBLE), (total, bits) -> total + bits)"
    # Splink sees no column inside a function of a function: it is told of them before.
    ratio = f"size({a}) > 0 AND size({b}) > 0 AND {shared} / greatest({x}_sum_l + {x}_sum_r - {shared}, 0.001)"
    edit = f"jaro_winkler({x}_text_l, {x}_text_r) >= 0.8 AND damerau_levenshtein({x}_text_l, {x}_text_r) <= 2"
    vague = f"({x}_l <> {x}_r AND ({x}_about_l IS NULL OR {x}_about_r IS NULL))"
    return Said(
        f"{x}_l IS NULL OR {x}_r IS NULL OR {vague}",
        (
            Level("exact", f"{x}_l = {x}_r", f"r_{x}"),
            Level("other level", f"{x}_about_l = {x}_about_r AND {x}_reached_l <> {x}_reached_r", f"r_{x}_about"),
            Level("about", f"{x}_about_l = {x}_about_r", f"r_{x}_about"),
            Level("edit", edit),
            Level("most words", f"{ratio} >= 0.55"),
            Level("some words", f"{ratio} >= 0.2"),
        ),
    )


def gender(x: str) -> Said:
    return Said(f"{x}_l IS NULL OR {x}_r IS NULL", (Level("same", f"{x}_l = {x}_r"),))
