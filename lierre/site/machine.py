"""How the house itself goes, in one question to the base: workers, duties that fail, works that wait, room taken."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from lierre.foundation.models.duty import charges
from lierre.foundation.models.worker import QUIET

SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """`size` in bytes, of tables and indexes."""

    alive: int
    failing: int
    unfinished: int
    size: int
    last_seen: datetime | None

    @classmethod
    def now(cls) -> "Machine":
        names = sorted(charges())
        places = ", ".join(["%s"] * len(names)) or "NULL"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM foundation_worker WHERE stopped_at IS NULL AND seen_at > %s),"
                f" (SELECT count(*) FROM foundation_duty WHERE failures > 0 AND name IN ({places})),"
                " (SELECT count(*) FROM foundation_work WHERE state IN ('waiting', 'running')),"
                f" ({SIZES[connection.vendor]}), (SELECT max(seen_at) FROM foundation_worker)",
                [connection.ops.adapt_datetimefield_value(timezone.now() - QUIET), *names],
            )
            alive, failing, unfinished, size, seen = cursor.fetchone()
        if isinstance(seen, str):  # SQLite keeps moments as text, in universal time
            seen = datetime.fromisoformat(seen).replace(tzinfo=UTC)
        return cls(alive, failing, unfinished, size, seen)
