"""Loads the fictional institution: `python -m demo.load [--size 20000] [--seed 2014] [--fresh]`.

Its files are written under the data directory, then brought through the importer as an alumni office would bring them.
Run again, it says that the institution is already there. Interrupted, it goes on from where it was the next time.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from demo.characters import ACCOUNTS, IN_UNITS, PASSWORD
from demo.institution import NAME, UNIT
from demo.write import MOST, SEED, SIZE, write


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, load what is missing, and say who can sign in."""
    asked = understood(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lierre.settings")
    import django

    django.setup()
    from django.conf import settings

    from demo.loading.clearing import NotTheDemonstration, clear

    folder = settings.DATA_DIR / "demo"
    if asked.fresh:
        try:
            clear()
        except NotTheDemonstration:
            say("this base holds another institution: nothing was touched")
            return 1
    size = already_there(folder)
    if size:
        say(f"{NAME} is already there, {size} graduates (--fresh begins again)")
    else:
        load(folder, asked.size, asked.seed)
    say_who_signs_in()
    return 0


def understood(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m demo.load", description=f"Load {NAME}, which does not exist.")
    parser.add_argument("--size", type=int, default=SIZE, help="how many graduates, up to 2 000 000")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--fresh", action="store_true", help="begin again with an empty base")
    asked = parser.parse_args(arguments)
    if not 100 <= asked.size <= MOST:
        parser.error(f"--size goes from 100 to {MOST}")
    return asked


def already_there(folder: Path) -> int:
    """How many graduates were loaded to the end; 0 when none were, or when the base has gone since."""
    from django.db import connection

    from demo.loading.clearing import is_here

    mark = folder / "loaded.json"
    if not mark.is_file() or "accounts_unit" not in connection.introspection.table_names() or not is_here():
        return 0
    return int(json.loads(mark.read_text())["size"])


def load(folder: Path, size: int, seed: int) -> None:
    """Build the house, write the files, bring them, tell the stories. The mark is left last."""
    from demo.loading.ambassadors import speak_in_their_own_name
    from demo.loading.clearing import prepare
    from demo.loading.deliveries import bring_all
    from demo.loading.fellowship import come_together
    from demo.loading.house import build
    from demo.loading.laboratory import speak_for_their_laboratory
    from demo.loading.mailings import write_to_graduates
    from demo.loading.members import open_pages
    from demo.loading.presence import speak
    from demo.loading.rhythm import keep_time
    from demo.loading.story import link_accounts, open_their_pages, tell

    began = time.perf_counter()
    prepare()
    build()
    files = write(folder, size, seed)
    say(f"{len(files)} files written in {time.perf_counter() - began:.1f} s")
    since = time.perf_counter()
    for delivery, imported in bring_all(folder):
        say(
            f"{delivery.files}: {outcome(imported.rehearsal, str(imported.state))}, {time.perf_counter() - since:.1f} s"
        )
        since = time.perf_counter()
    say(f"{open_pages(size, seed)} graduates opened their page, {time.perf_counter() - since:.1f} s")
    tell()
    link_accounts()
    open_their_pages()
    since = time.perf_counter()
    groups, left, ways = come_together()
    told = f"{groups} groups, {left} addresses left at a ceremony, {ways} ways to reach the lost"
    say(f"{told}, {time.perf_counter() - since:.1f} s")
    say(f"{speak()} posts are planned or online, on this machine only")
    say(f"{keep_time()} more come back in a series, take slots or wait for the end of an embargo")
    say(f"{speak_in_their_own_name() + speak_for_their_laboratory()} topics are prepared for ambassadors")
    say(f"{write_to_graduates()} mailings are written, and nothing leaves this machine")
    (folder / "loaded.json").write_text(json.dumps({"size": size, "seed": seed}))
    say(f"{NAME}: {size} graduates in {time.perf_counter() - began:.0f} s")


def outcome(rehearsal: dict[str, object], state: str) -> str:
    """
    What came of a delivery, on one line.

    >>> outcome({"counts": {"new": 12, "enriched": 3, "unchanged": 0, "to_decide": 1, "rejected": 2}}, "applied")
    'applied: 12 new, 3 enriched, 1 to decide, 2 rejected'
    >>> outcome({}, "received")
    'received'
    """
    counts = rehearsal.get("counts")
    if not isinstance(counts, dict):
        return state
    told = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count]
    return f"{state}: {', '.join(told) or 'nothing'}"


def say_who_signs_in() -> None:
    """The log-ins, one per role; then the two who answer for one unit."""
    width = max(len(account.role) for account in ACCOUNTS)
    sys.stdout.write(f"\n  Sign in with one of these, password: {PASSWORD}\n\n")
    for account in ACCOUNTS:
        sys.stdout.write(f"  {account.role:<{width}}  {account.email}  ({account.name})\n")
    for account in IN_UNITS:
        where = UNIT[account.unit].label.partition(",")[0]
        sys.stdout.write(f"  {account.role:<{width}}  {account.email}  ({account.name}, {where})\n")
    sys.stdout.write("\n")


def say(sentence: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"· {sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
