"""Mailings: those that are written, one of them, what it says and how it looks, how much the house writes."""

from typing import Any, Final

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.models import Unit, User
from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.export import csv_response, xlsx_response
from lierre.publishing.forms.approving import SendBackForm
from lierre.publishing.forms.mailing import MailingForm, RulesForm, sections_form
from lierre.publishing.mailing import figures
from lierre.publishing.mailing.approvers import may_approve, stead_of
from lierre.publishing.mailing.approving import decide_rules
from lierre.publishing.mailing.audience import topics
from lierre.publishing.mailing.charter import Read, charter_of
from lierre.publishing.mailing.composing import change, write
from lierre.publishing.mailing.keeping import may_countersign
from lierre.publishing.mailing.letter import Written
from lierre.publishing.mailing.listing import Asked, latest_first
from lierre.publishing.mailing.outside import outside_yes
from lierre.publishing.mailing.progress import progress
from lierre.publishing.mailing.rendering import html_of, text_of, weight
from lierre.publishing.mailing.warnings import warnings
from lierre.publishing.models import Mailing, MailingRules
from lierre.publishing.permissions import SEE_POSTS, WRITE_MAILINGS, may_change_letter, may_in
from lierre.publishing.views.letter import letter_to_change

UNCERTAIN_SHOWN = 50
# How it looks in a mail program that is dark, and in one that is not: the same message, whatever the reader of the page chose.
DARK: Final = "@media (prefers-color-scheme: dark)"
LOOKS: Final = {"clair": "@media not all", "sombre": "@media all"}
# Nothing of a message runs, and nothing it names is told who looks.
MESSAGE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:;"
    " frame-ancestors 'self'; form-action 'none'; sandbox"
)


@require_safe
@needs(SEE_POSTS)
def mailings(request: HttpRequest) -> HttpResponse:
    wanted = Asked.of(request.GET)
    kept = request.GET.copy()
    kept.pop("before", None)
    shown = latest_first(wanted.rows().select_related("segment"), request.GET.get("before"))
    context = {
        "page": shown, "wanted": wanted, "asked": kept.urlencode(), "states": Mailing.State.choices, "topics": topics(),
        "units": Unit.objects.open(), "rules": MailingRules.in_force(), "may_write": may(request.user, WRITE_MAILINGS),
        "may_decide": may_in(request.user, WRITE_MAILINGS, None),
    }  # fmt: skip
    return render(request, "publishing/mailing/mailings.html", context)


