"""A file of posts is rehearsed, then written: good lines become drafts, and no line becomes one twice."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.publishing.composing import Draft, write
from lierre.publishing.models import Account, Post, PostsFile
from lierre.publishing.rhythm.posts_table import Reader, lines_of, names_of, table_of


def rehearse(path: Path, name: str, accounts: Sequence[Account], zone: str, *, by: Any) -> PostsFile:
    """Nothing is written but what was understood, and why the rest was not."""
    table = table_of(path, name)
    lines = list(lines_of(table, Reader(names_of(accounts), zone)))
    if not lines:
        raise Refused(_("There is no line in this file."))
    mark_known(lines)
    return PostsFile.objects.create(name=name[:200], header=list(table.header), lines=lines, zone=zone, by=by)


def mark_known(lines: list[dict[str, Any]]) -> None:
    """What was imported before, or stands twice in the file."""
    asked = {line["reference"] for line in lines if not line["reason"]}
    seen = set(Post.objects.filter(reference__in=asked).values_list("reference", flat=True))
    for line in lines:
        if not line["reason"]:
            line["known"] = line["reference"] in seen
            seen.add(line["reference"])


def bring_in(file: PostsFile, accounts: Sequence[Account], *, by: Any) -> int:
    """How many drafts were made. A line that another brought meanwhile is left."""
    known = {account.pk: account for account in accounts}
    with transaction.atomic():
        held = PostsFile.objects.select_for_update().get(pk=file.pk)
        if held.written_at:
            raise Refused(_("This file was imported already."))
        mark_known(held.lines)
        good = held.good
        for line in good:
            write_line(line, [known[pk] for pk in line["accounts"] if pk in known], held.zone, by=by)
        held.written, held.written_at = len(good), timezone.now()
        held.save(update_fields=["written", "written_at", "lines"])
        record("posts.imported", held, by=by, posts=len(good), refused=len(held.bad))
    file.refresh_from_db()
    return len(good)


def take_out(file: PostsFile, *, by: Any) -> int:
    """Drafts that nobody has touched since are withdrawn, and the file may be brought again. How many were."""
    with transaction.atomic():
        held = PostsFile.objects.select_for_update().get(pk=file.pk)
        if held.written_at is None:
            raise Refused(_("Nothing of this file is written."))
        written = Post.objects.filter(reference__in=[line["reference"] for line in held.good])
        untouched = list(written.filter(state=Post.State.DRAFT, changed_at__lte=held.written_at))
        if not untouched:
            raise Refused(_("Somebody has worked on each of its drafts: withdraw them one by one."))
        for post in untouched:
            post.withdraw(by=by, why=str(held))
        Post.objects.filter(pk__in=[post.pk for post in untouched]).update(reference=None)
        held.written -= len(untouched)
        if not held.written:
            held.written_at = None
        held.save(update_fields=["written", "written_at"])
        record("posts.taken_out", held, by=by, posts=len(untouched), left=held.written)
    file.refresh_from_db()
    return len(untouched)


def write_line(line: dict[str, Any], accounts: list[Account], zone: str, *, by: Any) -> Post:
    if not accounts:
        raise Refused(_("Line %(number)d: its accounts are no longer yours to write on.") % {"number": line["number"]})
    due_at = datetime.fromisoformat(line["due_at"]) if line["due_at"] else None
    intent = line["intent"] | {"reference": line["reference"], "zone": zone}
    return write(Draft(line["parts"], accounts, due_at=due_at, intent=intent), by=by)
