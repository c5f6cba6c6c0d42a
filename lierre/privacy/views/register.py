"""The register of processing, and the notices that each population reads."""

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from lierre.foundation.abilities import needs
from lierre.foundation.models.journal import record
from lierre.privacy.models import Agreement, Controller, Population, Purpose
from lierre.privacy.notices import notice_document, notice_for
from lierre.privacy.permissions import READ_PURPOSES
from lierre.privacy.processing import MEASURES, held_rows, register_document, treatments
from lierre.privacy.views.files import as_file
from lierre.privacy.views.writing import above

# Addresses are French words.
POPULATIONS: Final = {
    "diplomes": Population.GRADUATES, "etudiants": Population.STUDENTS, "personnels": Population.STAFF,
    "recruteurs": Population.RECRUITERS,
}  # fmt: skip


@require_safe
@needs(READ_PURPOSES)
def register(request: HttpRequest) -> HttpResponse:
    agreements = Agreement.objects.in_force().select_related("giver", "taker").prefetch_related("purposes")
    context = {
        "by_controller": list(treatments().items()), "held": held_rows(), "measures": MEASURES,
        "agreements": agreements, "above": above(), "title": _("Register of processing"),
    }  # fmt: skip
    return render(request, "privacy/register/page.html", context)


@require_GET
@needs(READ_PURPOSES)
def export_register(request: HttpRequest, form: str) -> HttpResponse:
    answer = as_file(form, _("register"), _("Register of processing"), register_document())
    record("register.exported", by=request.user, name=form.upper())
    return answer


@login_not_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What is done with personal data: the first page, for anybody."""
    known = set(Purpose.objects.in_force().values_list("population", flat=True))
    populations = [(slug, each.label) for slug, each in POPULATIONS.items() if each in known]
    context = {"populations": populations, "controllers": Controller.objects.all(), "institution": settings.INSTITUTION}
    return render(request, "privacy/notices/list.html", context)


@login_not_required
@require_safe
def export_notice(_request: HttpRequest, population: str, form: str) -> HttpResponse:
    """The same words, as a text to sign, to annex to a contract or to hand out. Read by anybody, so not journaled."""
    if population not in POPULATIONS:
        raise Http404
    found = notice_for(POPULATIONS[population])
    name = _("What we do with your data")
    title = f"{name} : {str(found.population.label).lower()}"
    file_name = _("notice")
    return as_file(form, f"{file_name}-{population}", title, notice_document(found, name))


@login_not_required
@require_safe
def notice(request: HttpRequest, population: str) -> HttpResponse:
    if population not in POPULATIONS:
        raise Http404
    context = {
        "notice": notice_for(POPULATIONS[population]), "institution": settings.INSTITUTION, "slug": population,
    }  # fmt: skip
    return render(request, "privacy/notices/page.html", context)
