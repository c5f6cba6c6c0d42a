"""The outbox, measured against a server on this machine: `python -m benchmarks.outbox [rate] [punctual] [crash] [--runs N]`.

rate: deliveries a second with one worker. punctual: how late posts leave while 100 000 rows wait. crash: workers killed at
random instants and networks that misbehave, then what is online is compared with what the rows say.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.outboxes.crashing import crash
from benchmarks.outboxes.house import House
from benchmarks.outboxes.measuring import punctual, rate

WHAT: Final = {"rate": rate, "punctual": punctual, "crash": crash}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*WHAT, []], default=[])
    parser.add_argument("--runs", type=int, default=300, help="posts in the crash measure")
    parser.add_argument("--network", choices=["mastodon", "keyless", "bluesky"], default="mastodon")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in asked.what or WHAT:
        with tempfile.TemporaryDirectory(prefix="lierre-outbox-") as folder:
            house = House(Path(folder), asked.network)
            try:
                sys.stdout.write(f"\n{name}, {asked.network}\n")
                for said, figure in WHAT[name](house, asked):
                    sys.stdout.write(f"  {said:<58}{figure:>14}\n")
                    sys.stdout.flush()
            finally:
                house.close()


if __name__ == "__main__":
    main()
