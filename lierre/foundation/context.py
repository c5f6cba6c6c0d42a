"""What any page may say about the house itself. Nothing is read from the base until a page asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lierre.foundation.models.worker import silence


def worker(_request: HttpRequest) -> dict[str, Any]:
    """`nothing_runs_since`: the moment the last worker was seen; false when one lives."""
    return {"nothing_runs_since": SimpleLazyObject(lambda: silence() or False)}
