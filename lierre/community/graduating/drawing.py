"""An address as a square that a phone reads (QR code, ISO/IEC 18004), drawn as one path."""

from functools import lru_cache
from typing import Final

import qrcode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_Q  # type: ignore[import-untyped]

QUIET: Final = 4  # the white border that the standard asks for, in modules


@lru_cache(maxsize=64)
def square(text: str) -> tuple[int, str]:
    """
    The side in modules, white border included, and the path of the black ones. A quarter may be torn: it is still read.

    >>> side, path = square("https://lierre.ubn.example/bienvenue/bcdfghjkmnpq/")
    >>> side, path[:12]
    (45, 'M4 4h7v1h-7z')
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
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
