"""The register of accounts: who answers for each, what is wrong, who must approve; and where it begins."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.models import Unit
from lierre.accounts.permissions import HAND_OVER
from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.publishing import confirming, listed, registering
from lierre.publishing.alerting import depending
from lierre.publishing.forms.register import AccountForm, StepForm
from lierre.publishing.models import Account, Step
from lierre.publishing.network_names import name_of
from lierre.publishing.opening.going import ways_of
from lierre.publishing.outbox.visiting import visit_all
from lierre.publishing.permissions import KEEP_ACCOUNTS, SEE_POSTS, may_in, may_keep_account
from lierre.publishing.register import CLOSED, Line, in_the_register, lines
from lierre.publishing.seeding import AS_OF, bring, declared, found


def asked_lines(request: HttpRequest) -> list[Line]:
    return listed.ordered(lines(in_the_register(listed.asked_of(Account.objects.living(), request.GET))), request.GET)


@require_safe
@needs(SEE_POSTS)
def accounts(request: HttpRequest) -> HttpResponse:
    rows, codes = asked_lines(request), Account.objects.living().order_by("network").values_list("network", flat=True)
    context = {
        "lines": rows, "alerts": sum(not line.is_well for line in rows), "may_keep": may(request.user, KEEP_ACCOUNTS),
        "may_seed": may_in(request.user, KEEP_ACCOUNTS, None),
        "archived": Account.objects.archived().order_by("-archived_at"), "may_hand": may(request.user, HAND_OVER),
        "networks": [(code, name_of(code)) for code in codes.distinct()], "units": Unit.objects.open(),
        "statuses": Account.Status.choices, "filtered": any(request.GET.get(name) for name in listed.FILTERS),
        "asked": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "publishing/accounts.html", context)


@require_safe
@needs(SEE_POSTS)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every column, of the accounts that were asked for."""
    answer = csv_response if form == "csv" else xlsx_response
    return answer(_("accounts"), listed.header(), listed.rows(asked_lines(request)))


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    shown = next(iter(in_the_register(Account.objects.filter(pk=account_id))), None)
    if shown is None:
        raise Http404
    may_keep = may_keep_account(request.user, shown)
    form = AccountForm(request.POST or None, user=request.user, account=shown)
    if request.method == "POST" and not may_keep:
        raise NotAllowed(KEEP_ACCOUNTS)
    if request.method == "POST" and shown.archived_at:
        return refused(
            request, Refused(_("It is in the archive: bring it back first.")), "publishing:account", shown.pk
        )
    if acted(request, form, lambda: registering.change(shown, form.cleaned_data, by=request.user)):
        return done(request, _("It is kept."), "publishing:account", shown.pk)
    context: dict[str, Any] = {
        "account": shown, "line": lines([shown])[0], "form": form, "may_keep": may_keep,
        "is_mine": request.user.pk in {shown.owner_id, shown.deputy_id}, "is_closed": shown.network in CLOSED,
        "steps": shown.steps.select_related("person"), "step_form": StepForm(),
        "can_connect": bool(ways_of(shown)), "depending": depending(shown).count(), "alerts_given": shown.key_alerts.all()[:4],
        "latest": shown.deliveries.select_related("post").order_by("-due_at")[:8],
    }  # fmt: skip
    return render(request, "publishing/account.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    form, made = AccountForm(request.POST or None, user=request.user), []
    if acted(request, form, lambda: made.append(registering.register(form.cleaned_data, by=request.user))):
        return done(request, _("It is in the register."), "publishing:account", made[0].pk)
    return render(request, "publishing/new_account.html", {"form": form}, status=422 if form.errors else 200)


def kept_by(request: HttpRequest, account_id: int, *, living: bool = True) -> Account:
    """One that this person keeps: somebody of a unit says nothing of the accounts of another one."""
    rows = (Account.objects.living() if living else Account.objects.all()).select_related("unit", "owner")
    shown = get_object_or_404(rows, pk=account_id)
    if not may_keep_account(request.user, shown):
        raise NotAllowed(KEEP_ACCOUNTS)
    return shown


@require_POST
@needs(KEEP_ACCOUNTS)
def archive(request: HttpRequest, account_id: int) -> HttpResponse:
    shown = kept_by(request, account_id)
    registering.archive(shown, by=request.user)
    return done(
        request, _("%(account)s is in the archive, with its history.") % {"account": shown}, "publishing:accounts"
    )


ACTS: Final[dict[str, tuple[Callable[..., Any], Any]]] = {
    "ressortir": (
        registering.bring_back,
        gettext_lazy("It is in the register again. Posts are published by hand until it is connected."),
    ),
    "demander": (confirming.ask_again, gettext_lazy("Whoever answers for it is asked by mail.")),
}


@require_POST
@needs(KEEP_ACCOUNTS)
def act(request: HttpRequest, account_id: int, name: str) -> HttpResponse:
    """Bring it back from the archive; ask its owner now whether it is still ours."""
    if name not in ACTS:
        raise Http404
    shown = kept_by(request, account_id, living=False)
    do, sentence = ACTS[name]
    try:
        do(shown, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:account", shown.pk)
    return done(request, str(sentence), "publishing:account", shown.pk)


@require_POST
@needs(SEE_POSTS)
def confirm(request: HttpRequest, account_id: int) -> HttpResponse:
    """Whoever answers for it says here what the link of the mail says."""
    shown = get_object_or_404(Account.objects.living(), pk=account_id)
    if request.user.pk not in {shown.owner_id, shown.deputy_id}:
        return refused(
            request, Refused(_("Only whoever answers for it can confirm it.")), "publishing:account", shown.pk
        )
    confirming.confirm(shown, by=request.user)
    return done(request, _("It is confirmed for a year. You will be asked again then."), "publishing:account", shown.pk)


@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def ask_step(request: HttpRequest, account_id: int) -> HttpResponse:
    shown = kept_by(request, account_id)
    form = StepForm(request.POST or None)
    if acted(request, form, lambda: registering.ask_step(shown, form.cleaned_data, by=request.user)):
        return done(request, _("From now on this approval is asked."), "publishing:account", shown.pk)
    context = {"account": shown, "form": form}
    return render(request, "publishing/step.html", context, status=422 if form.errors else 200)


@require_POST
@needs(KEEP_ACCOUNTS)
def drop_step(request: HttpRequest, step_id: int) -> HttpResponse:
    step = get_object_or_404(Step.objects.select_related("account__unit", "person"), pk=step_id)
    account = step.account
    if not may_keep_account(request.user, account):
        raise NotAllowed(KEEP_ACCOUNTS)
    registering.drop_step(step, by=request.user)
    return done(request, _("This approval is no longer asked."), "publishing:account", account.pk)


@require_http_methods(["GET", "POST"])
@needs(KEEP_ACCOUNTS)
def seed(request: HttpRequest) -> HttpResponse:
    """From the list of establishments: what one of them declares, with its errors."""
    if not may_in(request.user, KEEP_ACCOUNTS, None):
        raise NotAllowed(KEEP_ACCOUNTS)
    uai = request.POST.get("uai") or request.GET.get("uai", "")
    if request.method == "POST":
        if not (count := bring(uai, request.POST.getlist("account"), by=request.user)):
            nothing = Refused(_("None is new among those that are ticked: nothing was written."))
            return refused(request, nothing, "publishing:accounts")
        said = ngettext("%(count)d account is in the register.", "%(count)d accounts are in the register.", count)
        return done(request, said % {"count": count}, "publishing:accounts")
    words, rows = request.GET.get("q", ""), declared(uai)
    tried = visit_all(each.address for each in rows) if request.GET.get("essayer") else {}
    context = {"words": words, "found": found(words), "uai": uai, "declared": rows, "as_of": AS_OF, "tried": tried,
               "rows": [(each, str(tried.get(each.address, ""))) for each in rows]}  # fmt: skip
    return render(request, "publishing/seed.html", context)
