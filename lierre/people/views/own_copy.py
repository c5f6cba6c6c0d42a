"""What is known of me, to take away: everything (JSON), the values (CSV), a curriculum (JSON Resume)."""

import json
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lierre.foundation.export import csv_response
from lierre.foundation.models.journal import record
from lierre.people.readings.own_copy import HEADER, everything, resume, table
from lierre.people.readings.sheet import Sheet
from lierre.people.views.loading import own_person_or_404


@require_safe
@never_cache
def own_copy(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A line of the journal says that it was taken: somebody who stole the session would leave a trace."""
    sheet = Sheet.for_everyone_to_know(own_person_or_404(request))
    if kind not in {"fiche", "valeurs", "cv"}:
        raise Http404
    with transaction.atomic():
        record("person.took_away", sheet.person, by=request.user, form=kind)
    if kind == "valeurs":
        return csv_response(_("my-record"), [str(name) for name in HEADER], table(sheet))
    content, name = (everything(sheet), _("my-record")) if kind == "fiche" else (resume(sheet), "resume")
    return as_file(content, name)


def as_file(content: Any, name: str) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
