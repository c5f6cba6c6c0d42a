"""A list leaves the house: the journal says whose, who took it and how many; a long one asks for a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lierre.accounts.views.answers import acted
from lierre.community.roster import Roster
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.forms.dressed import ReasonForm
from lierre.foundation.models.journal import record
from lierre.people.directory.mass import is_mass, refuse_too_often
from lierre.people.views.directory import MOST_ROWS_OF_A_SHEET


@dataclass(frozen=True, slots=True)
class Taken:
    """`on`: the group or the ceremony whose list it is. `verb`: what the journal writes."""

    on: models.Model
    roster: Roster
    verb: str
    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]

    def note(self, form: str, why: str, *, by: Any) -> None:
        with transaction.atomic():
            refuse_too_often(self.roster.total, by=by)
            record(self.verb, self.on, by=by, why=why, form=form, total=self.roster.total, hidden=self.roster.hidden)


def take_away(request: HttpRequest, taken: Taken, form: str) -> HttpResponseBase:
    """The file; before it, for a long list, the page that asks why."""
    total, back = taken.roster.total, taken.on.get_absolute_url()  # type: ignore[attr-defined]
    if form == "xlsx" and total > MOST_ROWS_OF_A_SHEET:
        messages.error(request, _("This is too long for a spreadsheet: take it as CSV, or narrow it down."))
        return redirect(back)
    why = ReasonForm(request.POST or None)
    if not is_mass(total):
        taken.note(form, "", by=request.user)
    elif not acted(request, why, lambda: taken.note(form, why.why, by=request.user)):
        context = {"form": why, "total": total, "most": settings.MASS_EXPORT, "back": back, "on": taken.on}
        return render(request, "community/roster/take_away.html", context, status=422 if why.errors else 200)
    respond = csv_response if form == "csv" else xlsx_response
    return respond(taken.name, taken.header, taken.rows)
