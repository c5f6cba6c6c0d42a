"""The last line that `bin/demo` prints: where the institution is served. `python -m demo.welcome ADDRESS`."""

import sys
from collections.abc import Sequence

from demo.institution import NAME


def main(arguments: Sequence[str]) -> int:
    """Say the address."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m demo.welcome ADDRESS\n")
        return 2
    sys.stdout.write(f"  {NAME} is on {arguments[0]} (Ctrl-C stops it)\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
