"""`lierre serve`: answers the web."""

from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"a number from 1, not {text}")
    return int(text)


class Command(BaseCommand):
    help = "Answers the web. A proxy that terminates TLS stands in front of it in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=positive, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--workers", type=positive, default=1, help="processes (default: 1, always 1 on SQLite)")
        parser.add_argument("--threads", type=positive, default=4, help="threads per process (default: %(default)s)")

    def handle(self, *_arguments: Any, host: str, port: int, workers: int, threads: int, **_options: Any) -> None:
        if workers > 1 and connection.vendor == "sqlite":
            # Each process would keep its own snapshot of the directory, and they would all wait for the one writer.
            raise CommandError("On SQLite one process serves, with threads: leave --workers out.")
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            self.stderr.write("The static files are not collected: run `lierre collectstatic --noinput` first.")
        # The server forks: a connection must not be shared with its children.
        connections.close_all()
        self.stdout.write(f"Lierre answers on http://{host}:{port}")
        Granian(
            "lierre.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=workers,
            blocking_threads=threads,
            backpressure=threads * 32,
            respawn_failed_workers=True,
            # Told twice to stop (a keyboard tells parent and child), a worker may wait for ever: it is given these seconds.
            workers_kill_timeout=30,
            log_level=LogLevels.warning,
        ).serve()
