"""A command run to its end, with what it cost: seconds, and processor and memory of the whole family of its processes."""

import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

EVERY: Final = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    processor: float  # seconds too, of all its processes
    megabytes: float
    answered: bool
    said: str


def run(command: Sequence[str], timeout: float = 3600) -> Cost:
    begun, spent = time.perf_counter(), processor()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watch = Watch(process.pid)
    try:
        said, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    seconds = time.perf_counter() - begun
    return Cost(seconds, processor() - spent, watch.stop(), process.returncode == 0, said[-2000:])


def processor() -> float:
    """Seconds of processor of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Watch(threading.Thread):
    """Looks at the memory of a process and of its children until told to stop."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.peak, self.over = process, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(EVERY):
            self.peak = max(self.peak, sum(resident(one) for one in family(self.process)))

    def stop(self) -> float:
        """The highest seen, in megabytes."""
        self.over.set()
        self.join()
        return self.peak


def family(process: int) -> Iterator[int]:
    yield process
    try:
        children = [
            text for task in Path(f"/proc/{process}/task").iterdir() for text in (task / "children").read_text().split()
        ]
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 / 1048576
    except (OSError, IndexError):
        return 0.0
