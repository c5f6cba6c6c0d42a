"""A first name or a civility changed by law: announced, confirmed, done without a trace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import needs
from lierre.people.directory import looks
from lierre.people.forms.renaming import RenamingForm
from lierre.people.permissions import EDIT_PERSONS
from lierre.people.readings.traces import traces
from lierre.people.renaming import addresses_that_tell, rename
from lierre.people.views.loading import person_or_404


@require_http_methods(["GET", "POST"])
@needs(EDIT_PERSONS)
def rename_person(request: HttpRequest, public_id: str) -> HttpResponse:
    person = person_or_404(public_id)
    looks.saw_person(person, by=request.user)
    form = RenamingForm(request.POST or None, person=person, addresses=addresses_that_tell(person))
    if acted(
        request, form, lambda: rename(person, form.said(), by=request.user, gone=form.cleaned_data.get("gone", ()))
    ):
        return done(request, _("It is done: the former name stands nowhere any more."), "people:person", public_id)
    context = {"person": person, "form": form, "traces": traces(person)}
    return render(request, "people/person/rename.html", context, status=422 if form.errors else 200)
