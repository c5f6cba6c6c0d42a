"""The style sheet and the script as they are served: each in one piece, and light."""

import re
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command

import lierre

SCRIPTS = Path(lierre.__file__).parent / "foundation" / "static" / "lierre" / "js"
LIGHT = 60_000


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "lierre.foundation.static_files.OneSheetStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "lierre"


def served(folder: Path, pattern: str) -> bytes:
    (found,) = (path for path in folder.glob(pattern) if re.fullmatch(r".+\.[0-9a-f]{12}\.\w+(\.\w+)?", path.name))
    return found.read_bytes()


def test_sheet_and_script_are_in_one_piece(collected):
    sheet, script = served(collected, "css/lierre.*.css").decode(), served(collected, "js/lierre.*.js").decode()

    assert "@import" not in sheet
    assert "import " not in script.replace("/* ", "")
    for module in SCRIPTS.glob("*-*.js"):
        assert f'customElements.define("{module.stem}"' in script


def test_the_pages_weigh_little_once_the_fonts_are_there(collected):
    pieces = ("css/lierre.*.css", "js/lierre.*.js", "js/vendor/htmx.min.*.js", "icons/icons.*.svg")

    weight = sum(len(brotli.compress(served(collected, piece))) for piece in pieces)

    assert weight < LIGHT


def test_each_element_is_short_enough_to_be_read():
    long = [path.name for path in SCRIPTS.glob("*.js") if len(path.read_text().splitlines()) > 70]

    assert long == []
