"""The command line as others use it: in a pipe."""

import os
import sys

import pytest
from django.core import management

from lierre.__main__ import READ_ENOUGH, main


def test_who_reads_only_the_beginning_is_told_nothing_more(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`lierre outbox --json | head -1`."""
    monkeypatch.setattr(management, "execute_from_command_line", lambda _words: sys.stdout.write("{}\n" * 100_000))
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as deaf:
        monkeypatch.setattr(sys, "stdout", deaf)
        with pytest.raises(SystemExit) as end:
            main(["lierre", "help"])

    assert end.value.code == READ_ENOUGH
    assert capfd.readouterr().err == ""
