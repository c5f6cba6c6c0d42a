"""`lierre work`: does the duties that are due and the long works that wait."""

import signal
from _thread import start_new_thread
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lierre.foundation.worker import POLL, Shift


class Command(BaseCommand):
    requires_system_checks = ()  # they read every page of the product first: `lierre check` does so
    help = "Does what is due and what waits. Start it several times to go faster; stop it with SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
        parser.add_argument("--poll", type=float, default=POLL, help="seconds between two looks (default: %(default)s)")

    def handle(self, *_arguments: Any, once: bool, poll: float, **_options: Any) -> None:
        shift = Shift(max(0.05, poll))

        def stop(number: int, _frame: object) -> None:
            # Who asks twice does not want to wait: the lease gives the work back.
            signal.signal(number, signal.SIG_DFL)
            # In another thread: this one may hold the lock of the event at this very instant, and would wait for itself.
            start_new_thread(shift.must_stop.set, ())

        before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if once:
                self.stdout.write(f"{shift.once()} done")
            else:
                shift.until_told(lambda: self.stdout.write(f"working as {shift.name}"))
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
