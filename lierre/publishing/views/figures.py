"""Figures that somebody types, for want of a network that tells them; and all of those of an account, to take away."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.export import csv_response
from lierre.publishing.figures.by_hand import type_of_account, type_of_post
from lierre.publishing.figures.showing import rows_of
from lierre.publishing.forms.figures import FiguresForm
from lierre.publishing.models import Account, Delivery
from lierre.publishing.permissions import KEEP_ACCOUNTS, SEE_POSTS, WRITE_POSTS, may_change
from lierre.publishing.views.register import kept_by


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def of_post(request: HttpRequest, delivery_id: int) -> HttpResponse:
    shown = get_object_or_404(Delivery.objects.select_related("post", "account"), pk=delivery_id)
    if not may_change(request.user, shown.post):
        raise NotAllowed(WRITE_POSTS)
    form = FiguresForm(request.POST or None)
    if acted(request, form, lambda: type_of_post(shown, form.cleaned_data, by=request.user)):
        return done(request, _("These figures are kept, with the day and your name."), "publishing:delivery", shown.pk)
    context = {"form": form, "delivery": shown, "account": shown.account}
    return render(request, "publishing/figures_typed.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def of_account(request: HttpRequest, account_id: int) -> HttpResponse:
    shown = kept_by(request, account_id)
    form = FiguresForm(request.POST or None, names=("followers",))
    if acted(request, form, lambda: type_of_account(shown, form.cleaned_data, by=request.user)):
        return done(request, _("These figures are kept, with the day and your name."), "publishing:account", shown.pk)
    context = {"form": form, "account": shown}
    return render(request, "publishing/figures_typed.html", context, status=422 if form.errors else 200)


@require_safe
@needs(SEE_POSTS)
def export(request: HttpRequest, account_id: int) -> HttpResponseBase:
    shown = get_object_or_404(Account, pk=account_id)
    del request
    header = [_("When"), _("Post"), _("Address"), _("Figure"), _("Value"), _("Called there"), _("How")]
    return csv_response(_("figures"), header, rows_of(shown))
