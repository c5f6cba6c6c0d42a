"""Where the bytes of a table or a document come from: a file, an entry of an archive, or memory."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from lierre.people.importing.statement import Unreadable

ZIP_SIGN: Final = b"PK\x03\x04"
# What zipfile raises on damaged, encrypted or exotic entries.
ZIP_ACCIDENTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Origin:
    """Opened as often as wanted. `entry` is empty for the file itself; `content` is set for bytes already in memory."""

    name: str
    path: Path | None = None
    entry: str = ""
    content: bytes | None = None
    size: int = 0

    @classmethod
    def of_file(cls, path: Path, name: str) -> "Origin":
        return cls(name=name, path=path, size=path.stat().st_size)

    @classmethod
    def of_bytes(cls, content: bytes, name: str) -> "Origin":
        return cls(name=name, content=content, size=len(content))

    def open(self) -> BinaryIO:
        if self.content is not None:
            return io.BytesIO(self.content)
        assert self.path is not None
        if not self.entry:
            return self.path.open("rb")
        try:
            with zipfile.ZipFile(self.path) as archive:
                return cast(BinaryIO, EntryStream(archive.open(self.entry), self.entry))
        except (KeyError, *ZIP_ACCIDENTS) as accident:
            raise Unreadable("zip_damaged", self.entry) from accident

    def head(self, size: int = 65536) -> bytes:
        with self.open() as stream:
            return stream.read(size)

    def seekable(self, limit: int) -> BinaryIO:
        """For readers that jump about in the file. An entry of an archive is held in memory, up to `limit` bytes."""
        if self.path is not None and not self.entry:
            return self.open()
        return io.BytesIO(self.read(limit))

    def read(self, limit: int) -> bytes:
        if self.size > limit:
            raise Unreadable("too_large", self.name)
        with self.open() as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise Unreadable("too_large", self.name)
        return content


class EntryStream(io.RawIOBase):
    """Reads an entry as it is inflated, and says damage as a refusal, not as an accident of the archive's reader."""

    def __init__(self, inner: IO[bytes], name: str) -> None:
        self.inner = inner
        self.name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return cast(zipfile.ZipExtFile, self.inner).readinto(buffer)
        except ZIP_ACCIDENTS as accident:
            raise Unreadable("zip_damaged", self.name) from accident

    def close(self) -> None:
        self.inner.close()
        super().close()
