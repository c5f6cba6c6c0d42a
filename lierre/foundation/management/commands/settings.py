"""`lierre settings`: every variable an instance may be given, with its meaning, its default and its present value."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from lierre.configuration import VARIABLES, Variable

MASK = "••••••••"


def shown(variable: Variable, text: str) -> str:
    if not text:
        return "(empty)"
    return MASK if variable.secret else text


class Command(BaseCommand):
    help = "Prints every variable with its meaning, default and present value. Secrets are masked."
    requires_system_checks: list[str] = []

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        for variable in VARIABLES:
            given = os.environ.get(variable.name, "")
            self.stdout.write(self.style.MIGRATE_HEADING(variable.name))
            self.stdout.write(f"  {variable.meaning}")
            self.stdout.write(f"  default: {variable.default or '(empty)'}")
            self.stdout.write(f"  now:     {shown(variable, given) if given else 'the default'}")
