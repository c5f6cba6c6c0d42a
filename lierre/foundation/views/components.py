"""The catalogue of what pages are made of: each component in every state, and the lines to write to have it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.views import examples
from lierre.foundation.views.catalogue import COMPONENTS


@require_http_methods(["GET", "HEAD", "POST"])
def components(request: HttpRequest) -> HttpResponse:
    """The example form can be sent: it keeps nothing, and says what it would have said."""
    form = examples.ExampleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("This is what is said when all is well. Nothing was kept: it is an example."))
        response = redirect("foundation:components")
        response.status_code = 303
        return response
    context = {"components": COMPONENTS, "form": form} | examples.everything(request)
    return render(request, "foundation/components.html", context, status=422 if form.errors else 200)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The table of the example, as it is narrowed and sorted."""
    rows = [(row.name, row.unit, row.year, row.replies) for row in examples.narrowed(request)]
    respond = csv_response if form == "csv" else xlsx_response
    return respond("exemple", [_("Name"), _("Unit"), _("Class"), _("Replies")], rows)
