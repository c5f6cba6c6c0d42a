"""Posts prepared in a table: brought, rehearsed, imported as drafts; and the calendar taken away as a table."""

import tempfile
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response
from lierre.publishing.forms.rhythm import PostsFileForm
from lierre.publishing.models import PostsFile
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, accounts_written_by
from lierre.publishing.planning import month_bounds
from lierre.publishing.rhythm.leaving_table import HEADER, rows
from lierre.publishing.rhythm.posts_file import bring_in, rehearse, take_out
from lierre.publishing.views.calendar import asked_of, day_of

MOST_SHOWN: Final = 50


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def bring(request: HttpRequest) -> HttpResponse:
    form, made = PostsFileForm(request.POST or None, request.FILES or None), []
    if acted(request, form, lambda: made.append(read(request, form))):
        return redirect(made[0])
    latest = PostsFile.objects.filter(by=request.user.pk)[:10]
    context = {"form": form, "latest": latest}
    return render(request, "publishing/calendar_import.html", context, status=422 if form.errors else 200)


def read(request: HttpRequest, form: PostsFileForm) -> PostsFile:
    file = form.cleaned_data["file"]
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        accounts = list(accounts_written_by(request.user))
        return rehearse(Path(kept.name), file.name, accounts, form.cleaned_data["zone"], by=request.user)


@require_safe
@needs(WRITE_POSTS)
def rehearsed(request: HttpRequest, file_id: int) -> HttpResponse:
    found = mine(request, file_id)
    shown = [(line, parse_datetime(line["due_at"])) for line in found.good[:MOST_SHOWN]]
    return render(request, "publishing/calendar_rehearsal.html", {"file": found, "shown": shown})


@require_POST
@needs(WRITE_POSTS)
def confirm(request: HttpRequest, file_id: int) -> HttpResponse:
    found = mine(request, file_id)
    if "undo" in request.POST:
        return undo(request, found)
    try:
        count = bring_in(found, list(accounts_written_by(request.user)), by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:posts_file", found.pk)
    said = ngettext("%(count)d draft was written.", "%(count)d drafts were written.", count) % {"count": count}
    return done(request, said, "publishing:posts_file", found.pk)


def undo(request: HttpRequest, found: PostsFile) -> HttpResponse:
    try:
        count = take_out(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:posts_file", found.pk)
    said = ngettext(
        "%(count)d draft that nobody had touched is withdrawn.",
        "%(count)d drafts that nobody had touched are withdrawn.",
        count,
    )
    return done(request, said % {"count": count}, "publishing:posts_file", found.pk)


@require_safe
@needs(WRITE_POSTS)
def refused_lines(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """The lines that were not understood, as they came, each with its reason: corrected, they can be brought again."""
    found = mine(request, file_id)
    header = [*found.header, _("Line"), _("Why it was refused")]
    width = len(found.header)
    lines = ([*(line["cells"] + [""] * width)[:width], line["number"], line["reason"]] for line in found.bad)
    return csv_response(_("refused-lines"), header, lines)


def mine(request: HttpRequest, file_id: int) -> PostsFile:
    """A file is of whoever brought it."""
    found: PostsFile = get_object_or_404(PostsFile, pk=file_id, by=request.user.pk)
    return found


@require_safe
@needs(SEE_POSTS)
def export(request: HttpRequest) -> HttpResponseBase:
    """The month on screen, with its filters, as a table that can be brought back."""
    first = day_of(request).replace(day=1)
    name = f"calendrier-{first:%Y-%m}"
    zone = timezone.get_current_timezone()
    return csv_response(
        name, [str(word) for word in HEADER], rows(*month_bounds(first.year, first.month), asked_of(request), zone)
    )
