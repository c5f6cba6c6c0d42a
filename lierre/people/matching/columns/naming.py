"""A column of given or of family names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from lierre.people.matching.frequencies import Frequencies, Rarity
from lierre.people.matching.hashing import Numbers, ends, hashes, numbered, sums
from lierre.people.matching.names.family import one_word
from lierre.people.matching.names.letters import compact, folded_each
from lierre.people.matching.table import Values

PARTS: Final = 3


@dataclass
class Names:
    """For each distinct name: its letters, those of its first part, its parts. For each line: which name."""

    codes: NDArray[np.int32]
    full: Numbers  # every letter
    core: Numbers  # without particles
    first: Numbers  # the first given name
    parts: Numbers  # (distinct, PARTS)
    start: Numbers  # the first four letters
    end: Numbers  # the last four
    initial: Numbers
    sums: Numbers  # of `text`, its first letter, its first three and four: an address is made of them
    lengths: NDArray[np.int64]
    short_sums: Numbers  # (distinct, 3): the first letter, the first three, the first four
    text: NDArray[np.object_]  # what is compared letter by letter
    rarity: Rarity  # of `core`, or of `first` for a given name; then of each part
    part_rarity: Rarity

    @classmethod
    def of(cls, values: Values, split: Callable[[str], tuple[str, ...]], *, given: bool) -> Self:
        plain = folded_each(values.distinct)
        core = plain if given else [one_word(name) if name.startswith("mc") else name for name in plain]
        first, full = list(core), list(core)
        several: list[int] = []
        inner: list[list[str]] = []
        for rank, value in enumerate(values.distinct):
            if value.isalpha() and plain[rank].isalpha():
                continue
            pieces = split(value) if value else ("",)
            whole = "".join(pieces)
            if len(pieces) > 1 or "-" in whole:
                words = [word for piece in pieces for word in piece.split("-") if word] if given else list(pieces)
                if len(words) > 1:
                    several.append(rank)
                    inner.append(words)
                whole = "".join(words)
            core[rank] = whole
            first[rank] = pieces[0].replace("-", "") if given and pieces else whole
            full[rank] = whole if given or value.isalpha() else compact(value)
        text = first if given else core
        total, lengths = sums(text)
        short_sums, end = ends(text, (1, 3, 4), 4)
        whole_numbers = hashes(core) if given else numbered(total, lengths)
        parts = np.zeros((len(core), PARTS), dtype=np.uint64)
        parts[:, 0] = whole_numbers
        said = [words[part] if part < len(words) else "" for words in inner for part in range(PARTS)]
        parts[several] = hashes(said).reshape(-1, PARTS)
        return cls(
            codes=values.codes,
            full=whole_numbers if given else hashes(full),
            core=whole_numbers,
            first=numbered(total, lengths) if given else whole_numbers,
            parts=parts,
            start=numbered(short_sums[:, 2], np.minimum(lengths, 4)),
            end=end,
            initial=numbered(short_sums[:, 0], np.minimum(lengths, 1)),
            sums=total,
            lengths=lengths,
            short_sums=short_sums,
            rarity=np.zeros(len(text), dtype=np.float32),
            part_rarity=np.zeros((len(text), PARTS), dtype=np.float32),
            text=np.array([*text, ""], dtype=object)[:-1],
        )

    def weigh(self, names: Frequencies, *, given: bool) -> None:
        self.rarity = names.rarity(self.first if given else self.core)
        self.part_rarity = names.rarity(self.parts)
