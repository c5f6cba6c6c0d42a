"""`python -m simulators linkedin --port 8300 --lag 20`: one simulator, until it is stopped. Its token is printed."""

import argparse
import signal
import sys
import threading

from simulators.facebook import Facebook
from simulators.linkedin import LinkedIn
from simulators.mastodon import Mastodon
from simulators.serving import CONTROL, living

KINDS = {"linkedin": LinkedIn, "facebook": Facebook, "mastodon": Mastodon}


def main() -> int:
    asked = argparse.ArgumentParser(
        prog="python -m simulators", description="A simulator of a network, on this machine."
    )
    asked.add_argument("network", choices=[*KINDS])
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--lag", type=float, default=0.0, help="seconds before what is published is in the list")
    told = asked.parse_args()
    simulator = KINDS[told.network](lag=told.lag)
    stopped = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_words: stopped.set())
    with living(simulator, told.port) as address:
        sys.stdout.write(
            f"simulator of {told.network}: {address} · token: {simulator.token} · faults: POST {CONTROL}\n"
        )
        sys.stdout.flush()
        stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
