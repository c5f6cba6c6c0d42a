"""Text files as blocks of whole lines, in bytes that extend ASCII, whatever the file was written in."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

from lierre.people.importing.reading.limits import Limits
from lierre.people.importing.reading.origin import Origin
from lierre.people.importing.statement import Unreadable

BLOCK: Final = 256 * 1024
UTF8_MARK: Final = codecs.BOM_UTF8
UTF16_MARKS: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def wide_codec(head: bytes) -> str:
    """
    The codec of a file in two-byte characters, told by its mark, or by where its zeros stand; empty for any other file.

    >>> wide_codec("Nom\\tPrénom".encode("utf-16-le"))
    'utf-16-le'
    >>> wide_codec("Nom\\tPrénom".encode())
    ''
    """
    marked = UTF16_MARKS.get(head[:2])
    if marked:
        return marked
    sample = head[:4096]
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    first, second = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if second > 0.6 * pairs and first < 0.05 * pairs:
        return "utf-16-le"
    if first > 0.6 * pairs and second < 0.05 * pairs:
        return "utf-16-be"
    return ""


def ends_lines_with_returns(head: bytes) -> bool:
    """Old Macintosh text, where a lone carriage return ends each line."""
    return b"\r" in head and b"\n" not in head


def whole_lines(origin: Origin, limits: Limits) -> Iterator[bytes]:
    """Blocks that end with a line, the last one perhaps excepted. Marks are taken off; two-byte text comes as UTF-8."""
    with origin.open() as stream:
        head = stream.read(BLOCK)
        chunks = _chunks(head, stream)
        codec = wide_codec(head)
        if codec:
            chunks = _narrowed(chunks, codec)
        yield from _cut(chunks, limits.line, returns=ends_lines_with_returns(head.replace(b"\0", b"")))


def _chunks(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head.removeprefix(UTF8_MARK)
    while chunk := stream.read(BLOCK):
        yield chunk


def _narrowed(chunks: Iterator[bytes], codec: str) -> Iterator[bytes]:
    """What cannot be decoded becomes U+FFFD, and is told apart further on as a change of encoding."""
    decoder = codecs.getincrementaldecoder(codec)(errors="replace")
    first = True
    for chunk in chunks:
        text = decoder.decode(chunk)
        yield (text.removeprefix("\ufeff") if first else text).encode()
        first = False
    yield decoder.decode(b"", final=True).encode()


def _cut(chunks: Iterator[bytes], longest: int, *, returns: bool) -> Iterator[bytes]:
    rest: list[bytes] = []
    kept = 0
    for chunk in chunks:
        lines = chunk.replace(b"\r", b"\n") if returns else chunk
        end = lines.rfind(b"\n") + 1
        if end:
            yield b"".join([*rest, lines[:end]])
            rest, kept = [], 0
        rest.append(lines[end:])
        kept += len(lines) - end
        if kept > longest:
            raise Unreadable("line_too_long", str(longest // (1024 * 1024)))
    if kept:
        yield b"".join(rest)
