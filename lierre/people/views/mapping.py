"""The columns of a file that nobody has explained yet: what each of them means."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.people.forms.imports import MappingForm
from lierre.people.models import Delivery
from lierre.people.permissions import BRING_FILES
from lierre.people.readings.columns import first_rows, samples_of, suggested_for, targets
from lierre.people.readings.first_lines import first_lines
from lierre.people.views.loading import see_other


@require_http_methods(["GET", "POST"])
@needs(BRING_FILES)
def mapping(request: HttpRequest, import_id: int, delivery_id: int) -> HttpResponse:
    """Kept for this header: the next file that has it is read at once. “Look” shows the first lines, and keeps nothing."""
    known = Delivery.objects.select_related("imported__source").filter(imported=import_id)
    delivery = get_object_or_404(known, pk=delivery_id)
    rows = first_rows(delivery)
    form = MappingForm(
        request.POST or None, delivery=delivery, targets=targets(), suggested=suggested_for(delivery, rows)
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        try:
            delivery.map_columns(form.columns(), by=request.user)
            messages.success(request, _("The columns are kept: the next file with this header will be read at once."))
            return see_other(delivery.imported)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = context_of(delivery, form, rows)
    return render(request, "people/imports/mapping.html", context, status=422 if form.errors else 200)


def context_of(delivery: Delivery, form: MappingForm, rows: list[Any]) -> dict[str, Any]:
    samples = samples_of(rows)
    columns = [(field, samples.get(number, ())) for number, field in enumerate(form)]
    first = first_lines(delivery.header, rows, form.chosen())
    guessed = sum(1 for name in form.chosen().values() if name)
    return {
        "delivery": delivery, "imported": delivery.imported, "form": form, "columns": columns, "first": first,
        "guessed": guessed,
    }  # fmt: skip
