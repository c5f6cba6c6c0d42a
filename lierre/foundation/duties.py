"""What the house does by itself, whatever its domains: it puts away what is finished and keeps the base quick."""

from datetime import timedelta
from importlib import import_module
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.models.duty import duty
from lierre.foundation.models.work import Work
from lierre.foundation.models.worker import Worker

__all__ = ["duty"]

WORKS_KEPT: Final = timedelta(days=90)
WORKERS_KEPT: Final = timedelta(days=7)


@duty(every="daily at 03:10", label=gettext_lazy("Put away finished works and closed sessions"))
def put_away() -> str:
    """The journal keeps who asked for what; the row of the work may go."""
    now = timezone.now()
    gone, _by_model = Work.objects.finished().filter(finished_at__lt=now - WORKS_KEPT).delete()
    Worker.objects.filter(seen_at__lt=now - WORKERS_KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return ngettext("%(count)d work put away.", "%(count)d works put away.", gone) % {"count": gone}


@duty(every="daily at 03:40", label=gettext_lazy("Keep the embedded base quick"))
def optimise() -> str:
    """PostgreSQL does this by itself (autovacuum)."""
    if connection.vendor != "sqlite":
        return _("Nothing to do: PostgreSQL looks after itself.")
    with connection.cursor() as cursor:
        # Bounded, so that it takes milliseconds on a base of any size (SQLite's own advice).
        cursor.execute("PRAGMA analysis_limit = 400")
        cursor.execute("PRAGMA optimize")
    return _("Statistics are up to date.")
