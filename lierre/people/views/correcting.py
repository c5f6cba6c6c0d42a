"""Corrections: a form per group of values, what it would change, then a new record. Nothing is overwritten."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.fold.folding import contact_key, position_key, study_key
from lierre.people.forms.items import ContactForm, ItemForm, PositionForm, StudyForm
from lierre.people.forms.saying import SayingForm
from lierre.people.forms.scalars import ScalarsForm
from lierre.people.matching.keys import hashed
from lierre.people.permissions import EDIT_PERSONS
from lierre.people.readings.effect import effect_of
from lierre.people.readings.wording import contact_in_words, position_in_words, study_in_words
from lierre.people.views.loading import see_other, sheet_or_404
from lierre.people.views.voice import Voice

GROUPS: Final[dict[str, tuple[str, str | Promise]]] = {
    "identite": ("identity", gettext_lazy("Correct the identity")),
    "profil": ("profile", gettext_lazy("Correct the profile")),
    "etats": ("states", gettext_lazy("Correct the states")),
}
# What there are several of: form, label of one, name of the list, what identifies an item, how it reads.
LISTS: Final[dict[str, tuple[type[ItemForm], str | Promise, str, Any, Any]]] = {
    "etudes": (StudyForm, gettext_lazy("studies"), "studies", study_key, study_in_words),
    "postes": (PositionForm, gettext_lazy("a position"), "positions", position_key, position_in_words),
    "coordonnees": (ContactForm, gettext_lazy("a contact point"), "contacts", contact_key, contact_in_words),
}


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def correct(request: HttpRequest, public_id: str, group: str) -> HttpResponse:
    return correct_group(request, Voice(sheet_or_404(request, public_id), request.user), group)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def correct_item(request: HttpRequest, public_id: str, group: str, key: str) -> HttpResponse:
    return correct_one(request, Voice(sheet_or_404(request, public_id), request.user), group, key)


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def add(request: HttpRequest, public_id: str, group: str) -> HttpResponse:
    return add_one(request, Voice(sheet_or_404(request, public_id), request.user), group)


def correct_group(request: HttpRequest, voice: Voice, group: str) -> HttpResponse:
    """A form of single values; for studies, positions and contacts, the list of what may be corrected."""
    if group in LISTS:
        return choose_one(request, voice, group)
    if group not in GROUPS:
        raise Http404
    name, title = GROUPS[group]
    form = ScalarsForm(
        request.POST or None, group=name, initial=voice.sheet.folded.values, wants_reason=not voice.own
    )  # fmt: skip
    return fill_in(request, voice, form, str(title))


def choose_one(request: HttpRequest, voice: Voice, group: str) -> HttpResponse:
    _form, one, name, key_of, show = LISTS[group]
    found = [
        (show(item), voice.address("correct_item", group, key_name(key_of(item))))
        for item, _record in getattr(voice.sheet.folded, name)
    ]
    context = {"voice": voice, "items": found, "one": one, "add": voice.address("add", group)}
    return render(request, "people/person/items.html", context)


def correct_one(request: HttpRequest, voice: Voice, group: str, key: str) -> HttpResponse:
    if group not in LISTS:
        raise Http404
    form_class, _one, name, key_of, show = LISTS[group]
    items = [item for item, _record in getattr(voice.sheet.folded, name) if key_name(key_of(item)) == key]
    if not items:
        raise Http404
    if voice.own and "still" in request.POST:
        voice.say({name: [items[0]]}, "")
        messages.success(request, _("Thank you: it is true as of today."))
        return see_other(voice.home)
    form = form_class(request.POST or None, item=items[0], wants_reason=not voice.own)
    return fill_in(request, voice, form, _("Correct: %(what)s") % {"what": show(items[0])}, confirms=voice.own)


def add_one(request: HttpRequest, voice: Voice, group: str) -> HttpResponse:
    if group not in LISTS:
        raise Http404
    form_class, one, *_rest = LISTS[group]
    form = form_class(request.POST or None, wants_reason=not voice.own)
    return fill_in(request, voice, form, _("Add %(what)s") % {"what": one})


def fill_in(
    request: HttpRequest, voice: Voice, form: SayingForm, title: str, *, confirms: bool = False
) -> HttpResponse:
    """First the effect, then, on a second gesture, the record. `confirms`: one gesture says that nothing has changed."""
    context: dict[str, Any] = {"voice": voice, "form": form, "title": title, "confirms": confirms}
    if request.method == "POST" and form.is_valid():
        facts: Mapping[str, Any] = form.facts()
        if "write" in request.POST:
            try:
                voice.say(facts, form.why)
                messages.success(request, _("It is written. What was said before waits underneath."))
                return see_other(voice.home)
            except Refused as refusal:
                form.add_error(None, str(refusal))
        elif facts:
            context["effect"] = effect_of(voice.sheet, facts, voice.kind)
        else:
            form.add_error(None, _("Nothing has changed: correct at least one value."))
    return render(request, "people/person/correct.html", context, status=422 if form.errors else 200)


def key_name(key: tuple[Any, ...]) -> str:
    """A short name for an item in an address."""
    return f"{hashed(repr(key)) & 0xFFFFFFFF:08x}"
