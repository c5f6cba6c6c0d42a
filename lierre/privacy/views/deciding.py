"""What the data protection officer decides: purposes, controllers, the contact budget."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import needs
from lierre.foundation.forms.dressed import ReasonForm
from lierre.privacy.forms.purposes import BudgetForm, ControllerForm, NewPurposeForm, PurposeForm
from lierre.privacy.models import Budget, Controller, Purpose
from lierre.privacy.permissions import DECIDE_PURPOSES
from lierre.privacy.views.purposes import purpose_or_404
from lierre.privacy.views.writing import Step, form_page


def to_purposes(*more: Step) -> tuple[Step, ...]:
    return ((_("Purposes"), reverse("privacy:purposes")), *more)


@require_http_methods(["GET", "POST"])
@needs(DECIDE_PURPOSES)
def add(request: HttpRequest) -> HttpResponse:
    form = NewPurposeForm(request.POST or None, initial={"retention_months": 36, "is_topic": True})
    made = Purpose()

    def act() -> None:
        made.key, made.population = form.cleaned_data["key"], form.cleaned_data["population"]
        made.keep(form.version, by=request.user, reason=form.because)

    if acted(request, form, act):
        return done(request, _("The purpose is open."), "privacy:purpose", made.pk)
    return form_page(
        request, form, title=_("Open a purpose"), button=_("Open it"), back="privacy:purposes", steps=to_purposes(),
        dek=_("One purpose, for one population, on one legal basis. Nobody is written to outside a purpose."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(DECIDE_PURPOSES)
def change(request: HttpRequest, purpose_id: int) -> HttpResponse:
    found = purpose_or_404(purpose_id)
    form = PurposeForm(request.POST or None, initial={**found.version(), "controller": found.controller})
    if acted(request, form, lambda: found.keep(form.version, by=request.user, reason=form.because)):
        return done(request, _("The new version is in force. The former one stays below."), found.get_absolute_url())
    return form_page(
        request, form, title=_("Change “%(purpose)s”") % {"purpose": found}, button=_("Put it in force"), back=found,
        steps=to_purposes((found.label, found.get_absolute_url())),
        dek=_("The notices and the register say it at once. The former version is kept."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(DECIDE_PURPOSES)
def close(request: HttpRequest, purpose_id: int) -> HttpResponse:
    found = purpose_or_404(purpose_id)
    form = ReasonForm(request.POST or None)
    if acted(request, form, lambda: found.close(by=request.user, reason=form.why)):
        return done(request, _("The purpose is closed."), found.get_absolute_url())
    return form_page(
        request, form, title=_("Close “%(purpose)s”") % {"purpose": found}, button=_("Close it"), back=found,
        steps=to_purposes((found.label, found.get_absolute_url())), danger=True,
        dek=_("Nobody is written to for it any more. What was agreed is kept; the register shows it closed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(DECIDE_PURPOSES)
def controller(request: HttpRequest, controller_id: int) -> HttpResponse:
    found = get_object_or_404(Controller, pk=controller_id)
    known = {name: getattr(found, name) for name in ("name", "kind", "address", "represented_by", "unit", "officer")}
    form = ControllerForm(request.POST or None, initial=known)
    if acted(request, form, lambda: found.describe(form.cleaned_data, by=request.user)):
        return done(request, _("“%(name)s” is kept.") % {"name": found}, "privacy:desk")
    return form_page(
        request, form, title=str(found), button=_("Keep it"), back="privacy:desk",
        dek=_("Who answers for purposes, and how to reach them: every notice says so."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(DECIDE_PURPOSES)
def budget(request: HttpRequest) -> HttpResponse:
    form = BudgetForm(request.POST or None, initial={"asks": Budget.in_force()})

    def act() -> None:
        Budget.decide(form.cleaned_data["asks"], by=request.user, reason=form.why)

    if acted(request, form, act):
        return done(request, _("The contact budget is in force."), "privacy:desk")
    return form_page(
        request, form, title=_("Contact budget"), button=_("Put it in force"), back="privacy:desk",
        dek=_("How many times a year a person may be asked something, all services together."),
    )  # fmt: skip
