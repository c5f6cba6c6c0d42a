"""The clock on the wall of a process that lives: it is put forward, or set back, while the process works."""

import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("clock.c")


@dataclass(frozen=True)
class Clock:
    """`around`: what must be around a process for it to read this clock."""

    file: Path
    around: dict[str, str]

    def is_wrong_by(self, seconds: int) -> None:
        with self.file.open("r+b") as file:  # in its place: it is being read
            file.write(struct.pack("l", seconds))


def clock(folder: Path) -> Clock:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("nothing here compiles C: the clock of a process cannot be set apart from that of the machine")
    library, file = folder / "clock.so", folder / "clock"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, PROGRAM, "-ldl"], check=True)
    file.write_bytes(struct.pack("l", 0))
    return Clock(file, {"LD_PRELOAD": str(library), "LIERRE_TEST_CLOCK": str(file)})
