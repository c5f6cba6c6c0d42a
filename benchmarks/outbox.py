"""The outbox, measured on this machine: `python -m benchmarks.outbox [rate] [punctual] [crash] [lives] [--runs 10000]`.

rate: deliveries a second with one worker, beside what the server takes of a program that only posts. punctual: how late posts
leave while 100 000 rows wait. crash: workers killed at random instants before networks that misbehave. lives: the same,
thousands of times, each process being killed at a random step. Then what is online is compared with what the rows say.
--network snac and pds are real servers, with somebody who cuts, delays and lies between them and us.
On PostgreSQL when DATABASE_URL is that of a server.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.outboxes.crashing import crash
from benchmarks.outboxes.house import NETWORKS, House
from benchmarks.outboxes.lives import lives
from benchmarks.outboxes.measuring import punctual, rate

WHAT: Final = {"rate": rate, "punctual": punctual, "crash": crash, "lives": lives}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*WHAT, []], default=[])
    parser.add_argument("--runs", type=int, default=10_000, help="posts in the measure of lives")
    parser.add_argument("--posts", type=int, default=300, help="posts in the crash measure")
    parser.add_argument(
        "--minutes", type=int, default=0, help="most that the lives last: what has not begun then is left out"
    )
    parser.add_argument("--shown", type=int, default=0, help="posts that show a picture, in the measure of lives")
    parser.add_argument("--network", choices=NETWORKS, default="mastodon")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in asked.what or WHAT:
        with tempfile.TemporaryDirectory(prefix="lierre-outbox-") as folder:
            house = House(Path(folder), asked.network, os.environ.get("DATABASE_URL", ""))
            try:
                sys.stdout.write(f"\n{name}, {asked.network}\n")
                for said, figure in WHAT[name](house, asked):
                    sys.stdout.write(f"  {said:<58}{figure:>14}\n")
                    sys.stdout.flush()
            finally:
                house.close()


if __name__ == "__main__":
    main()
