"""Matching, measured: `python -m benchmarks.matching [FOLDER…] [--incoming 20000 --base 200000] [--online 500]`.

One table: the floor, Lierre, then Splink, one after the other on the same files. Each folder is one written by `draw` or `sets`;
without any, a draw of `--base` persons and `--incoming` lines is made and thrown away: `--incoming 100000 --base 1000000` is
the size of the acceptance. Splink and the floor need the extra `benchmarks`, here or in an environment of their own: README.md.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.matching import draw, engines
from benchmarks.matching.known_answers import Answers, answers_of
from benchmarks.matching.online import ask
from benchmarks.matching.running import Cost
from benchmarks.matching.scoring import Score, read_pairs, score

TITLES: Final = (
    "set", "engine", "lines", "base", "F1", "clustered", "R@.99", "R@.999", "new linked", "at R .93", "ECE", "s", "CPU s",
    "× floor", "MB",
)  # fmt: skip
WIDTHS: Final = (12, 8, 8, 9, 8, 10, 8, 8, 11, 9, 8, 8, 8, 9, 7)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folders", nargs="*", type=Path)
    asked.add_argument("--engines", default="lierre,splink")
    asked.add_argument("--peers", type=Path, help="the Python of an environment where Splink is")
    asked.add_argument("--online", type=int, default=0, metavar="LINES", help="also ask so many lines one by one")
    asked.add_argument("--base", type=int, default=200_000)
    asked.add_argument("--incoming", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--noise", type=float, default=1.0)
    asked.add_argument("--keep", type=Path, help="a folder where the pairs stay, for `findings`")
    options = asked.parse_args()
    peers = options.peers or engines.peers_here()
    if peers is None:
        print(
            "Splink and DuckDB are not here, so Lierre is alone: benchmarks/matching/README.md says how to have them."
        )
    with tempfile.TemporaryDirectory(prefix="lierre-matching-") as made:
        folders = options.folders or [Path(made) / "draw"]
        if not options.folders:
            wanted = draw.Draw(base=options.base, incoming=options.incoming, seed=options.seed, noise=options.noise)
            draw.write(folders[0], wanted)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
        show(TITLES)
        for folder in folders:
            measure(folder, list(chosen(options.engines, peers)), peers, options.keep or Path(made))
        if options.online:
            for folder in folders:
                if not answers_of(folder).duplicates:
                    measure_online(folder, engines.ours(), options.online)


def chosen(names: str, peers: Path | None) -> Iterator[engines.Engine]:
    if "lierre" in names:
        yield engines.ours()
    if "splink" in names and peers:
        yield engines.splink(peers)


def measure(folder: Path, asked: list[engines.Engine], peers: Path | None, out: Path) -> None:
    answers = answers_of(folder)
    sizes = (str(len(answers.lines)), str(rows_of(answers.right) if answers.right else 0))
    least = engines.floor(answers, peers) if peers else None
    if least:
        show((folder.name, "floor", *sizes, *["–"] * 7, *costs(least, least)))
    for engine in asked:
        pairs = out / f"{folder.name}-{engine.name}.csv"
        cost = engine.match(answers, pairs)
        if not cost.answered:
            print(f"{folder.name} {engine.name}: no answer\n{cost.said[-400:]}")
            continue
        show(
            (
                folder.name,
                engine.name,
                *sizes,
                *figures(score(read_pairs(pairs, answers), answers)),
                *costs(cost, least),
            )
        )


def costs(cost: Cost, least: Cost | None) -> Iterator[str]:
    yield f"{cost.seconds:.1f}"
    yield f"{cost.processor:.1f}"
    yield f"{cost.seconds / least.seconds:.1f}" if least else "–"
    yield f"{cost.megabytes:.0f}"


def figures(result: Score) -> Iterator[str]:
    values = (
        result.top1_f1, result.clustered_f1, result.at_99, result.at_999, result.false_new, result.false_new_at_recall,
        result.calibration,
    )  # fmt: skip
    for value in values:
        yield "–" if value is None else f"{value:.4f}"


def measure_online(folder: Path, engine: engines.Engine, lines: int) -> None:
    answers: Answers = answers_of(folder)
    answered = ask(engine, answers, lines)
    if answered is None:
        print(f"{folder.name} {engine.name}: no answer one by one")
        return
    print(
        f"{folder.name} {engine.name}, {lines} lines one by one: loaded in {answered.load:.1f} s, "
        f"median {answered.median:.1f} ms, p95 {answered.p95:.1f} ms, {answered.processor:.1f} ms of processor each, "
        f"{answered.megabytes:.0f} MB, F1 {answered.f1:.4f}"
    )


def rows_of(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _line in file) - 1


def show(cells: tuple[str, ...]) -> None:
    print("".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


if __name__ == "__main__":
    main()
