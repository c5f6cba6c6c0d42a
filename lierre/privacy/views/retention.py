"""The retention clock: what it will do within thirty days; who starts it; and the page where somebody says “keep me”."""

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lierre.accounts.views.answers import acted, done, see_other
from lierre.foundation.abilities import needs
from lierre.foundation.forms.dressed import ReasonForm
from lierre.foundation.models.journal import record
from lierre.people.directory import looks
from lierre.people.models import Person
from lierre.people.models.merge import standing
from lierre.privacy.clocks import longest, stages
from lierre.privacy.letters import SALT, address_of
from lierre.privacy.models import ArchivedDegree, Clock, Letter, Request, note_sign
from lierre.privacy.permissions import KEEP_BREACHES
from lierre.privacy.preferences import LIFE
from lierre.privacy.readings.rehearsal import Shown
from lierre.privacy.rehearsing import archive, ask, last_rehearsal, start
from lierre.privacy.retention import MOST_SHOWN, counted, forecast
from lierre.privacy.views.writing import above, form_page

SHOWN: Final = 20


@require_safe
@needs(KEEP_BREACHES)
def retention(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    count, runs = counted(), Clock.runs()
    archived = list(ArchivedDegree.objects.of_somebody_called(words)[:SHOWN]) if words else []
    if words:
        # Whose degree was looked for is not kept: a line of the journal could not forget a name.
        record("archive.searched", by=request.user, found=len(archived))
    context = {
        "forecast": [(act, steps[:SHOWN], len(steps)) for act, steps in forecast(count).items()], "most": MOST_SHOWN,
        "months": longest(count.clocks), "clocks": count.clocks, "runs": runs, "to_tell": count.to_tell,
        "failed": Letter.objects.filter(sent_at=None, send_at=None).count() if runs else 0, "words": words,
        "archived": archived, "ends_before": len(stages(count.clocks)) > 1,
        "archives": ArchivedDegree.objects.count(), "above": above(), "title": _("Retention"), "archive": archive(),
    }  # fmt: skip
    return render(request, "privacy/retention/page.html", context)


@require_http_methods(["GET", "POST"])
@needs(KEEP_BREACHES)
def turn_clock(request: HttpRequest) -> HttpResponse:
    """Start it, or stop it: nothing is sent and nobody is let go while it is stopped."""
    runs = Clock.runs()
    form = ReasonForm(request.POST or None)

    def act() -> None:
        if runs:
            Clock.turn(False, by=request.user, reason=form.why)
        else:
            start(by=request.user, reason=form.why)

    if acted(request, form, act):
        return done(request, _("The clock is stopped.") if runs else _("The clock runs."), "privacy:retention")
    return form_page(
        request, form, title=_("Stop the clock") if runs else _("Start the clock"), danger=not runs,
        button=_("Stop it") if runs else _("Start it"), back="privacy:retention",
        dek=_("Letters that are owed leave by themselves; those who gave no sign are asked twice, then let go."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(KEEP_BREACHES)
def rehearsal(request: HttpRequest) -> HttpResponse:
    """Who, how many, what would go; counted again when somebody asks."""
    if request.method == "POST":
        return see_other("foundation:work", ask(by=request.user).pk)
    last = last_rehearsal()
    found = Shown.of(last.result) if last and last.result else None
    if found:
        looks.saw_persons(found.persons, by=request.user)
    context = {
        "last": last, "found": found, "runs": Clock.runs(),
        "archive": archive(), "title": _("What the clock would do"),
        "above": above((_("Retention"), reverse("privacy:retention"))),
    }  # fmt: skip
    return render(request, "privacy/retention/rehearsal.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """The answer to “may we keep your data?”. Looking is no answer; erasing becomes a request, already identified."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        refusal = _("This link is not one of ours, or it has expired. Write to us again.")
        return render(request, "privacy/consents/refused.html", {"refusal": refusal}, status=410)
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        refusal = _("Nothing is held any more about the person to whom this link was sent.")
        return render(request, "privacy/consents/refused.html", {"refusal": refusal}, status=410)
    person = standing(person)
    if request.method == "POST" and request.POST.get("act") == "erase":
        return see_other("privacy:follow", asked_to_go(person).token)
    if request.method == "POST":
        note_sign(person, "answer")
        return done(request, _("Thank you. Your data is kept."), request.path)
    return render(request, "privacy/retention/keep.html", {"institution": settings.INSTITUTION})


def asked_to_go(person: Person) -> Request:
    """One request, however many times the button is pressed."""
    waiting = Request.objects.still_open().filter(person=person, right=Request.Right.ERASURE).first()
    if waiting:
        return waiting
    asked = Request.receive(
        Request.Right.ERASURE, name=str(person), email=address_of(person), by=_("the person, by a link")
    )  # fmt: skip
    asked.identify(person, Request.Proof.ADDRESS, by=_("the person, by a link"))
    return asked
