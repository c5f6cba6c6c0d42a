"""What a machine asks: whether the process lives, and whether it can serve."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lierre.foundation.models.worker import Worker


@never_cache
@require_safe
@login_not_required
def alive(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; nothing else is looked at."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
@login_not_required
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when the base answers, is up to date, and a worker lives; else 503. Says which, and nothing more."""
    found: dict[str, Any] = {"database": False, "migrations": False, "worker": False, "worker_seen_seconds_ago": None}
    try:
        executor = MigrationExecutor(connection)
        found["database"] = True
        found["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        if found["migrations"]:
            seen = Worker.objects.last_seen()
            found["worker"] = Worker.objects.alive().exists()
            found["worker_seen_seconds_ago"] = round((timezone.now() - seen).total_seconds()) if seen else None
    except DatabaseError:
        found["database"] = False
    is_ready = found["database"] and found["migrations"] and found["worker"]
    return JsonResponse({"ready": is_ready} | found, status=200 if is_ready else 503)
