"""Landmarks of the calendar: those of the institution, written here; those that Lierre carries, with their source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.publishing.forms.rhythm import LandmarkForm
from lierre.publishing.landmarks import WORLD
from lierre.publishing.models import Landmark
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS
from lierre.publishing.rhythm.marking import archive, keep
from lierre.publishing.school_year import YEARS, known_until


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def landmarks(request: HttpRequest) -> HttpResponse:
    form = LandmarkForm(request.POST or None)
    may_write = may(request.user, WRITE_POSTS)
    if request.method == "POST" and not may_write:
        raise NotAllowed(WRITE_POSTS)
    if acted(request, form, lambda: keep(None, form.cleaned_data, by=request.user)):
        return done(request, _("It is on the calendar."), "publishing:landmarks")
    today = timezone.localdate()
    context = {
        "form": form, "may_write": may_write, "landmarks": Landmark.objects.living().filter(last__gte=today),
        "years": YEARS, "until": known_until(), "world": [(today.replace(month=m, day=d), w) for (m, d), w in WORLD.items()],
    }  # fmt: skip
    return render(request, "publishing/calendar_landmarks.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def landmark(request: HttpRequest, landmark_id: int) -> HttpResponse:
    found = get_object_or_404(Landmark.objects.living(), pk=landmark_id)
    initial = {name: getattr(found, name) for name in LandmarkForm.base_fields}
    form = LandmarkForm(request.POST or None, initial=initial)
    if acted(request, form, lambda: keep(found, form.cleaned_data, by=request.user)):
        return done(request, _("Kept."), "publishing:landmarks")
    context = {"form": form, "landmark": found}
    return render(request, "publishing/calendar_landmark.html", context, status=422 if form.errors else 200)


@require_POST
@needs(WRITE_POSTS)
def archive_landmark(request: HttpRequest, landmark_id: int) -> HttpResponse:
    found = get_object_or_404(Landmark.objects.living(), pk=landmark_id)
    archive(found, by=request.user)
    return done(request, _("It is no longer on the calendar."), "publishing:landmarks")
