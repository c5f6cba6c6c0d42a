"""How a name is spoilt on its way: a slip of the fingers, a scanner, a lost encoding."""

from collections.abc import Callable
from random import Random
from typing import Final

from demo.spelling import plain

ROWS: Final = ("azertyuiop", "qsdfghjklm", "wxcvbn")
SCANNED: Final = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "i"), ("i", "l"), ("o", "0"), ("u", "v"), ("e", "c"), ("h", "b"),
)  # fmt: skip


def _neighbours() -> dict[str, str]:
    found = {}
    for row, keys in enumerate(ROWS):
        for at, key in enumerate(keys):
            beside = keys[max(0, at - 1) : at] + keys[at + 1 : at + 2]
            above = "".join(ROWS[other][at : at + 1] for other in (row - 1, row + 1) if 0 <= other < len(ROWS))
            found[key] = beside + above
    return found


NEIGHBOURS: Final = _neighbours()


def like(model: str, letter: str) -> str:
    return letter.upper() if model.isupper() else letter


def neighbour(text: str, at: int, chance: Random) -> str:
    """The next key of a French keyboard."""
    keys = NEIGHBOURS.get(plain(text[at]).lower()[:1])
    return text[:at] + like(text[at], chance.choice(keys)) + text[at + 1 :] if keys else text


def exchanged(text: str, at: int, _chance: Random) -> str:
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def forgotten(text: str, at: int, _chance: Random) -> str:
    return text[:at] + text[at + 1 :]


def doubled(text: str, at: int, _chance: Random) -> str:
    return text[:at] + text[at] + text[at:]


FINGERS: Final[tuple[Callable[[str, int, Random], str], ...]] = (neighbour, exchanged, forgotten, doubled)


def mistyped(text: str, chance: Random) -> str:
    """
    One slip on a French keyboard, rarely on the first letter.

    >>> mistyped("Kerbrat", Random(3)), mistyped("Kerbrat", Random(4))
    ('Kerbrta', 'Keerbrat')
    """
    if len(text) < 3:
        return text
    at = 0 if chance.random() < 0.06 else chance.randrange(1, len(text))
    return chance.choice(FINGERS)(text, min(at, len(text) - 1), chance)


def scanned(text: str, chance: Random) -> str:
    """
    What a scanner reads instead.

    >>> scanned("Bernard", Random(1))
    'Bemard'
    """
    possible = [(seen, read) for seen, read in SCANNED if seen in text[1:]]
    if not possible:
        return text
    seen, read = chance.choice(possible[:3])
    return text[0] + text[1:].replace(seen, read, 1)


def garbled(text: str, chance: Random) -> str:
    """
    UTF-8 read as if it were Windows’ own, or each letter that was not understood put as a question mark.

    >>> garbled("Clément", Random(1)), garbled("Clément", Random(2)), garbled("Paul", Random(1))
    ('ClÃ©ment', 'Cl?ment', 'Paul')
    """
    if text.isascii():
        return text
    if chance.random() < 0.6:
        return text.encode().decode("cp1252", errors="replace")
    return "".join(letter if letter.isascii() else "?" for letter in text)
