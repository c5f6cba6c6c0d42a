"""
`python -m simulators linkedin --port 8300 --lag 20`: one simulator, until it is stopped. Its token is printed.
`python -m simulators all --port 8300 --keep FILE`: the four of the demonstration, on four ports from this one on.
"""

import argparse
import signal
import sys
import threading
from pathlib import Path

from simulators.serving import CONTROL, living
from simulators.together import NETWORKS, together


def main() -> int:
    asked = argparse.ArgumentParser(
        prog="python -m simulators", description="A simulator of a network, on this machine."
    )
    asked.add_argument("network", choices=[*NETWORKS, "all"])
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--lag", type=float, default=0.0, help="seconds before what is published is in the list")
    asked.add_argument("--keep", type=Path, default=Path("simulators.kept"), help="where all of them remember")
    asked.add_argument("--slow", type=float, default=20.0, help="seconds before the slow fault answers")
    asked.add_argument("--slow-media", type=int, default=0, help="times that one must ask after a file")
    told = asked.parse_args()
    stopped = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_words: stopped.set())
    if told.network == "all":
        ports = {network: told.port + place for place, network in enumerate(NETWORKS)}
        with together(ports, told.keep):
            stopped.wait()
        return 0
    simulator = NETWORKS[told.network](lag=told.lag)
    simulator.faults.slow = told.slow
    if told.slow_media:
        simulator.slow_media = told.slow_media
    with living(simulator, told.port) as address:
        sys.stdout.write(
            f"simulator of {told.network}: {address} · token: {simulator.token} · faults: POST {CONTROL}\n"
        )
        sys.stdout.flush()
        stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
