"""Refuses a dependency whose licence would bind an institution more than ours does. Run: `python -m tests.licences`."""

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

FREE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|PSFL|Python Software Foundation|0BSD|Unlicense|MPL|Mozilla|LGPL|HPND|zlib|CC0|Artistic)\b",
    re.I,
)
# Licence that the package states only in a file, read by a person. The name is that of the distribution.
READ = {"greenlet": "MIT AND Python-2.0", "xlwt": "BSD", "axe-playwright-python": "MIT, axe-core MPL-2.0"}

# Programs that are run while developing, never imported, never delivered.
PROGRAMS = {"djlint"}


def licence(package: Distribution) -> str:
    """What the package says of itself, in the order in which it is trusted."""
    told = package.metadata
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return " / ".join(filter(None, [told.get("License-Expression"), *classifiers, (told.get("License") or "")[:80]]))


def locked() -> set[str]:
    """Names of the packages of the locks, as they are compared."""
    names = re.compile(r"^([a-zA-Z0-9._-]+)==", re.M)
    return {
        name.lower().replace("_", "-")
        for lock in Path("requirements").glob("*.lock")
        for name in names.findall(lock.read_text())
    }


def main() -> int:
    wanted = locked()
    doubtful = []
    for package in distributions():
        name = package.metadata["Name"].lower().replace("_", "-")
        stated = READ.get(name) or licence(package)
        if name in wanted - PROGRAMS and not FREE.search(stated):
            doubtful.append(f"{name}: {stated or 'no licence stated'}")
    print("\n".join(doubtful))  # noqa: T201
    return bool(doubtful)


if __name__ == "__main__":
    sys.exit(main())
