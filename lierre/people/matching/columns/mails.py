"""A column of e-mail addresses: often the last trace of a former name, and of a year of birth."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.frequencies import Frequencies, Rarity
from lierre.people.matching.hashing import Numbers, hashes
from lierre.people.matching.names.letters import folded
from lierre.people.matching.table import Values

DIGITS: Final = "0123456789"
BETWEEN: Final = str.maketrans("", "", "._+-" + DIGITS)


@dataclass
class Mails:
    codes: NDArray[np.int32]
    whole: Numbers
    local: Numbers  # before the @
    letters: Numbers  # its letters alone
    digits: NDArray[np.int16]  # the number at its end; -1 when there is none
    text: NDArray[np.object_]  # its letters
    lengths: NDArray[np.int32]
    rarity: Rarity  # of its letters

    @classmethod
    def of(cls, values: Values) -> Self:
        whole = [value.strip().lower() for value in values.distinct]
        local = [plain.partition("@")[0] for plain in whole]
        local = [before if before.isascii() else folded(before) for before in local]
        stems = [before.rstrip(DIGITS) for before in local]
        sizes = np.array([*map(len, stems)], dtype=np.int64)
        number = np.array([*map(len, local)], dtype=np.int64) - sizes
        digits = np.full(len(local), -1, dtype=np.int16)
        for rank in np.flatnonzero((number > 0) & (number <= 4)).tolist():
            digits[rank] = int(local[rank][sizes[rank] :])
        letters = "\n".join(stems).translate(BETWEEN).split("\n")  # all at once
        if len(letters) != len(stems):  # an address that holds a line break
            letters = [stem.translate(BETWEEN) for stem in stems]
        return cls(
            codes=values.codes,
            whole=hashes(whole),
            local=hashes(local),
            letters=hashes(letters),
            digits=digits,
            rarity=np.zeros(len(letters), dtype=np.float32),
            text=np.array([*letters, ""], dtype=object)[:-1],
            lengths=np.array([*map(len, letters)], dtype=np.int32),
        )

    def weigh(self, letters: Frequencies) -> None:
        self.rarity = letters.rarity(self.letters)
