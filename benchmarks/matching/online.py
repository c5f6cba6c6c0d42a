"""One line at a time: how long an engine takes to answer once its base is loaded."""

import csv
import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.matching.engines import Engine
from benchmarks.matching.known_answers import Answers
from benchmarks.matching.running import Watch

WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Answered:
    load: float  # seconds
    median: float  # milliseconds
    p95: float
    processor: float  # milliseconds, of each line on average
    megabytes: float
    f1: float


def ask(engine: Engine, answers: Answers, count: int) -> Answered | None:
    """None when the engine has no such command."""
    with answers.left.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    Random(9).shuffle(rows)
    begun = time.perf_counter()
    command = [*engine.command, "online", "--right", str(answers.right), "--schema", str(answers.schema)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        watch = Watch(process.pid)
        line = process.stdout.readline()
        while line and line.strip() != "READY":
            line = process.stdout.readline()
        if not line:
            return None
        load, spent = time.perf_counter() - begun, processor_of(process.pid)
        expected, milliseconds, good, said, known = dict(answers.true), [], 0, 0, 0
        for row in rows[: count + WARM_UP]:
            asked = time.perf_counter()
            process.stdin.write(json.dumps(row) + "\n")
            process.stdin.flush()
            found = json.loads(process.stdout.readline())
            milliseconds.append((time.perf_counter() - asked) * 1000)
            known += row["id"] in expected
            if found and found[0][1] >= 0.5:
                said += 1
                good += found[0][0] == expected.get(row["id"])
        spent = processor_of(process.pid) - spent
        process.stdin.close()
        times = np.array(milliseconds[WARM_UP:])
        return Answered(
            load,
            float(np.median(times)),
            float(np.quantile(times, 0.95)),
            1000 * spent / max(1, len(milliseconds)),
            watch.stop(),
            2 * good / max(1, said + known),
        )


def processor_of(process: int) -> float:
    """Seconds of processor that a process has used."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
