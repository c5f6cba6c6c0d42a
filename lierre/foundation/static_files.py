"""Static files as they are served: named by their content, compressed, the style sheet and the script each in one piece.

Twenty small files compress badly and cost twenty requests, so the imports of `lierre.css` and `lierre.js` are written in
when files are collected. While developing they are served one by one.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "lierre/css/lierre.css"
SCRIPT = "lierre/js/lierre.js"
IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?(?: (\w+))?;')
SCRIPT_IMPORT = re.compile(r'import "\./([\w-]+\.js)";')


class OneSheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    manifest_strict = False

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        written = InMemoryStorage()
        for name, imported, write_in in (
            (SHEET, IMPORT, self.sheet_written_in),
            (SCRIPT, SCRIPT_IMPORT, self.script_written_in),
        ):
            if name in paths and not dry_run:
                written.save(name, ContentFile(imported.sub(write_in, self.text_of(name)).encode()))
                # Django reads each file again where it was found: it must find it whole.
                paths[name] = (written, name)
        yield from super().post_process(paths, dry_run, **options)

    def text_of(self, name: str) -> str:
        with self.open(name) as file:
            text: str = file.read().decode()
        return text

    def script_written_in(self, found: re.Match[str]) -> str:
        """The text of an imported module, in a block, so that its names stay its own."""
        return "{\n" + self.text_of(f"lierre/js/{found[1]}") + "}"

    def sheet_written_in(self, found: re.Match[str]) -> str:
        """The text of an imported sheet, inside its layer and its medium; addresses become those of the whole sheet."""
        path, layer, medium = found.groups()
        folder = "lierre/css/" + path.rpartition("/")[0]
        text = self.text_of(f"lierre/css/{path}")
        depth = folder.rstrip("/").count("/") - 1
        text = text.replace('url("' + "../" * (depth + 1), 'url("../')
        if layer:
            text = f"@layer {layer} {{\n{text}\n}}"
        return f"@media {medium} {{\n{text}\n}}" if medium else text
