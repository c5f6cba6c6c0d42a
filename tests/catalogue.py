"""The French catalogue holds every sentence of the product, and nothing else. Run: `python -m tests.catalogue`.

With `--update`, sentences that are new are added, empty, and those that are gone are taken out. Files of translations
given after it are merged in.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parent.parent / "lierre"
CATALOGUE = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "_now": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# What a catalogue says of itself and that no reader needs.
ABOUT = re.compile(r'"(?:Report-|POT-|PO-|Last-|Language-Team|Generated-)')
HOLES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def sources() -> Iterator[tuple[Path, str]]:
    """Every file that may hold a sentence, as Python."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield path, path.read_text()
    for pattern in ("*.html", "*.txt"):
        for path in sorted(PACKAGE.rglob(pattern)):
            if "templates" in path.parts:
                spoken = templatize(path.read_text(), origin=str(path))
                # A template owes Python no indentation.
                yield path, "\n".join(line.lstrip() for line in spoken.splitlines())


def wanted() -> Catalog:
    """The sentences of the product, without their translation."""
    catalogue = Catalog(locale="fr", project="Lierre", version="0.1", fuzzy=False)
    for _path, text in sources():
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):  # type: ignore[arg-type]
            catalogue.add(message, context=context)
    return catalogue


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="fr")
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def sentences(message: Any) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def faults(catalogue: Catalog, asked: Catalog) -> list[str]:
    """Sentences without translation, translations without sentence, holes that differ."""
    found = []
    for message in asked:
        if not message.id:
            continue
        known = catalogue.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
        if known is None or not all(sentences(known.string)) or known.fuzzy:
            found.append(f"not translated: {sentences(message.id)[0]!r}")
        elif {hole for text in sentences(known.id) for hole in HOLES.findall(text)} < {
            hole for text in sentences(known.string) for hole in HOLES.findall(text)
        }:
            found.append(f"holes differ: {sentences(message.id)[0]!r}")
    gone = [
        message for message in catalogue if message.id and asked.get(sentences(message.id)[0], message.context) is None
    ]
    return found + [f"no longer said: {sentences(message.id)[0]!r}" for message in gone]


def update(parts: list[Path]) -> None:
    """Rewrite the catalogue: what is asked, in order, with the translations known here and in the parts."""
    known = [read(path) for path in (*parts, CATALOGUE)]
    asked = wanted()
    ordered = Catalog(locale="fr", project="Lierre", version="0.1", fuzzy=False)
    for message in sorted(
        (each for each in asked if each.id), key=lambda each: (sentences(each.id)[0], each.context or "")
    ):
        first = sentences(message.id)[0]
        held = [
            found
            for found in (each.get(first, message.context) for each in known)
            if found and all(sentences(found.string))
        ]
        string = held[0].string if held else ""
        if not isinstance(message.id, str) and isinstance(string, str):
            string = (string, string)
        elif isinstance(message.id, str) and not isinstance(string, str):
            string = string[0]
        ordered.add(message.id, string, context=message.context, flags=message.flags)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    ordered.header_comment = "# The sentences of Lierre in French."
    write_po(written, ordered, width=0, no_location=True, omit_header=False)
    CATALOGUE.write_text(
        "".join(line for line in written.getvalue().decode().splitlines(True) if not ABOUT.match(line))
    )


def main(arguments: list[str]) -> int:
    if "--update" in arguments:
        update([Path(name) for name in arguments if not name.startswith("--")])
    found = faults(read(CATALOGUE), wanted())
    print("\n".join(found))  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
