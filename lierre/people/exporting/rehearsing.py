"""The exit rehearsal: pack the house, build it again in an empty one, compare, and throw both away."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.work import Cancelled, Work
from lierre.people.exporting.bundle import remove
from lierre.people.exporting.writing import export
from lierre.people.models import ExitRehearsal

# Of the whole: packing takes a quarter, building again and comparing the rest.
SHARES: Final = (25, 75)
DONE: Final = (0, 3)  # how the other house ends when it has something to tell
PATIENCE: Final = 30.0


def rehearse(work: Work) -> ExitRehearsal:
    """What an earlier run left behind is thrown away first. Whatever happens, one row says how it went."""
    root = settings.DATA_DIR / "rehearsals"
    remove(root)
    rehearsal = ExitRehearsal.objects.begin(work)
    try:
        path = root / "export.zip"
        work.say(_("The house is being packed."))
        export(path, lambda done, total: work.advance(SHARES[0] * done // max(total, 1), 100), readable=False)
        work.say(_("It is being built again in an empty house, then compared."))
        report = build_elsewhere(path, root / "house", work)
        rehearsal.end(report, size=path.stat().st_size, by=work.by)
    except Refused as refusal:
        rehearsal.fail(str(refusal), by=work.by)
        raise
    except Cancelled:
        rehearsal.stop(by=work.by)
        raise
    except OSError as error:
        rehearsal.fail(error.strerror or type(error).__name__, by=work.by)
        raise Refused(_("The rehearsal could not be done: %(why)s") % {"why": error.strerror}) from error
    finally:
        remove(root)
    return rehearsal


def build_elsewhere(path: Path, house: Path, work: Work) -> dict[str, Any]:
    """In a process and a folder of its own, with an embedded base, so that nothing of this house can help it."""
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lierre.settings", "LIERRE_DATA_DIR": str(house), "DATABASE_URL": "",
        "LIERRE_WATCHED_DIR": "", "LIERRE_EMAIL_URL": "", "LIERRE_BOUNCES_URL": "",
    }  # fmt: skip
    command = [sys.executable, "-m", "lierre", "restore", str(path), "--compare", "--json"]
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as other:
        try:
            told = listen(other, work)
        except BaseException:
            other.terminate()
            raise
        _rest, said = other.communicate(timeout=PATIENCE)
    if "report" in told and other.returncode in DONE:
        report: dict[str, Any] = told["report"]
        return report
    lines = said.strip().splitlines() or [str(other.returncode)]
    raise Refused(_("The export could not be built again: %(why)s") % {"why": told.get("refused") or lines[-1][:300]})


def listen(other: "subprocess.Popen[str]", work: Work) -> dict[str, Any]:
    """Repeat how far the other house is, and give the last thing it said."""
    assert other.stdout is not None
    told: dict[str, Any] = {}
    for line in other.stdout:
        told = json.loads(line)
        if "done" in told:
            work.advance(SHARES[0] + SHARES[1] * told["done"] // max(told["total"], 1), 100)
    return told
