"""The archive I bring: what it would change, line by line, and what I tick."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.views.answers import done, refused
from lierre.foundation.errors import Refused
from lierre.people.bringing import Brought, keep, proposals, read
from lierre.people.forms.imports import ArchiveForm
from lierre.people.readings.effect import line_of
from lierre.people.readings.sheet import Sheet
from lierre.people.views.own_record import own_voice
from lierre.people.views.voice import Voice


@never_cache
@require_http_methods(["GET", "POST"])
def own_archive(request: HttpRequest) -> HttpResponse:
    """The file is read and gone before the page answers. Nothing is kept yet."""
    voice = own_voice(request)
    form = ArchiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        [(name, stream)] = form.brought()
        try:
            return compared(request, voice, read(name, stream))
        except Refused as refusal:
            form.add_error("file", str(refusal))
        finally:
            stream.close()
    context = {"voice": voice, "form": form}
    return render(request, "people/own/archive.html", context, status=422 if form.errors else 200)


def compared(request: HttpRequest, voice: Voice, brought: Brought) -> HttpResponse:
    found = proposals(voice.sheet, brought.pieces)
    lines = [(each, [line_of(change) for change in each.changes]) for each in found]
    context = {
        "voice": voice, "brought": brought, "sealed": brought.sealed(voice.sheet), "known": len(brought.pieces) - len(found),
        "lines": [pair for pair in lines if not pair[0].against_own],
        "against_own": [pair for pair in lines if pair[0].against_own],
    }  # fmt: skip
    return render(request, "people/own/archive_lines.html", context)


@require_POST
def own_archive_keep(request: HttpRequest) -> HttpResponse:
    """Keep the lines that are ticked; the others were never here."""
    sheet: Sheet = own_voice(request).sheet
    ticked = [int(number) for number in request.POST.getlist("keep") if number.isdecimal()]
    try:
        kept = keep(sheet, request.POST.get("sealed", ""), ticked, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "people:own_archive")
    if not kept:
        return done(request, _("Nothing was kept: your record is as it was."), "people:own_record")
    said = ngettext("%(count)d line is now in your record.", "%(count)d lines are now in your record.", kept)
    return done(request, said % {"count": kept}, "people:own_record")
