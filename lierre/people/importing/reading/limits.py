"""How much of a file we agree to read. Beyond, the file is refused before anything is written."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. The defaults leave room for a national school's whole base, and none for a bomb."""

    file: int = 2048 * MEGABYTE  # one file as uploaded
    line: int = 4 * MEGABYTE  # one physical line of text
    columns: int = 400  # the widest export known has 125
    cells: int = 150  # a line with more cells than that, and than its header, is several lines run together
    sheet_cells: int = 16_000_000  # rows × columns, which a workbook's reader allocates at once: about 1.5 GB
    entries: int = 2_000  # in an archive
    entry: int = 2048 * MEGABYTE  # one entry, inflated
    total: int = 4096 * MEGABYTE  # every entry together, inflated
    ratio: int = 200  # inflated over stored; real tables stay under 40
    ratio_from: int = 10 * MEGABYTE  # a small entry may be as compressible as it likes
    workbook: int = 512 * MEGABYTE  # a workbook as stored: it is held in memory when it comes inside an archive
    member_entry: int = 15 * MEGABYTE  # one allowed file of a member's archive
    member_total: int = 40 * MEGABYTE  # all of them
    document: int = 20 * MEGABYTE  # an XML or PDF document, and what is inflated from it
    json: int = 1024 * MEGABYTE  # a JSON export, which is streamed
    depth: int = 64  # elements inside elements, in XML and JSON


LIMITS: Final = Limits()
