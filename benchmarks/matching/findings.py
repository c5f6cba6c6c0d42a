"""Where an engine errs: `python -m benchmarks.matching.findings FOLDER PAIRS.csv [--examples 3] [--threshold 0.5]`.

Misses and wrong links of the best candidate of each line, by what makes the line hard and by the family of who is new.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.matching.known_answers import Answers, answers_of
from benchmarks.matching.scoring import best_of_each, read_pairs, score

FATES = ("right", "wrong person", "refused", "never proposed", "new linked", "new left alone")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one line."""

    line: str
    fate: str
    probability: float
    proposed: str  # who was thought the best
    expected: str  # who it was, "" when new


def fates(
    best: Mapping[str, tuple[float, bool, str]], answers: Answers, threshold: float, all_proposed: set[str]
) -> Iterator[Fate]:
    expected = dict(answers.true)
    for line in answers.lines:
        probability, right, proposed = best.get(line, (0.0, False, ""))
        linked = probability >= threshold
        if line not in expected:
            fate = "new linked" if linked else "new left alone"
        elif right:
            fate = "right" if linked else "refused"
        elif linked:
            fate = "wrong person"
        else:
            fate = "refused" if line in all_proposed else "never proposed"
        yield Fate(line, fate, probability, proposed, expected.get(line, ""))


def table(rows: Sequence[Fate], of: Callable[[Fate], Sequence[str]]) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for name in of(row):
            counts[name][row.fate] += 1
    print(f"{'':<28}{'lines':>8}" + "".join(f"{fate:>16}" for fate in FATES[:4]))
    worst = sorted(counts.items(), key=lambda item: item[1]["right"] / item[1].total())
    for name, count in worst:
        shares = "".join(f"{count[fate] / count.total():>15.1%} " for fate in FATES[:4])
        print(f"{name:<28}{count.total():>8}{shares}")


def table_of_new(rows: Sequence[Fate], answers: Answers) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        kinds = [noise for noise in answers.noise[row.line].split("+") if noise.startswith("is_")] or ["a stranger"]
        for kind in kinds:
            counts[kind][row.fate] += 1
    print(f"{'new persons':<28}{'lines':>8}{'linked':>10}")
    for kind, count in sorted(counts.items(), key=lambda item: -item[1]["new linked"]):
        print(f"{kind:<28}{count.total():>8}{count['new linked'] / count.total():>10.2%}")


def rows_by_number(path: Path, wanted: set[str]) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: " | ".join(list(row.values())[1:]) for row in csv.DictReader(file) if row["id"] in wanted}


def examples(rows: Sequence[Fate], answers: Answers, fate: str, count: int) -> None:
    """The most surprising first: wrong with confidence, or refused nearly."""
    chosen = sorted((row for row in rows if row.fate == fate), key=lambda row: -row.probability)[:count]
    left = rows_by_number(answers.left, {row.line for row in chosen})
    right = rows_by_number(
        answers.right or answers.left, {who for row in chosen for who in (row.proposed, row.expected)}
    )
    print(f"\n{fate}")
    for row in chosen:
        print(
            f"  {row.probability:.4f} {row.line} [{answers.noise.get(row.line, '')}]\n      line     {left[row.line]}"
        )
        if row.proposed:
            print(f"      proposed {right[row.proposed]}")
        if row.expected and row.expected != row.proposed:
            print(f"      was      {right[row.expected]}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("pairs", type=Path)
    asked.add_argument("--examples", type=int, default=3)
    asked.add_argument("--threshold", type=float)
    options = asked.parse_args()
    answers = answers_of(options.folder)
    pairs = read_pairs(options.pairs, answers)
    threshold = options.threshold or score(pairs, answers).threshold
    true_proposed = {one for one, true in zip(pairs.left, pairs.true, strict=True) if true}
    rows = list(fates(best_of_each(pairs), answers, threshold, true_proposed))
    print(f"threshold {threshold:.4f}  {dict(Counter(row.fate for row in rows))}\n")
    known = [row for row in rows if row.expected]
    table(known, lambda row: answers.noise[row.line].split("+") if answers.noise[row.line] else ["(nothing)"])
    print()
    sources = rows_by_source(answers.left)
    table(known, lambda row: [sources[row.line]])
    print()
    table_of_new([row for row in rows if not row.expected], answers)
    for fate in ("wrong person", "new linked", "refused", "never proposed"):
        examples(rows, answers, fate, options.examples)


def rows_by_source(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row.get("source", "") for row in csv.DictReader(file)}


if __name__ == "__main__":
    main()
