"""The tree changes one verb at a time: add, rename, move, close, reopen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.accounts.forms.units import MoveForm, NewUnitForm, UnitForm
from lierre.accounts.models import Unit, User
from lierre.accounts.permissions import MANAGE_UNITS, units_where
from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.forms.dressed import ReasonForm


def unit_to_change(request: HttpRequest, unit_id: int) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=unit_id)
    if not may(request.user, MANAGE_UNITS, unit):
        raise NotAllowed(MANAGE_UNITS)
    return unit


def answer(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    form = context["form"]
    return render(request, f"accounts/units/{name}.html", context, status=422 if form.errors else 200)  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@needs(MANAGE_UNITS)
def add(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    by = request.user
    among = units_where(by, MANAGE_UNITS).order_by("path")
    form = NewUnitForm(request.POST or None, among=among, initial={"parent": request.GET.get("parent")})
    if acted(request, form, lambda: Unit.add(**form.said, parent=form.cleaned_data["parent"], by=by)):
        return done(request, _("%(unit)s is added.") % {"unit": form.said["name"]}, "accounts:units")
    return answer(request, "add", form=form)


@require_http_methods(["GET", "POST"])
@needs(MANAGE_UNITS)
def change(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = unit_to_change(request, unit_id)
    form = UnitForm(request.POST or None, unit=unit)
    if acted(request, form, lambda: unit.rename(**form.said, by=request.user)):  # type: ignore[arg-type]
        return done(request, _("%(unit)s is kept.") % {"unit": unit}, "accounts:unit", unit.pk)
    return answer(request, "change", form=form, unit=unit)


@require_http_methods(["GET", "POST"])
@needs(MANAGE_UNITS)
def move(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = unit_to_change(request, unit_id)
    assert isinstance(request.user, User)
    by = request.user
    among = units_where(by, MANAGE_UNITS).exclude(path__startswith=unit.path).order_by("path")
    form = MoveForm(request.POST or None, among=among, initial={"under": unit.parent_id})
    if acted(request, form, lambda: unit.move(form.cleaned_data["under"], by=by, why=form.why)):
        said = _("%(unit)s now hangs on %(parent)s.") % {"unit": unit, "parent": unit.parent}
        return done(request, said, "accounts:unit", unit.pk)
    return answer(request, "move", form=form, unit=unit)


@require_http_methods(["GET", "POST"])
@needs(MANAGE_UNITS)
def close(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = unit_to_change(request, unit_id)
    form = ReasonForm(request.POST or None)
    if acted(request, form, lambda: unit.close(by=request.user, why=form.why)):  # type: ignore[arg-type]
        return done(request, _("%(unit)s is closed.") % {"unit": unit}, "accounts:unit", unit.pk)
    return answer(request, "close", form=form, unit=unit, held=unit.roles.count())


@require_http_methods(["GET", "POST"])
@needs(MANAGE_UNITS)
def reopen(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = unit_to_change(request, unit_id)
    form = ReasonForm(request.POST or None)
    if acted(request, form, lambda: unit.reopen(by=request.user, why=form.why)):  # type: ignore[arg-type]
        return done(request, _("%(unit)s is open again.") % {"unit": unit}, "accounts:unit", unit.pk)
    return answer(request, "reopen", form=form, unit=unit)
