"""Names of columns, folded so that one concept written in several ways is found by one signature."""

import re
import unicodedata
from collections.abc import Sequence
from typing import overload

_JOINTS = re.compile(r"[\s\u00a0\u202f\u2007'’‘ʼ`´_\-\u2010-\u2015]+")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))


@overload
def fold_header(header: str) -> str: ...  # type: ignore[overload-overlap]
@overload
def fold_header(header: Sequence[str]) -> tuple[str, ...]: ...
def fold_header(header: str | Sequence[str]) -> str | tuple[str, ...]:
    """
    The name of a column without case, accents, apostrophes, hyphens, underscores or repeated spaces; or all of them.

    >>> fold_header(" Nom d’état-civil ")
    'nom d etat civil'
    >>> fold_header("NOM_D'ETAT CIVIL") == fold_header("Nom d’état‑civil")
    True
    >>> fold_header(["Code Postal", "Prénom"])
    ('code postal', 'prenom')
    """
    if not isinstance(header, str):
        return tuple(fold_header(name) for name in header)
    joined = _JOINTS.sub(" ", header.translate(_INVISIBLE)).strip()
    opened = joined.casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", opened)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
