"""What someone agreed to, for staff: whether they may be written to and why, and writing down what they say."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import needs
from lierre.people.directory import looks
from lierre.people.models import Person
from lierre.people.views.loading import person_or_404
from lierre.privacy.contacting import answers_for
from lierre.privacy.forms.consents import NoteForm
from lierre.privacy.models import Consent, Purpose
from lierre.privacy.permissions import SEE_CHOICES
from lierre.privacy.populations import population_of
from lierre.privacy.views.writing import Step, form_page

LINES: Final = 50


def person_of(request: HttpRequest, public_id: str) -> Person:
    """Whatever page shows it, looking at someone who is hidden leaves a trace."""
    person = person_or_404(public_id)
    looks.saw_person(person, by=request.user)
    return person


def to_person(person: Person) -> tuple[Step, ...]:
    return ((str(person), person.get_absolute_url()),)


@require_safe
@needs(SEE_CHOICES)
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Purpose by purpose, the answer that any domain would be given just now."""
    found = person_of(request, public_id)
    purposes = list(
        Purpose.objects.in_force().of(population_of(found)).exclude(channel="none").select_related("controller")
    )
    file, answers = answers_for(found, purposes)
    choices = file.choices[found.pk]
    contacts = [each for who in choices.everyone for each in file.contacts.get(who, ())]
    context = {
        "person": found, "choices": choices, "asks": file.obstacles.asks_a_year,
        "answers": [(each, choices.of(each.pk), answers[each.pk]) for each in purposes],
        "history": choices.lines[:LINES],
        "contacts": sorted(contacts, key=lambda each: each.at, reverse=True)[:LINES],
    }  # fmt: skip
    return render(request, "privacy/consents/person.html", context)


@require_http_methods(["GET", "POST"])
@needs(SEE_CHOICES)
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    found = person_of(request, public_id)
    form = NoteForm(request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        Consent.write(
            found, said["said"], purpose=said["purpose"], how=said["how"], words=said["words"], by=request.user
        )  # fmt: skip

    if acted(request, form, act):
        return done(request, _("It is kept, with its proof. It holds from now on."), "privacy:person", public_id)
    back = reverse("privacy:person", args=[public_id])
    return form_page(
        request, form, title=_("Write down what %(person)s says") % {"person": found}, button=_("Keep it"), back=back,
        steps=to_person(found),
        dek=_("By phone, on paper, in a message. It cannot be changed afterwards: a later line may say otherwise."),
    )  # fmt: skip
