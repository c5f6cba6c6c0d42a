"""An address as a square that a phone reads (QR code, ISO/IEC 18004): drawn as one path, or as an image."""

import struct
import zlib
from functools import lru_cache
from typing import Final

import qrcode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_Q  # type: ignore[import-untyped]

QUIET: Final = 4  # the white border that the standard asks for, in modules


@lru_cache(maxsize=64)
def modules(text: str) -> list[list[bool]]:
    """True where it is black, white border included. A quarter may be torn: it is still read."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    found: list[list[bool]] = code.get_matrix()
    return found


def square(text: str) -> tuple[int, str]:
    """
    The side in modules, and the path of the black ones.

    >>> side, path = square("https://lierre.ubn.example/bienvenue/bcdfghjkmnpq/")
    >>> side, path[:12]
    (45, 'M4 4h7v1h-7z')
    """
    rows = modules(text)
    return len(rows), "".join(run for y, row in enumerate(rows) for run in runs(row, y))


def runs(row: list[bool], y: int) -> list[str]:
    """
    Each stretch of black modules of a row.

    >>> runs([False, True, True, False, True], 3)
    ['M1 3h2v1h-2z', 'M4 3h1v1h-1z']
    """
    found, start = [], None
    for x, is_black in enumerate([*row, False]):
        if is_black and start is None:
            start = x
        elif not is_black and start is not None:
            found.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            start = None
    return found


def svg(text: str) -> str:
    """A file of its own, black on white whatever the theme: what a printer takes."""
    side, path = square(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>\n'
    )


def png(text: str, scale: int = 24) -> bytes:
    """
    An image of one bit a pixel, for whoever cannot place a drawing. `scale`: pixels of one module.

    >>> png("https://lierre.ubn.example/")[:8]
    b'\\x89PNG\\r\\n\\x1a\\n'
    """
    rows = modules(text)
    side = len(rows) * scale
    lines = bytearray()
    for row in rows:
        bits = "".join(("0" if is_black else "1") * scale for is_black in row).ljust(-(-side // 8) * 8, "0")
        line = b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
        lines += line * scale
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(lines), 9)), chunk(b"IEND", b"")]
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
