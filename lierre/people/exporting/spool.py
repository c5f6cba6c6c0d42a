"""A file of a ZIP that is compressed while others are, then joined to it as it is."""

import shutil
import time
import zlib
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final, Protocol, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The quickest that still divides a table by eight.
LEVEL: Final = 1
READ: Final = 0o600 << 16


class Written(Protocol):
    def write(self, content: bytes, /) -> int: ...


class Spool:
    """Use it as a context: its file has no name, and goes with the process."""

    def __init__(self, folder: Path) -> None:
        self.file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the context
        self.compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self.crc, self.size = 0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()

    def write(self, content: bytes, /) -> int:
        self.crc = zlib.crc32(content, self.crc)
        self.size += len(content)
        self.file.write(self.compressor.compress(content))
        return len(content)

    def join(self, into: ZipFile, name: str) -> None:
        """After what the ZIP already holds: it has begun, or nothing would be closed in the end."""
        self.file.write(self.compressor.flush())
        info = ZipInfo(name, time.localtime()[:6])
        info.compress_type, info.external_attr = ZIP_DEFLATED, READ
        info.CRC, info.file_size, info.compress_size = self.crc, self.size, self.file.tell()
        assert into.fp is not None
        into.fp.seek(into.start_dir)
        info.header_offset = into.start_dir
        into.fp.write(info.FileHeader(zip64=True))
        self.file.seek(0)
        shutil.copyfileobj(self.file, into.fp, 1 << 20)
        into.start_dir = into.fp.tell()
        into.filelist.append(info)
        into.NameToInfo[name] = info
