"""The log of breaches: written down at once, completed as more is known, told to the authority within 72 hours."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import needs
from lierre.foundation.models.journal import Entry, record
from lierre.foundation.naming import with_names
from lierre.foundation.paging import newest_first
from lierre.privacy.forms.breaches import AuthorityForm, BreachForm
from lierre.privacy.models import Breach
from lierre.privacy.notification import notification as filled
from lierre.privacy.permissions import KEEP_BREACHES
from lierre.privacy.views.files import as_file
from lierre.privacy.views.purposes import FORMATS
from lierre.privacy.views.writing import Step, above, form_page

NAMES: Final = (
    "title", "nature", "noticed_at", "happened", "about", "persons", "consequences", "measures", "persons_told_on",
)  # fmt: skip
HEADER: Final = (
    gettext_lazy("In a few words"),
    gettext_lazy("Nature"),
    gettext_lazy("Noticed on"),
    gettext_lazy("What happened"),
    gettext_lazy("Which data, of whom"),
    gettext_lazy("How many persons"),
    gettext_lazy("What may follow for them"),
    gettext_lazy("What was done"),
    gettext_lazy("Authority told on"),
    gettext_lazy("Why the authority is not told"),
    gettext_lazy("Persons told on"),
)


def to_breaches(*more: Step) -> tuple[Step, ...]:
    return ((_("Breaches"), reverse("privacy:breaches")), *more)


@require_safe
@needs(KEEP_BREACHES)
def breaches(request: HttpRequest) -> HttpResponse:
    page = newest_first(Breach.objects.all(), request.GET.get("before"))
    return render(
        request, "privacy/breaches/list.html", {"page": page, "above": above(), "title": gettext_lazy("Breaches")}
    )


@require_GET
@needs(KEEP_BREACHES)
def export(_request: HttpRequest, form: str) -> HttpResponseBase:
    return FORMATS[form](_("breaches"), HEADER, lines())


def lines() -> Iterator[tuple[Any, ...]]:
    for each in Breach.objects.all():
        yield (
            each.title, each.get_nature_display(), each.noticed_at, each.happened, each.about, each.persons,
            each.consequences, each.measures, each.notified_at, each.not_notified_because, each.persons_told_on,
        )  # fmt: skip


@require_safe
@needs(KEEP_BREACHES)
def breach(request: HttpRequest, breach_id: int) -> HttpResponse:
    found = get_object_or_404(Breach, pk=breach_id)
    context = {"breach": found, "journal": with_names(Entry.objects.about(found)[:50]), "above": above(*to_breaches())}
    return render(request, "privacy/breaches/page.html", context)


@require_safe
@needs(KEEP_BREACHES)
def notification(request: HttpRequest, breach_id: str, form: str) -> HttpResponse:
    """The form of the authority, filled in with what is known now."""
    found = get_object_or_404(Breach, pk=breach_id)
    file_name = _("notification")
    answer = as_file(form, f"{file_name}-{found.pk}", _("Notification of a personal data breach"), filled(found))
    record("notification.filled", found, by=request.user, form=form.upper())
    return answer


@require_http_methods(["GET", "POST"])
@needs(KEEP_BREACHES)
def keep(request: HttpRequest, breach_id: int | None = None) -> HttpResponse:
    """Write it down with what is known; complete it later."""
    found = get_object_or_404(Breach, pk=breach_id) if breach_id else Breach()
    known = {name: getattr(found, name) for name in NAMES}
    form = BreachForm(request.POST or None, initial={**known, "noticed_at": timezone.localtime(found.noticed_at)})
    if acted(request, form, lambda: found.keep(form.cleaned_data, by=request.user)):
        return done(request, _("It is in the log."), "privacy:breach", found.pk)
    title = found.title or _("Write a breach down")
    back = found if found.pk else reverse("privacy:breaches")
    return form_page(
        request, form, title=title, button=_("Keep it"), back=back, steps=to_breaches(),
        dek=_("What is known now is enough: the rest is added later. The 72 hours run from the moment it was noticed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(KEEP_BREACHES)
def authority(request: HttpRequest, breach_id: int) -> HttpResponse:
    """Told, and when; or not, and why. Decided once."""
    found = get_object_or_404(Breach, pk=breach_id)
    form = AuthorityForm(request.POST or None, initial={"at": timezone.localtime()})

    def act() -> None:
        said = form.cleaned_data
        if said["told"] == "yes":
            found.tell_authority(said["at"], by=request.user)
        else:
            found.not_tell(said["reason"], by=request.user)

    if acted(request, form, act):
        return done(request, _("The decision is in the log."), "privacy:breach", found.pk)
    return form_page(
        request, form, title=_("Is the authority told?"), button=_("Keep this decision"), back=found,
        steps=to_breaches((found.title, found.get_absolute_url())),
        dek=_("Within 72 hours, unless there is no risk for the persons. Notify on cnil.fr, then write here when it was done."),
    )  # fmt: skip
