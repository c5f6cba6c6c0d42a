"""Refuses what must never be published: secrets, paths of one machine, real addresses. Run: `python -m tests.secrets`."""

import re
import subprocess
import sys
from pathlib import Path

FORBIDDEN = {
    "a private key": re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----"),
    "an access token": re.compile(
        r"\b(?:ghp_\w{30,}|xox[bp]-[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|sk_live_\w{20,})"
    ),
    "a password in an address": re.compile(
        r"\b(?:postgres(?:ql)?|smtps?|https?)://[\w.-]+:(?!password@)[^\s@/{}$<\"']{6,}@"
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:home/\w+|Users/\w+|root|work)/(?![\"'\s])[\w.-]+"),
}
# The address of a person must be in a domain that can belong to nobody.
ADDRESS = re.compile(r"\b[\w.+-]+@([\w-]+(?:\.[\w-]+)+)\b")
NOBODY = re.compile(r"(?:^|\.)(?:example|test|invalid|localhost|example\.(?:org|com|net))$", re.IGNORECASE)
TEXT = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".csv",
    ".tsv",
    ".json",
    ".xml",
    ".po",
    ".js",
    ".css",
    ".svg",
    ".lock",
    ".yml",
    "",
}


def published() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.splitlines() if Path(name).suffix in TEXT and Path(name).is_file()]


def findings(path: Path) -> list[str]:
    """What is wrong in one file, as `path:line: what`."""
    found = []
    if path.name == "secrets.py" or "LICENSE" in path.name or "/vendor/" in str(path):
        return found
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        found += [f"{path}:{number}: {what}" for what, pattern in FORBIDDEN.items() if pattern.search(line)]
        for match in ADDRESS.finditer(line):
            if path.suffix not in {".js", ".css"} and not NOBODY.search(match[1]) and "://" not in line:
                found.append(f"{path}:{number}: the address {match[0]} may be somebody's")
    return found


def main() -> int:
    found = [each for path in published() for each in findings(path)]
    print("\n".join(found))  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
