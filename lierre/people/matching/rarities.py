"""The frequencies of every column of a base, and the rarity that they give to the values of both files."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np

from lierre.people.matching.columns.naming import Names
from lierre.people.matching.frequencies import Frequencies
from lierre.people.matching.side import Side


@dataclass
class Rarities:
    tables: dict[str, Frequencies] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Side) -> Self:
        made = cls()
        for name, columns, given in (
            ("given", [base.given, base.others], True),
            ("family", [base.family, base.usage], False),
        ):
            some = [column for column in columns if column is not None]
            if not some:
                continue
            counted = [((one.first if given else one.core), one.codes) for one in some]
            for one in some:
                several = one.parts[:, 1] != 0
                counted += [
                    (np.where(several, one.parts[:, rank], 0).astype(np.uint64), one.codes)
                    for rank in range(one.parts.shape[1])
                ]
            made.tables[name] = Frequencies.of(counted)
        for name, mail in base.mails.items():
            made.tables[name] = Frequencies.of([(mail.letters, mail.codes)])
        for name, words in base.words.items():
            made.tables[name] = Frequencies.of([(words.whole, words.codes)])
            made.tables[f"{name} about"] = Frequencies.of([(words.about, words.codes)])
            made.tables[f"{name} part"] = Frequencies.of(
                [(words.parts[:, rank], words.codes) for rank in range(words.parts.shape[1])]
            )
        return made

    def weigh(self, side: Side) -> None:
        """Give their rarity to the values of a side."""

        def names(column: Names | None, kind: str) -> None:
            if column is not None and kind in self.tables:
                column.weigh(self.tables[kind], given=kind == "given")

        names(side.given, "given")
        names(side.others, "given")
        names(side.family, "family")
        names(side.usage, "family")
        for name, mail in side.mails.items():
            mail.rarity = self.tables[name].rarity(mail.letters)
        for name, words in side.words.items():
            words.weigh(self.tables[name], self.tables[f"{name} about"], self.tables[f"{name} part"])
