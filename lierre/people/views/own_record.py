"""My record: what is known of me, who sees it, what I want to say, and the archive I bring from elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.foundation.errors import Refused
from lierre.people.choosing import archive_source, choose_audiences
from lierre.people.facts import AUDIENCES
from lierre.people.forms.choices import AudiencesForm
from lierre.people.forms.imports import ArchiveForm
from lierre.people.models import Person
from lierre.people.readings.sheet import Sheet
from lierre.people.views.correcting import add_one, correct_group, correct_one
from lierre.people.views.loading import own_person_or_404, see_other
from lierre.people.views.person import as_others_see
from lierre.people.views.voice import Voice


def own_voice(request: HttpRequest) -> Voice:
    return Voice(Sheet.for_everyone_to_know(own_person_or_404(request)), request.user, own=True)


@require_safe
def own_record(request: HttpRequest) -> HttpResponse:
    """The page says so kindly when the account is nobody's yet."""
    if not Person.objects.filter(account=request.user.pk).exists():
        return render(request, "people/person/nobody.html", status=404)
    voice = own_voice(request)
    audience = request.GET.get("comme", "")
    if audience in AUDIENCES:
        return as_others_see(request, voice.sheet, audience)
    context = {"voice": voice, "sheet": voice.sheet, "person": voice.sheet.person, "audiences": AUDIENCES}
    return render(request, "people/person/own.html", context)


@require_http_methods(["GET", "POST"])
def own_choices(request: HttpRequest) -> HttpResponse:
    """Who sees each family of my values."""
    voice = own_voice(request)
    # Nothing ticked is a choice too: nobody.
    said = request.POST if request.method == "POST" else None
    form = AudiencesForm(said, chosen=voice.sheet.folded.values)
    if request.method == "POST" and form.is_valid():
        try:
            choose_audiences(voice.sheet.person, form.seen_by(), by=request.user)
            messages.success(request, _("Your choice holds from now on, everywhere here."))
            return see_other("people:own_record")
        except Refused as refusal:
            messages.error(request, str(refusal))
    return render(request, "people/person/own_choices.html", {"voice": voice, "form": form, "audiences": AUDIENCES})


@require_http_methods(["GET", "POST"])
def own_correct(request: HttpRequest, group: str) -> HttpResponse:
    return correct_group(request, own_voice(request), group)


@require_http_methods(["GET", "POST"])
def own_correct_item(request: HttpRequest, group: str, key: str) -> HttpResponse:
    return correct_one(request, own_voice(request), group, key)


@require_http_methods(["GET", "POST"])
def own_add(request: HttpRequest, group: str) -> HttpResponse:
    return add_one(request, own_voice(request), group)


@require_http_methods(["GET", "POST"])
def own_archive(request: HttpRequest) -> HttpResponse:
    """A LinkedIn archive, a CV: read, shown, and kept only if I say so."""
    voice = own_voice(request)
    form = ArchiveForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        from lierre.people.importing.receiving import receive

        try:
            imported = receive(
                form.brought(), by=request.user, source=archive_source(), member=voice.sheet.person
            )  # fmt: skip
            work = imported.ask_rehearsal(by=request.user)
            return see_other("foundation:work", work.pk)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"voice": voice, "form": form}
    return render(request, "people/person/own_archive.html", context, status=422 if form.errors else 200)
