"""Mailings: those that are written, one of them, what it says, how much the house writes."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import may, needs
from lierre.publishing.forms.approving import SendBackForm
from lierre.publishing.forms.mailing import MailingForm, RulesForm, sections_form
from lierre.publishing.mailing.approving import may_approve
from lierre.publishing.mailing.audience import topic_name
from lierre.publishing.mailing.composing import change, write
from lierre.publishing.mailing.letter import Written
from lierre.publishing.mailing.progress import progress
from lierre.publishing.mailing.rendering import text_of, weight
from lierre.publishing.models import Mailing, MailingRules
from lierre.publishing.permissions import SEE_POSTS, WRITE_MAILINGS

UNCERTAIN_SHOWN = 50


@require_safe
@needs(SEE_POSTS)
def mailings(request: HttpRequest) -> HttpResponse:
    rows = Mailing.objects.select_related("segment", "owner").order_by("-due_at", "-pk")
    context = {"mailings": rows[:100], "rules": MailingRules.in_force(), "may_write": may(request.user, WRITE_MAILINGS)}
    return render(request, "publishing/mailing/mailings.html", context)


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def new(request: HttpRequest) -> HttpResponse:
    initial = {"sender_name": settings.INSTITUTION}
    form, sections = MailingForm(request.POST or None, initial=initial), sections_form(request.POST or None, None)
    made: list[Mailing] = []
    if sections.is_valid() and acted(
        request, form, lambda: made.append(write(form.said() | {"sections": sections.sections()}, by=request.user))
    ):
        return redirect("publishing:mailing", made[0].pk)
    return written(request, form, sections, None)


@require_http_methods(["GET", "POST"])
@needs(WRITE_MAILINGS)
def compose(request: HttpRequest, mailing_id: int) -> HttpResponse:
    found = get_object_or_404(Mailing.objects.select_related("segment"), pk=mailing_id)
    form, sections = MailingForm(request.POST or None, mailing=found), sections_form(request.POST or None, found)
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


@require_safe
@needs(SEE_POSTS)
def mailing(request: HttpRequest, mailing_id: int) -> HttpResponse:
    """As it is received, to whom, how far it is. What changes while it leaves is asked again by itself."""
    asked = Mailing.objects.select_related("segment", "owner", "approved_by")
    found = get_object_or_404(asked, pk=mailing_id)
    context: dict[str, Any] = {
        "mailing": found,
        "progress": progress(found) if found.began_at else None,
        "now": timezone.now(),
    }
    if request.headers.get("HX-Request"):
        return render(request, "publishing/mailing/progress.html", context)
    uncertain = found.recipients.uncertain()[:UNCERTAIN_SHOWN] if found.began_at else []
    context |= {
        "topic": topic_name(found.topic), "text": found.text or text_of(found), "weight": weight(found) // 1000 + 1,
        "digest": found.digest, "may_write": may(request.user, WRITE_MAILINGS), "uncertain": uncertain,
        "may_approve": may_approve(request.user, found), "send_back": SendBackForm(), "rules": MailingRules.in_force(),
    }  # fmt: skip
    return render(request, "publishing/mailing/mailing.html", context)


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
    form = RulesForm(request.POST or None)
    if acted(request, form, lambda: MailingRules.decide(form.cleaned_data, by=request.user)):
        return done(request, _("It holds from now on, for what is leaving too."), "publishing:mailings")
    return render(request, "publishing/mailing/rules.html", {"form": form}, status=422 if form.errors else 200)
