"""A mailing to 100 000 persons, handed over to a mail server of this machine: `python -m benchmarks.mailing [--size N]`.

The sink is a process apart, a few lines of asyncio: what is measured is Lierre, not the server. The floor is smtplib alone,
one connection, saying the same message already written to each address, with nothing kept anywhere.
"""

import argparse
import asyncio
import json
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
FLOOR: Final = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--role", choices=["sink", "load", "send"], help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.role == "sink":
        asyncio.run(sink(asked.port))
    elif asked.role:
        {"load": load, "send": send}[asked.role](asked.size)
    else:
        measure(asked.size)


def measure(size: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="lierre-mailing-") as folder:
        # A database server may be given (DATABASE_URL); without one, the embedded base.
        surroundings = os.environ | {"LIERRE_DATA_DIR": folder, "LIERRE_EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        server = start("sink", size, surroundings, port)
        try:
            say("persons loaded", told(start("load", size, surroundings))["seconds"], "s")
            found = told(start("send", size, surroundings))
            rate, floor = found["rate"], bare(port, size, found["weight"])
            say("recipients frozen", found["recipients"], "")
            say("prepare: from the segment to rows", found["prepare"], "s")
            say("handed over", rate, "/s")
            say("one message, p50", found["p50"] * 1000, "ms")
            say("one message, p95", found["p95"] * 1000, "ms")
            say("processor time, a recipient, in all", found["cpu"] * 1000, "ms")
            say("peak memory of whoever sends", found["peak"], "MB")
            say("floor: bare smtplib, the same message", floor, "/s")
            say("share of the floor", rate / floor * 100, "%")
            say("taken by the server, once each", found["taken"], "")
        finally:
            server.kill()
            server.wait()


def start(role: str, size: int, surroundings: dict[str, str], port: int = 0) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "benchmarks.mailing", "--role", role, "--size", str(size), "--port", str(port)]
    return subprocess.Popen(words, env=surroundings, cwd=ROOT, stdout=subprocess.PIPE)


def told(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    output, _nothing = process.communicate()
    if process.returncode:
        raise SystemExit(process.returncode)
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def say(what: str, figure: float, unit: str) -> None:
    sys.stdout.write(f"  {what:<42}{figure:>12,.1f} {unit}\n")
    sys.stdout.flush()


async def sink(port: int) -> None:
    """Takes everything, keeps nothing."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"EHLO":
                writer.write(b"250-sink\r\n250 PIPELINING\r\n")
            elif word == b"DATA":
                writer.write(b"354 go on\r\n")
                while await reader.readline() != b".\r\n":
                    pass
                writer.write(b"250 taken\r\n")
            elif word == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 fine\r\n")
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", port) as server:
        await server.serve_forever()


def bare(port: int, size: int, weight: int) -> float:
    """Messages a second, with nothing around: one conversation, nothing written down."""
    content = ("x" * 70 + "\r\n") * (weight // 72)
    many = min(size, FLOOR)
    with smtplib.SMTP("127.0.0.1", port) as server:
        since = time.perf_counter()
        for number in range(many):
            server.sendmail("lettre@ubn.example", [f"n{number}@courriel.example"], content)
        return many / (time.perf_counter() - since)


def django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lierre.settings")
    import django

    django.setup()


def load(size: int) -> None:
    """Persons with a degree and an address, as an import leaves them; ten mail providers, one of which has half of them."""
    django()
    from benchmarks.mailings.many import fill

    since = time.perf_counter()
    fill(size)
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - since}) + "\n")


def send(_size: int) -> None:
    django()
    from benchmarks.mailings.many import sent

    sys.stdout.write(json.dumps(sent()) + "\n")


if __name__ == "__main__":
    main()
