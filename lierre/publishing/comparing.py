"""Two versions of a text, word by word: what came, what went, what stayed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from lierre.publishing.models import Version

WORDS: Final = re.compile(r"\s+|[^\s\w]|\w+")
LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """`kind`: "same", "came" or "went"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    version: Version
    texts: list[tuple[str, list[Run]]]  # account ("" for the common text), what changed


def runs(before: str, after: str) -> Iterator[Run]:
    """
    >>> [(each.kind, each.text) for each in runs("Come on Friday.", "Come on Saturday!")]
    [('same', 'Come on '), ('went', 'Friday.'), ('came', 'Saturday!')]
    """
    if max(len(before), len(after)) > LONGEST:
        yield from (run for run in (Run("went", before), Run("came", after)) if run.text)
        return
    one, other = WORDS.findall(before), WORDS.findall(after)
    for kind, i, j, k, l in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():  # noqa: E741
        if kind == "equal":
            yield Run("same", "".join(one[i:j]))
            continue
        if i < j:
            yield Run("went", "".join(one[i:j]))
        if k < l:
            yield Run("came", "".join(other[k:l]))


def compared(latest_first: Iterable[Version]) -> list[Compared]:
    """Each version against the one before it; the first one against nothing."""
    kept = list(latest_first)
    found = []
    for version, before in zip(kept, [*kept[1:], None], strict=False):
        texts = [("", list(runs(before.text if before else "", version.text)))]
        own, former = version.own_texts(), before.own_texts() if before else {}
        texts += [(name, list(runs(former.get(name, ""), own.get(name, "")))) for name in sorted(own | former)]
        found.append(
            Compared(version, [(name, each) for name, each in texts if any(run.kind != "same" for run in each)])
        )
    return found
