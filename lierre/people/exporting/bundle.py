"""Where an export is written, and read again: a folder, or one ZIP file. Nothing is there before all of it is."""

import shutil
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, Self

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.people.exporting.spool import LEVEL, Spool, Written

PIECE: Final = 1 << 20
MANIFEST: Final = "manifest.json"


class Part:
    """One file being written. Knows its size and its mark when it is closed."""

    def __init__(self, file: Written) -> None:
        self.file, self.mark, self.size, self.rows = file, sha256(), 0, 0

    def write(self, content: bytes, rows: int = 0) -> None:
        self.file.write(content)
        self.mark.update(content)
        self.size += len(content)
        self.rows += rows

    @property
    def told(self) -> dict[str, Any]:
        return {"size": self.size, "sha256": self.mark.hexdigest()}


class Bundle(ABC):
    """Use it as a context: what is not finished is taken away."""

    def __init__(self, path: Path) -> None:
        self.path, self.unfinished = path, path.with_name(path.name + ".unfinished")

    @abstractmethod
    def open(self, name: str) -> IO[bytes]: ...

    @abstractmethod
    def close(self) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        self.close()
        if kind is None:
            self.unfinished.rename(self.path)
        else:
            remove(self.unfinished)

    @contextmanager
    def part(self, name: str) -> Iterator[Part]:
        with self.open(name) as file:
            yield Part(file)

    @contextmanager
    def parts(self, names: Iterable[str]) -> Iterator[dict[str, Part]]:
        """Several files that are written at the same time."""
        with ExitStack() as opened:
            yield {name: opened.enter_context(self.part(name)) for name in names}

    def text(self, name: str, content: str) -> None:
        with self.part(name) as part:
            part.write(content.encode())


class Folder(Bundle):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.unfinished.mkdir(parents=True)

    def open(self, name: str) -> IO[bytes]:
        place = self.unfinished / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place.open("wb", buffering=PIECE)

    def close(self) -> None:
        """Each file was closed by whoever wrote it."""


class Zip(Bundle):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.unfinished.touch(mode=0o600)
        self.zip = zipfile.ZipFile(self.unfinished, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=LEVEL)

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name, "w", force_zip64=True)

    @contextmanager
    def parts(self, names: Iterable[str]) -> Iterator[dict[str, Part]]:
        """A ZIP holds one file after the other: each is compressed beside it, then joined."""
        with ExitStack() as opened:
            spools = {name: opened.enter_context(Spool(self.path.parent)) for name in names}
            yield {name: Part(spool) for name, spool in spools.items()}
            for name, spool in spools.items():
                spool.join(self.zip, name)

    def close(self) -> None:
        self.zip.close()


def new_bundle(path: Path) -> Bundle:
    """A ZIP when the name says so, else a folder. Neither replaces what is there; what an earlier run left unfinished goes."""
    if path.exists():
        raise Refused(_("%(path)s is there already: choose another name.") % {"path": path})
    remove(path.with_name(path.name + ".unfinished"))
    return Zip(path) if path.suffix.lower() == ".zip" else Folder(path)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


class Held:
    """An export that is there, to be read."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise Refused(_("%(path)s is not there.") % {"path": path})
        try:
            self.zip = None if path.is_dir() else zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise Refused(_("%(path)s is not an export of Lierre: %(why)s") % {"path": path, "why": error}) from None
        self.path = path

    def open(self, name: str) -> IO[bytes]:
        try:
            return self.zip.open(name) if self.zip else (self.path / name).open("rb")
        except (KeyError, FileNotFoundError):
            raise Refused(_("%(name)s is missing from the export.") % {"name": name}) from None

    def close(self) -> None:
        if self.zip:
            self.zip.close()
