"""The register of accounts: who answers for each, what is wrong, who must approve; and where it begins."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.permissions import HAND_OVER
from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.export import csv_response
from lierre.publishing import registering
from lierre.publishing.alerting import depending
from lierre.publishing.forms.register import AccountForm, StepForm
from lierre.publishing.models import Account, Step
from lierre.publishing.network_names import name_of
from lierre.publishing.opening.going import ways_of
from lierre.publishing.outbox.visiting import visit_all
from lierre.publishing.permissions import KEEP_ACCOUNTS, SEE_POSTS
from lierre.publishing.register import Line, in_the_register, lines
from lierre.publishing.seeding import AS_OF, bring, declared, found


def every() -> list[Account]:
    return in_the_register(Account.objects.living())


@require_safe
@needs(SEE_POSTS)
def accounts(request: HttpRequest) -> HttpResponse:
    rows = lines(every())
    context = {
        "lines": rows, "alerts": sum(not line.is_well for line in rows), "may_keep": may(request.user, KEEP_ACCOUNTS),
        "archived": Account.objects.archived().order_by("-archived_at"), "may_hand": may(request.user, HAND_OVER),
    }  # fmt: skip
    return render(request, "publishing/accounts.html", context)


@require_safe
@needs(SEE_POSTS)
def export(request: HttpRequest) -> HttpResponseBase:
    header = [_("Network"), _("Shown as"), _("Address"), _("Unit"), _("Answers for it"), _("Status"), _("To look at")]
    rows = (row(line) for line in lines(every()))
    del request
    return csv_response(_("accounts"), header, rows)


def row(line: Line) -> list[str]:
    account = line.account
    said = [name_of(account.network), account.label, account.address, str(account.unit or ""), str(account.owner or "")]
    return [*said, str(account.get_status_display()), "; ".join(line.alerts)]


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    shown = next(iter(in_the_register(Account.objects.filter(pk=account_id))), None)
    if shown is None:
        raise Http404
    may_keep = may(request.user, KEEP_ACCOUNTS)
    form = AccountForm(request.POST or None, account=shown)
    if request.method == "POST" and not may_keep:
        raise NotAllowed(KEEP_ACCOUNTS)
    if acted(request, form, lambda: registering.change(shown, form.cleaned_data, by=request.user)):
        return done(request, _("It is kept."), "publishing:account", shown.pk)
    context: dict[str, Any] = {
        "account": shown, "line": lines([shown])[0], "form": form, "may_keep": may_keep,
        "steps": shown.steps.select_related("person"), "step_form": StepForm(),
        "can_connect": bool(ways_of(shown)), "depending": depending(shown).count(), "alerts_given": shown.key_alerts.all()[:4],
        "latest": shown.deliveries.select_related("post").order_by("-due_at")[:8],
    }  # fmt: skip
    return render(request, "publishing/account.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    form, made = AccountForm(request.POST or None), []
    if acted(request, form, lambda: made.append(registering.register(form.cleaned_data, by=request.user))):
        return done(request, _("It is in the register."), "publishing:account", made[0].pk)
    return render(request, "publishing/new_account.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@needs(KEEP_ACCOUNTS)
def archive(request: HttpRequest, account_id: int) -> HttpResponse:
    shown = get_object_or_404(Account.objects.living(), pk=account_id)
    registering.archive(shown, by=request.user)
    return done(
        request, _("%(account)s is in the archive, with its history.") % {"account": shown}, "publishing:accounts"
    )


@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def ask_step(request: HttpRequest, account_id: int) -> HttpResponse:
    shown = get_object_or_404(Account.objects.living(), pk=account_id)
    form = StepForm(request.POST or None)
    if acted(request, form, lambda: registering.ask_step(shown, form.cleaned_data, by=request.user)):
        return done(request, _("From now on this approval is asked."), "publishing:account", shown.pk)
    context = {"account": shown, "form": form}
    return render(request, "publishing/step.html", context, status=422 if form.errors else 200)


@require_POST
@needs(KEEP_ACCOUNTS)
def drop_step(request: HttpRequest, step_id: int) -> HttpResponse:
    step = get_object_or_404(Step.objects.select_related("account", "person"), pk=step_id)
    account_id = step.account_id
    registering.drop_step(step, by=request.user)
    return done(request, _("This approval is no longer asked."), "publishing:account", account_id)


@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def seed(request: HttpRequest) -> HttpResponse:
    """From the list of establishments: what one of them declares, with its errors."""
    uai = request.POST.get("uai") or request.GET.get("uai", "")
    if request.method == "POST":
        count = bring(uai, request.POST.getlist("account"), by=request.user)
        said = ngettext("%(count)d account is in the register.", "%(count)d accounts are in the register.", count)
        return done(request, said % {"count": count}, "publishing:accounts")
    words, rows = request.GET.get("q", ""), declared(uai)
    tried = visit_all(each.address for each in rows) if request.GET.get("essayer") else {}
    context = {"words": words, "found": found(words), "uai": uai, "declared": rows, "as_of": AS_OF, "tried": tried,
               "rows": [(each, str(tried.get(each.address, ""))) for each in rows]}  # fmt: skip
    return render(request, "publishing/seed.html", context)
