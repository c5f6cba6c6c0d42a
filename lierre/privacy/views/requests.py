"""The desk of requests: listed by deadline, opened, taken away as a list, written down when they come by post."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry, record
from lierre.foundation.naming import with_names
from lierre.foundation.paging import newest_first
from lierre.privacy.forms.requests import RequestFilter, WrittenAskForm
from lierre.privacy.models import Request
from lierre.privacy.package import package
from lierre.privacy.permissions import HANDLE_REQUESTS, LEAD_REQUESTS, requests_visible_to
from lierre.privacy.views.purposes import FORMATS
from lierre.privacy.views.writing import above, form_page

HEADER: Final = (
    gettext_lazy("Number"),
    gettext_lazy("Right"),
    gettext_lazy("State"),
    gettext_lazy("Received on"),
    gettext_lazy("To be answered before"),
    gettext_lazy("Settled on"),
    gettext_lazy("In time"),
    gettext_lazy("Who answers"),
    gettext_lazy("Why it takes longer"),
)


def asked_among(request: HttpRequest, form: RequestFilter) -> Any:
    return form.among(requests_visible_to(request.user)).select_related("handler", "person")


@require_safe
@needs(HANDLE_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    form = RequestFilter(request.GET)
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {
        "page": newest_first(asked_among(request, form), request.GET.get("before")), "form": form,
        "asked": asked.urlencode(), "filtered": any(asked.values()), "leads": may(request.user, LEAD_REQUESTS),
        "above": above(), "title": gettext_lazy("Requests of rights"),
    }  # fmt: skip
    return render(request, "privacy/requests/list.html", context)


@require_GET
@needs(HANDLE_REQUESTS)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Without the names: a list of requests proves that they were answered, not of whom they were."""
    record("requests.exported", by=request.user, name=form.upper())
    return FORMATS[form](_("requests"), HEADER, lines(asked_among(request, RequestFilter(request.GET))))


def lines(found: Any) -> Iterator[tuple[Any, ...]]:
    for each in found:
        in_time = "" if each.settled_on is None else _("yes") if each.settled_on <= each.due_on else _("no")
        yield (
            each.pk, each.right_alone, each.get_state_display(), each.received_on, each.due_on, each.settled_on, in_time,
            str(each.handler or ""), each.extended_because,
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(LEAD_REQUESTS)
def write_down(request: HttpRequest) -> HttpResponse:
    """A letter, a call: the month began the day it came."""
    form = WrittenAskForm(request.POST or None, initial={"received_on": timezone.localdate()})
    kept: list[Request] = []

    def act() -> None:
        said = {name: value for name, value in form.cleaned_data.items() if name != "website"}
        kept.append(Request.receive(**said, by=request.user))

    if acted(request, form, act):
        return done(request, _("The request is written down. Its month runs."), "privacy:request", kept[-1].pk)
    return form_page(
        request, form, title=_("Write a request down"), button=_("Keep it"), back="privacy:requests",
        steps=((gettext_lazy("Requests of rights"), reverse("privacy:requests")),),
        dek=_("It came by post or by phone. The law counts from the day it came."),
    )  # fmt: skip


@require_safe
@needs(HANDLE_REQUESTS)
def one(request: HttpRequest, request_id: int) -> HttpResponse:
    found = request_or_404(request, request_id)
    context = {
        "asked": found, "above": above((gettext_lazy("Requests of rights"), reverse("privacy:requests"))),
        "journal": with_names(Entry.objects.about(found)[:50]), "leads": may(request.user, LEAD_REQUESTS),
        "may_extend": not found.extended_because and timezone.localdate() <= found.due_on,
    }  # fmt: skip
    return render(request, "privacy/requests/page.html", context)


@require_POST
@needs(HANDLE_REQUESTS)
def take_package(request: HttpRequest, request_id: int) -> HttpResponse:
    """Everything known, in one archive. A line of the journal says who took it, and for which request."""
    found = request_or_404(request, request_id)
    if found.person is None or found.state == Request.State.RECEIVED:
        return refused(request, Refused(_("Check who asks before anything is given.")), found.get_absolute_url())
    content = package(found.person)
    record("request.packed", found, by=request.user, of=found.person.public_id, size=len(content))
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{_("request")}-{found.pk}.zip"'
    return response


def request_or_404(request: HttpRequest, request_id: int) -> Request:
    known = requests_visible_to(request.user).select_related("handler", "person__account")
    return get_object_or_404(known, pk=request_id)
