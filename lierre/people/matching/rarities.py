"""The frequencies of every column of a base, and the rarity that they give to the values of both files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Self

import numpy as np

from lierre.people.matching.frequencies import Counted, Frequencies
from lierre.people.matching.processors import PROCESSORS
from lierre.people.matching.side import Side


@dataclass
class Rarities:
    tables: dict[str, Frequencies] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Side) -> Self:
        counted: dict[str, list[Counted]] = {}
        for name, columns, given in (
            ("given", [base.given, base.others], True),
            ("family", [base.family, base.usage], False),
        ):
            some = [column for column in columns if column is not None]
            if not some:
                continue
            counted[name] = [((one.first if given else one.core), one.codes) for one in some]
            for one in some:
                several = one.parts[:, 1] != 0
                counted[name] += [
                    (np.where(several, one.parts[:, rank], 0).astype(np.uint64), one.codes)
                    for rank in range(one.parts.shape[1])
                ]
        for name, mail in base.mails.items():
            counted[name] = [(mail.letters, mail.codes)]
        for name, words in base.words.items():
            counted[name] = [(words.whole, words.codes)]
            counted[f"{name} about"] = [(words.about, words.codes)]
            counted[f"{name} part"] = [(words.parts[:, rank], words.codes) for rank in range(words.parts.shape[1])]
        found = PROCESSORS.at_once([partial(Frequencies.of, columns) for columns in counted.values()])
        return cls(dict(zip(counted, found, strict=True)))

    def weigh(self, side: Side) -> None:
        """Give their rarity to the values of a side."""
        known = self.tables
        works: list[Callable[[], None]] = [partial(mail.weigh, known[name]) for name, mail in side.mails.items()]
        for column, kind in (
            (side.family, "family"), (side.usage, "family"), (side.given, "given"), (side.others, "given"),
        ):  # fmt: skip
            if column is not None and kind in known:
                works.append(partial(column.weigh, known[kind], given=kind == "given"))
        for name, words in side.words.items():
            works.append(partial(words.weigh, known[name], known[f"{name} about"], known[f"{name} part"]))
        PROCESSORS.taking(_done, works)


def _done(works: Iterable[Callable[[], None]]) -> None:
    for work in works:
        work()
