"""A program that serves, in a folder of its own: begun, waited for, and always stopped."""

import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], log: Path, port: int, environment: Mapping[str, str]) -> Iterator[None]:
    """Until it accepts connections; what it said is in the error when it ends by itself."""
    with (
        log.open("wb") as written,
        subprocess.Popen(command, stdout=written, stderr=written, env=environment) as program,
    ):
        try:
            patience = time.monotonic() + 60
            while not answers(port):
                assert program.poll() is None, log.read_text()[-2000:]
                assert time.monotonic() < patience, f"{command[0]} does not answer: {log.read_text()[-2000:]}"
                time.sleep(0.05)
            yield
        finally:
            program.terminate()
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
