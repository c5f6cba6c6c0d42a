"""The engines that answer the command of matching, and what they are asked."""

import importlib.util
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks.matching.known_answers import Answers
from benchmarks.matching.running import Cost, run

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent


@dataclass(frozen=True, slots=True)
class Engine:
    name: str
    command: tuple[str, ...]

    def match(self, answers: Answers, out: Path) -> Cost:
        asked = [
            *self.command,
            "batch",
            "--task",
            "dedupe" if answers.duplicates else "link",
            "--left",
            str(answers.left),
        ]
        asked += ["--right", str(answers.right)] if answers.right else []
        return run([*asked, "--schema", str(answers.schema), "--out", str(out)])


def ours() -> Engine:
    return Engine("Lierre", (sys.executable, "-m", "lierre", "match"))


def splink(peers: Path) -> Engine:
    return Engine("Splink", (str(peers), str(HERE / "with_splink.py")))


def floor(answers: Answers, peers: Path) -> Cost | None:
    """A DuckDB scan and join of the same files, the start of Python apart; None when DuckDB is not there."""
    schema = json.loads(answers.schema.read_text(encoding="utf-8"))

    def column(side: str, kind: str) -> str:
        return str(next(name for name, known in schema[side].items() if known == kind))

    names = [column(side, kind) for side in ("left", "right") for kind in ("given_name", "family_name")]
    cost = run([str(peers), str(HERE / "floor.py"), str(answers.left), str(answers.right or answers.left), *names])
    return replace(cost, seconds=float(cost.said.split()[-1])) if cost.answered else None


def peers_here() -> Path | None:
    """The Python where Splink and DuckDB are: this one with the extra `benchmarks`, or that of an environment beside it."""
    if all(importlib.util.find_spec(name) for name in ("splink", "duckdb")):
        return Path(sys.executable)
    beside = Path(os.environ.get("LIERRE_PEERS", ROOT / ".peers")) / "bin" / "python"
    return beside if beside.exists() else None
