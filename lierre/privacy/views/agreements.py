"""Sharing agreements between controllers: what flows, for what, until when, and the question asked of them."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.models import Role
from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import may, needs
from lierre.foundation.forms.dressed import ReasonForm
from lierre.foundation.models.journal import Entry
from lierre.foundation.naming import with_names
from lierre.people.directory.mass import VERBS
from lierre.privacy.acting import families_flowing_to
from lierre.privacy.forms.purposes import AgreementForm
from lierre.privacy.models import Agreement, Controller
from lierre.privacy.permissions import DECIDE_PURPOSES, READ_PURPOSES
from lierre.privacy.sharing import matrix
from lierre.privacy.views.writing import above, form_page

SHOWN: Final = 20
SEEN: Final = {
    "name": gettext_lazy("Name"),
    "study": gettext_lazy("Studies"),
    "position": gettext_lazy("Positions"),
    "place": gettext_lazy("Place"),
    "contact": gettext_lazy("Contact points"),
    "birth": gettext_lazy("Birth"),
    "profile": gettext_lazy("Profile"),
    "link": gettext_lazy("Links"),
}


@require_safe
@needs(READ_PURPOSES)
def agreements(request: HttpRequest) -> HttpResponse:
    known = Agreement.objects.select_related("giver", "taker").prefetch_related("purposes")
    context = {
        "agreements": known, "decides": may(request.user, DECIDE_PURPOSES), "above": above(), "title": _("Sharing"),
    }  # fmt: skip
    return render(request, "privacy/agreements/list.html", context)


@require_safe
@needs(READ_PURPOSES)
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    found = agreement_or_404(agreement_id)
    context = {
        "agreement": found, "decides": may(request.user, DECIDE_PURPOSES) and found.ends_on is None,
        "matrix": matrix(found.giver, found.taker), "seen": seen_by(found.taker), "taken": with_names(taken_by(found.taker)),
        "above": above((_("Sharing"), reverse("privacy:agreements"))),
    }  # fmt: skip
    return render(request, "privacy/agreements/page.html", context)


@require_http_methods(["GET", "POST"])
@needs(DECIDE_PURPOSES)
def sign(request: HttpRequest) -> HttpResponse:
    others = Controller.objects.exclude(kind=Controller.Kind.SCHOOL)
    initial = {"signed_on": timezone.localdate(), "taker": others.first()}
    form = AgreementForm(request.POST or None, initial=initial)
    signed: list[Agreement] = []

    def act() -> None:
        signed.append(form.agreement())
        signed[-1].sign(list(form.cleaned_data["purposes"]), by=request.user)

    if acted(request, form, act):
        return done(request, _("The agreement is in force."), signed[-1].get_absolute_url())
    return form_page(
        request, form, title=_("Write an agreement down"), button=_("Put it in force"), back="privacy:agreements",
        steps=((_("Sharing"), reverse("privacy:agreements")),),
        dek=_("One way only. What is not ticked does not flow, and Lierre refuses it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(DECIDE_PURPOSES)
def end(request: HttpRequest, agreement_id: int) -> HttpResponse:
    found = agreement_or_404(agreement_id)
    form = ReasonForm(request.POST or None)
    if acted(request, form, lambda: found.end(by=request.user, reason=form.why)):
        return done(request, _("Nothing flows any more."), found.get_absolute_url())
    return form_page(
        request, form, title=_("End this agreement"), button=_("End it"), back=found, danger=True,
        steps=((_("Sharing"), reverse("privacy:agreements")), (str(found), found.get_absolute_url())),
        dek=_("What flowed is hidden at once, in pages, lists and exports, and for machines. The agreement stays here, ended."),
    )  # fmt: skip


def seen_by(taker: Controller) -> list[tuple[str, bool]]:
    """Family by family, whether whoever works for them sees it today."""
    flowing = families_flowing_to(taker)
    return [(str(label), family in flowing) for family, label in SEEN.items()]


def taken_by(taker: Controller) -> list[Entry]:
    """The lists that whoever works for them took away, the latest first."""
    if taker.unit is None:
        return []
    theirs = Role.objects.below(taker.unit).values("user")
    return list(Entry.objects.filter(verb__in=VERBS, actor_id__in=theirs)[:SHOWN])


def agreement_or_404(agreement_id: int) -> Agreement:
    known = Agreement.objects.select_related("giver", "taker__unit").prefetch_related("purposes")
    return get_object_or_404(known, pk=agreement_id)
