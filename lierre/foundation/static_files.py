"""Static files as they are served: named by their content, compressed, and the style sheet in one piece.

Twenty small sheets compress badly and cost twenty requests, so the imports of `lierre.css` are written in when files are
collected. While developing the sheets are served one by one.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "lierre/css/lierre.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?(?: (\w+))?;')


class OneSheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    manifest_strict = False

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            with self.open(SHEET) as file:
                whole = IMPORT.sub(self.written_in, file.read().decode())
            self.delete(SHEET)
            self._save(SHEET, ContentFile(whole.encode()))
        yield from super().post_process(paths, dry_run, **options)

    def written_in(self, found: re.Match[str]) -> str:
        """The text of an imported sheet, inside its layer and its medium; addresses become those of the whole sheet."""
        path, layer, medium = found.groups()
        folder = "lierre/css/" + path.rpartition("/")[0]
        with self.open(f"lierre/css/{path}") as file:
            text = file.read().decode()
        depth = folder.rstrip("/").count("/") - 1
        text = text.replace('url("' + "../" * (depth + 1), 'url("../')
        if layer:
            text = f"@layer {layer} {{\n{text}\n}}"
        return f"@media {medium} {{\n{text}\n}}" if medium else text