@require_safe
@needs(SEE_POSTS)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Those of the list as it was asked for, each with its figures."""
    answer = csv_response if form == "csv" else xlsx_response
    rows = figures.rows(Asked.of(request.GET).rows())
    return answer(pgettext("channel", "letters"), [str(word) for word in figures.HEADER], rows)


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def new(request: HttpRequest) -> HttpResponse:
    initial = {"sender_name": settings.INSTITUTION, "counts_links": True}
    form = MailingForm(request.POST or None, initial=initial, user=request.user)
    sections = sections_form(request.POST or None, None)
    made: list[Mailing] = []
    if sections.is_valid() and acted(
        request, form, lambda: made.append(write(form.said() | {"sections": sections.sections()}, by=request.user))
    ):
        return redirect("publishing:mailing", made[0].pk)
    return written(request, form, sections, None)


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def compose(request: HttpRequest, mailing_id: int) -> HttpResponse:
    found = letter_to_change(request, mailing_id)
    form = MailingForm(request.POST or None, mailing=found, user=request.user)
    sections = sections_form(request.POST or None, found)
    fell: list[bool] = []
    if sections.is_valid() and acted(
        request,
        form,
        lambda: fell.append(change(found, form.said() | {"sections": sections.sections()}, by=request.user)),
    ):
        said = _("Kept. It must be approved again: it no longer says what was approved.") if any(fell) else _("Kept.")
        return done(
            request, said, "publishing:compose_mailing" if "more" in request.POST else "publishing:mailing", found.pk
        )
    return written(request, form, sections, found)


def written(request: HttpRequest, form: MailingForm, sections: Any, mailing: Mailing | None) -> HttpResponse:
    wrong = bool(form.errors) or (request.method == "POST" and not sections.is_valid())
    context = {"form": form, "pieces": sections, "mailing": mailing}
    return render(request, "publishing/mailing/write.html", context, status=422 if wrong else 200)


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # it passes whatever the address holds
@require_safe
@needs(SEE_POSTS)
def mailing(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """As it is received, to whom, how far it is. What changes while it leaves is asked again by itself."""
    asked = Mailing.objects.with_topic().with_reader(request.user.pk)
    asked = asked.select_related("segment", "owner", "unit", "approved_by", "approved_stead")
    found = get_object_or_404(asked, pk=mailing_id)
    context: dict[str, Any] = {
        "mailing": found,
        "progress": progress(found) if found.began_at else None,
        "now": timezone.now(),
    }
    if request.headers.get("HX-Request"):
        answer = render(request, "publishing/mailing/progress.html", context)
        if (
            found.state != Mailing.State.SENDING
        ):  # what can be done with it is no longer the same: the page is loaded anew
            answer["HX-Refresh"] = "true"
        return answer
    return render(request, "publishing/mailing/mailing.html", context | whole(request, found))


def whole(request: HttpRequest, found: Mailing) -> dict[str, Any]:
    uncertain = found.recipients.uncertain()[:UNCERTAIN_SHOWN] if found.began_at else []
    outside = outside_of(found)
    awaited = bool(outside.get("asked")) and outside["yes"] is None
    waits = may_approve(request.user, found, awaited=awaited, wrote=found.wrote)  # type: ignore[attr-defined]
    # What has left is no longer corrected.
    read = charter_of(found, lately=True) if found.is_changeable else Read(figures.NOTHING_SAID)
    return {
        "findings": [(each, where, may_countersign(request.user, each.exception)) for each, where in read.rows],
        "blocking": len(read.charter.blocking), "warnings": warnings(found), "clicks": figures.clicks(found),
        "stead": stead_of(request.user, found) if waits and isinstance(request.user, User) else None, "look": look_of(request),
        "topic": found.topic_name, "text": found.text or text_of(found), "weight": weight(found) // 1000 + 1,
        "digest": found.digest, "may_write": may_change_letter(request.user, found), "uncertain": uncertain,
        "may_approve": waits, "send_back": SendBackForm(), "outside": outside,
    }  # fmt: skip


def outside_of(found: Mailing) -> dict[str, Any]:
    """Whether somebody outside says yes too, and who did. Nothing is asked of what has begun to leave."""
    if not found.is_changeable or found.urgent:
        return {}
    asked = found.topic in (found.outside_topics or [])  # type: ignore[attr-defined]
    return {"asked": asked, "yes": outside_yes(found) if asked else None}


def look_of(request: HttpRequest) -> str:
    asked = request.GET.get("apercu", "")
    return asked if asked in {"telephone", "sombre", "texte"} else "clair"


@xframe_options_sameorigin
@require_safe
@needs(SEE_POSTS)
def preview(request: HttpRequest, mailing_id: int, look: str) -> HttpResponse:
    """The message itself, alone, as a mail program that follows the standards lays it out."""
    del request
    if look not in LOOKS:
        raise Http404
    return laid_out(get_object_or_404(Mailing.objects.select_related("segment"), pk=mailing_id), look)


def laid_out(found: Mailing, look: str) -> HttpResponse:
    response = HttpResponse((found.html or html_of(found)).replace(DARK, LOOKS[look]))
    response["Content-Security-Policy"] = MESSAGE_POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@needs(SEE_POSTS)
def message(_request: HttpRequest, mailing_id: int) -> HttpResponse:
    """As a mail program opens it: what it renders, no page of ours can show."""
    found = get_object_or_404(Mailing.objects.select_related("segment"), pk=mailing_id)
    letter = Written(found).trial("destinataire@example.org", timezone.localtime())
    response = HttpResponse(letter.content, content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="mailing-{found.pk}.eml"'
    return response


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def rules(request: HttpRequest) -> HttpResponse:
    if not may_in(request.user, WRITE_MAILINGS, None):
        raise NotAllowed(WRITE_MAILINGS)
    form = RulesForm(request.POST or None)
    if acted(request, form, lambda: decide_rules(form.cleaned_data, by=request.user)):
        return done(request, _("It holds from now on, for what is leaving too."), "publishing:mailings")
    return render(request, "publishing/mailing/rules.html", {"form": form}, status=422 if form.errors else 200)
