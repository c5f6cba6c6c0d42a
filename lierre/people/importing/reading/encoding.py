"""Which encoding a text was written in, and the lines that were written in another one."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

Encoding = Literal["utf-8", "cp1252", "iso-8859-15"]

_HIGH: Final = bytes(range(0x80, 0x100))
_LEADS: Final = bytes(range(0xC2, 0xF5))
_C1: Final = bytes(range(0x80, 0xA0))
# Both patterns begin with a set of bytes, then look back: a search then skips over everything else at once.
# Well-formed UTF-8 that French and its neighbours write: Latin letters, quotes, dashes, spaces, the euro. Other
# well-formed pairs, such as "É»" in cp1252, do not prove anything.
_PLAUSIBLE: Final = re.compile(
    rb"[\xc2-\xc5\xe2](?:(?<=\xc2)[\xa0-\xbf]|(?<=[\xc3-\xc5])[\x80-\xbf]|(?<=\xe2)(?:\x80[\x90-\xaf]|\x82\xac))"
)
# Of the eight places where ISO-8859-15 parts from cp1252 above 0x9F, what French text shows: the euro instead of the
# currency sign, and œ, Œ, Ÿ, Š, š, ž touching letters, where cp1252 would have a fraction or an accent alone.
_LETTER: Final = rb"[A-Za-z\xc0-\xff]"
_ISO: Final = re.compile(
    rb"[\xa4\xa6\xa8\xb8\xbc-\xbe](?:(?<=\xa4)|(?<=%b[\xa6\xa8\xb8\xbc-\xbe])|(?<=[\xa6\xbc\xbd])(?=%b))"
    % (_LETTER, _LETTER)
)


@dataclass(slots=True)
class Census:
    """What a text's bytes show, counted block by block."""

    well_formed: int = 0  # characters beyond ASCII that are written in UTF-8
    stray: int = 0  # bytes beyond ASCII that are not
    c1: int = 0  # of which bytes that are printed in cp1252 and are controls in ISO-8859-15
    iso: int = 0  # of which bytes that only ISO-8859-15 explains

    def count(self, block: bytes) -> None:
        if block.isascii():
            return
        if _is_utf8(block):
            self.well_formed += _how_many(block, _LEADS)
            return
        bare, pairs = _PLAUSIBLE.subn(b"", block)
        self.well_formed += pairs
        self.stray += _how_many(bare, _HIGH)
        self.c1 += _how_many(bare, _C1)
        self.iso += len(_ISO.findall(bare))

    @property
    def encoding(self) -> Encoding:
        """
        UTF-8 unless most of what is beyond ASCII is not; then cp1252, which Windows writes, or ISO-8859-15 if proven.

        Bytes 0x80 to 0x9F decide first: quotes, dashes and œ in cp1252, they are controls, never met, in ISO-8859-15.
        Where none of the differing bytes occurs, both readings are the same text.
        """
        if self.well_formed >= self.stray:
            return "utf-8"
        return "iso-8859-15" if self.iso and not self.c1 else "cp1252"

    @property
    def changes(self) -> bool:
        """Some lines were written in another encoding than most."""
        return bool(self.stray and self.well_formed)


def take_census(blocks: Iterable[bytes]) -> Census:
    census = Census()
    for block in blocks:
        census.count(block)
    return census


def decode(block: bytes, encoding: Encoding, *, changes: bool) -> tuple[str, list[int]]:
    """The text of a block, and which of its lines, from 0, are in another encoding: these are read by guess."""
    if encoding == "utf-8" or not changes:
        with suppress(UnicodeDecodeError):
            return block.decode(encoding), []
    lines, foreign = [], []
    for number, line in enumerate(block.split(b"\n")):
        if line.isascii() or _belongs(line, encoding):
            lines.append(line.decode(encoding))
        else:
            foreign.append(number)
            lines.append(_guess(line, encoding))
    return "\n".join(lines), foreign


def _belongs(line: bytes, encoding: Encoding) -> bool:
    if encoding == "utf-8":
        return _is_utf8(line)
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not _PLAUSIBLE.search(line)


def _guess(line: bytes, encoding: Encoding) -> str:
    for candidate in ("utf-8", encoding, "cp1252"):
        with suppress(UnicodeDecodeError):
            return line.decode(candidate)
    return line.decode("iso-8859-15")  # gives a character for every byte


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _how_many(text: bytes, among: bytes) -> int:
    return len(text) - len(text.translate(None, among))
