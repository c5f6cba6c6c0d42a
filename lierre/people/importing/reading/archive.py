"""ZIP archives: looked over before anything is inflated, and of a member's LinkedIn archive only what is allowed."""

import re
import stat
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Final

from lierre.people.importing.reading.header import fold_header
from lierre.people.importing.reading.limits import LIMITS, MEGABYTE, Limits
from lierre.people.importing.reading.origin import ZIP_ACCIDENTS, Origin
from lierre.people.importing.statement import Unreadable

LOCAL_HEADER: Final = 30  # bytes before the name of an entry
DUST: Final = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
OUTSIDE: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]")

# Files of a LinkedIn archive that tell it from any other ZIP, folded. The name of the archive itself tells nothing.
CORE: Final = frozenset({"profile", "positions", "education", "email addresses", "registration", "messages"})
USUAL: Final = CORE | frozenset(
    {
        "profile summary", "skills", "languages", "certifications", "honors", "projects", "publications",
        "volunteering", "phonenumbers", "phone numbers", "recommendations received", "recommendations given",
        "invitations", "endorsement received info", "endorsement given info", "causes you care about",
        "company follows", "searchqueries", "search queries", "ad targeting", "inferences about you",
        "security challenges", "rich media",
    }
)  # fmt: skip
OTHERS_DATA: Final = "connections"  # other people's data: even alone, it must not pass for an ordinary table


def entries(source: Path | BinaryIO, limits: Limits = LIMITS, name: str = "") -> list[zipfile.ZipInfo]:
    """The files of an archive, once names, links, passwords, overlaps and their number have been looked at."""
    try:
        with zipfile.ZipFile(source) as archive:
            everything = archive.infolist()
    except ZIP_ACCIDENTS as accident:
        raise Unreadable("truncated", name or (source.name if isinstance(source, Path) else "")) from accident
    if len(everything) > limits.entries:
        raise Unreadable("zip_entries", str(len(everything)))
    for entry in everything:
        _look_at(entry)
    _refuse_overlaps(everything)
    _refuse_one_name_twice(everything)
    return [entry for entry in everything if not entry.is_dir() and not DUST.search(entry.filename)]


def _look_at(entry: zipfile.ZipInfo) -> None:
    if OUTSIDE.search(entry.orig_filename):
        raise Unreadable("zip_path", entry.filename)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("zip_link", entry.filename)
    if entry.flag_bits & 0x1:
        raise Unreadable("zip_encrypted", entry.filename)


def _refuse_overlaps(everything: Sequence[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes are how a small archive inflates without end."""
    ordered = sorted(everything, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(ordered):
        if entry.header_offset + LOCAL_HEADER + entry.compress_size > following.header_offset:
            raise Unreadable("zip_overlap", following.filename)


def _refuse_one_name_twice(everything: Sequence[zipfile.ZipInfo]) -> None:
    """Only the last of them could be read, and nobody would know that there was another."""
    name, times = max(Counter(entry.filename for entry in everything).items(), key=itemgetter(1), default=("", 0))
    if times > 1:
        raise Unreadable("zip_same_name", name)


def weigh(chosen: Sequence[zipfile.ZipInfo], limits: Limits = LIMITS) -> None:
    """Refuse what would inflate too much. Declared sizes can be trusted: the reader never gives more than declared."""
    for entry in chosen:
        if entry.file_size > limits.entry:
            raise Unreadable("zip_size", entry.filename)
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Unreadable("zip_ratio", entry.filename)
    _add_up(chosen, limits.total)


def _add_up(chosen: Sequence[zipfile.ZipInfo], limit: int) -> None:
    total = sum(entry.file_size for entry in chosen)
    if total > limit:
        raise Unreadable("zip_total", str(total // MEGABYTE))


def is_linkedin(chosen: Sequence[zipfile.ZipInfo]) -> bool:
    """A member's LinkedIn archive, old or new, with or without a top folder: recognised by the files it holds."""
    held = {fold_header(name[:-4]) for name in _plain_names(chosen) if name.casefold().endswith(".csv")}
    return OTHERS_DATA in held or (bool(held & CORE) and len(held & USUAL) >= 2)


def of_others_among_tables(chosen: Sequence[zipfile.ZipInfo]) -> str:
    """The connections of a member that somebody put beside files which LinkedIn never gives; empty when there are none."""
    plain = {name: fold_header(name.rpartition(".")[0]) for name in _plain_names(chosen)}
    if set(plain.values()) & CORE or not set(plain.values()) - USUAL - {OTHERS_DATA}:
        return ""
    return next((name for name, folded in plain.items() if folded == OTHERS_DATA), "")


def entry_names(path: Path) -> list[str]:
    """What an archive holds, without its top folder, and without opening any of it."""
    return sorted(_plain_names(entries(path)))


def read_allowed(path: Path, allowed: Collection[str], limits: Limits = LIMITS) -> Iterator[tuple[str, bytes]]:
    """
    Inflate the allowed files of an archive, one after the other, under the name that `allowed` gives them.

    Case, underscores and the top folder do not count. Nothing else is inflated: the connections and messages of a
    LinkedIn archive are other people's, and stay closed even when they are damaged.
    """
    wanted = {fold_header(name): name for name in allowed}
    held = entries(path, limits)
    chosen = [
        (wanted[folded], entry)
        for plain, entry in zip(_plain_names(held), held, strict=True)
        if (folded := fold_header(plain)) in wanted
    ]
    if any(entry.file_size > limits.member_entry for _, entry in chosen):
        raise Unreadable("zip_size", max(chosen, key=lambda pair: pair[1].file_size)[0])
    inflated = [entry for _, entry in chosen]
    _add_up(inflated, limits.member_total)
    weigh(inflated, limits)
    for name, entry in chosen:
        origin = Origin(name=name, path=path, entry=entry.filename, size=entry.file_size)
        yield name, origin.read(limits.member_entry)


def _plain_names(chosen: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Names without the one folder that holds everything, when there is one. Jobs is a folder of LinkedIn's own."""
    names = [entry.filename.replace("\\", "/") for entry in chosen]
    tops = {name.partition("/")[0] for name in names}
    if len(tops) == 1 and tops != {"Jobs"} and all("/" in name for name in names):
        return [name.partition("/")[2] for name in names]
    return names
