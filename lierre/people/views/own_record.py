"""My record: what is known of me, who sees it, who spoke and who looked, and what I want to say."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import done, refused
from lierre.foundation.errors import Refused
from lierre.people.choosing import choose_audiences
from lierre.people.directory.circles import groups_of
from lierre.people.facts import AUDIENCES
from lierre.people.forms.choices import AudiencesForm
from lierre.people.models import Delegate, Person, Record
from lierre.people.pausing import pause, pause_among, resume
from lierre.people.readings.choices import LEVELS, LOOKERS
from lierre.people.readings.own_history import OwnHistory
from lierre.people.readings.sheet import Sheet
from lierre.people.unsaying import unsay
from lierre.people.views.correcting import add_one, correct_group, correct_one
from lierre.people.views.loading import own_person_or_404, see_other
from lierre.people.views.person import as_others_see
from lierre.people.views.voice import Voice

LOOKS_SHOWN: Final = 4


def own_voice(request: HttpRequest) -> Voice:
    return Voice(Sheet.for_everyone_to_know(own_person_or_404(request)), request.user, own=True)


@require_safe
def own_record(request: HttpRequest) -> HttpResponse:
    """The page says so kindly when the account is nobody's yet."""
    if not Person.objects.filter(account=request.user.pk).exists():
        return render(request, "people/person/nobody.html", status=404)
    voice = own_voice(request)
    looker = request.GET.get("comme", "")
    if looker in LOOKERS:
        return as_others_see(request, voice.sheet, looker, home=voice.home)
    context = {
        "voice": voice, "sheet": voice.sheet, "person": voice.sheet.person, "audiences": AUDIENCES, "lookers": LOOKERS,
        "paused": pause_among(voice.sheet.records), "looks": OwnHistory(voice.sheet, request.user).looks[:LOOKS_SHOWN],
        "charges": Delegate.objects.held_by(request.user),
    }  # fmt: skip
    return render(request, "people/own/page.html", context)


@require_http_methods(["GET", "POST"])
def own_choices(request: HttpRequest) -> HttpResponse:
    """Who sees each family of my values. A level fills the whole table in one gesture."""
    voice = own_voice(request)
    # Nothing ticked is a choice too: nobody.
    said = request.POST if request.method == "POST" else None
    level = LEVELS.get(request.POST.get("level", ""))
    form = AudiencesForm(said, chosen=voice.sheet.folded.values)
    if request.method == "POST" and form.is_valid():
        try:
            choose_audiences(voice.sheet.person, level.seen_by if level else form.seen_by(), by=request.user)
            messages.success(request, _("Your choice holds from now on, everywhere here."))
            return see_other("people:own_choices" if level else "people:own_record")
        except Refused as refusal:
            messages.error(request, str(refusal))
    context = {
        "voice": voice, "form": form, "audiences": AUDIENCES, "levels": LEVELS.values(), "lookers": LOOKERS,
        "paused": pause_among(voice.sheet.records), "groups": groups_of(request.user),
    }  # fmt: skip
    return render(request, "people/own/choices.html", context)


@require_safe
def own_history(request: HttpRequest) -> HttpResponse:
    """Everything that was heard, done and looked at."""
    voice = own_voice(request)
    context = {"voice": voice, "sheet": voice.sheet, "history": OwnHistory(voice.sheet, request.user)}
    return render(request, "people/own/history.html", context)


@require_POST
def own_pause(request: HttpRequest, act: str) -> HttpResponse:
    """Out of sight, or back."""
    acts = {
        "arreter": (
            pause,
            _("You are out of sight: nobody sees you here, nobody writes to you. One click takes it back."),
        ),
        "reprendre": (resume, _("All is as it was before the pause.")),
    }
    if act not in acts:
        raise Http404
    change, sentence = acts[act]
    try:
        change(own_person_or_404(request), by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "people:own_record")
    return done(request, sentence, "people:own_record")


@require_POST
def own_take_back(request: HttpRequest, record_id: int) -> HttpResponse:
    """What I said here myself goes as if I had not said it."""
    mine = Record.objects.filter(person=own_person_or_404(request), source__kind__in=["member", "archive"])
    kept = get_object_or_404(mine.select_related("person"), pk=record_id)
    try:
        unsay(kept, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "people:own_history")
    return done(request, _("It is taken back: nothing of it is left in your record."), "people:own_history")


@require_http_methods(["GET", "POST"])
def own_correct(request: HttpRequest, group: str) -> HttpResponse:
    return correct_group(request, own_voice(request), group)


@require_http_methods(["GET", "POST"])
def own_correct_item(request: HttpRequest, group: str, key: str) -> HttpResponse:
    return correct_one(request, own_voice(request), group, key)


@require_http_methods(["GET", "POST"])
def own_add(request: HttpRequest, group: str) -> HttpResponse:
    return add_one(request, own_voice(request), group)
