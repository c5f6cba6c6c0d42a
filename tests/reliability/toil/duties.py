"""Works and a duty whose every effect is a row of `toil`. No rule of that table hides what is done twice."""

import time
from datetime import timedelta

from django.db import connection, transaction

from lierre.foundation.duties import duty
from lierre.foundation.models.work import Work, long_work


def leave_a_trace(name: str, step: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO toil (name, step) VALUES (%s, %s)", [name, step])


def steps_done(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT step) FROM toil WHERE name = %s", [name])
        return int(cursor.fetchone()[0])


@long_work("toil.steps", label="Steps that can be taken up again")
def take_steps(work: Work) -> dict[str, int]:
    """Each step is written while the lease is held, and begins where the last one ended."""
    name, total = f"work {work.pk}", work.arguments["steps"]
    for step in range(steps_done(name), total):
        with transaction.atomic():
            work.hold()
            leave_a_trace(name, step)
        time.sleep(work.arguments["seconds"])
        work.advance(step + 1, total)
    return {"steps": total}


@long_work("toil.publish", label="What shows outside", once_only=True)
def publish(work: Work) -> None:
    leave_a_trace(f"work {work.pk}", 0)
    time.sleep(work.arguments["seconds"])


@duty(every=timedelta(hours=1), label="A duty that may be done again")
def look_around() -> str:
    leave_a_trace("look_around", 0)
    return "All is quiet."


@duty(every=timedelta(hours=1), label="A duty that must not be done again", once_only=True)
def ring_the_bell() -> None:
    leave_a_trace("ring_the_bell", 0)
    time.sleep(3)
