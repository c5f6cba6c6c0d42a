"""The command line: settings tell everything but secrets, and serving refuses what would break."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lierre.configuration import VARIABLES


def test_every_variable_is_told_with_its_meaning_and_default():
    out = io.StringIO()

    call_command("settings", stdout=out, no_color=True)

    for variable in VARIABLES:
        assert variable.name in out.getvalue()
        assert variable.meaning in out.getvalue()


def test_secrets_are_masked(monkeypatch):
    for variable in VARIABLES:
        monkeypatch.setenv(variable.name, f"value of {variable.name}")
    out = io.StringIO()

    call_command("settings", stdout=out, no_color=True)

    shown = [variable.secret for variable in VARIABLES if f"value of {variable.name}" in out.getvalue()]
    assert shown
    assert not any(shown)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL serves with several processes")
def test_several_processes_do_not_serve_one_sqlite():
    with pytest.raises(CommandError, match="SQLite"):
        call_command("serve", workers=2)


@pytest.mark.parametrize("wrong", ["0", "-1", "many"])
def test_an_impossible_port_is_refused(wrong):
    with pytest.raises(CommandError, match="--port"):
        call_command("serve", "--port", wrong)
