"""What a mailing goes through: asked for, approved, sent back, paused, resumed, cancelled; a trial to oneself."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lierre.accounts.views.answers import done, refused
from lierre.connectors.mail import Rejected, Unanswered
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.approving import SendBackForm
from lierre.publishing.mailing import approving, composing
from lierre.publishing.mailing.progress import say_not_taken, say_taken
from lierre.publishing.models import Mailing, Recipient
from lierre.publishing.permissions import SEE_POSTS, WRITE_MAILINGS
from lierre.publishing.views.letter import checked


def submit(mailing: Mailing, request: HttpRequest) -> None:
    approving.submit(mailing, by=request.user)


def submit_at_once(mailing: Mailing, request: HttpRequest) -> None:
    approving.submit(mailing, by=request.user, urgent=True)


def take_back(mailing: Mailing, request: HttpRequest) -> None:
    mailing.take_back("mailing.taken_back", by=request.user)


def approve(mailing: Mailing, request: HttpRequest) -> None:
    approving.approve(mailing, request.POST.get("digest", ""), by=request.user)


def send_back(mailing: Mailing, request: HttpRequest) -> None:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say what is to be corrected."))
    approving.send_back(mailing, form.cleaned_data["why"], by=request.user)


def pause(mailing: Mailing, request: HttpRequest) -> None:
    mailing.pause(by=request.user)


def resume(mailing: Mailing, request: HttpRequest) -> None:
    mailing.resume(by=request.user)


def cancel(mailing: Mailing, request: HttpRequest) -> None:
    composing.cancel(mailing, by=request.user)


def count(mailing: Mailing, request: HttpRequest) -> None:
    """Left to the worker: a large base takes some seconds."""
    del request
    Mailing.objects.filter(pk=mailing.pk, began_at=None).update(reckoned=None)


def try_it(mailing: Mailing, request: HttpRequest) -> None:
    to = str(getattr(request.user, "email", ""))
    try:
        composing.send_trial(mailing, to)
    except (Rejected, Unanswered, OSError) as error:
        raise Refused(_("The mail server did not take it: %(words)s") % {"words": error}) from error


Act = Callable[[Mailing, HttpRequest], None]
WRITERS: Final[dict[str, tuple[Act, Any]]] = {
    "soumettre": (submit, gettext_lazy("Those who may approve it are told by mail.")),
    "urgence": (
        submit_at_once,
        gettext_lazy("Those who may countersign it are told by mail: with their yes, it leaves at once."),
    ),
    "brouillon": (take_back, gettext_lazy("It is a draft again: it does not leave.")),
    "suspendre": (pause, gettext_lazy("Paused: nothing more leaves until somebody says so.")),
    "reprendre": (resume, gettext_lazy("It goes on where it stopped.")),
    "annuler": (cancel, gettext_lazy("Cancelled: what had not left does not leave.")),
    "recompter": (count, gettext_lazy("Those who would receive it are being counted.")),
    "essayer": (try_it, gettext_lazy("A trial has left for your own address.")),
}
APPROVERS: Final[dict[str, tuple[Act, Any]]] = {
    "approuver": (approve, gettext_lazy("Approved: it leaves at its time.")),
    "renvoyer": (send_back, gettext_lazy("It goes back to its author, with your words.")),
}


@require_POST
@needs(SEE_POSTS)
def act(request: HttpRequest, mailing_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(Mailing.objects.select_related("segment", "unit"), pk=mailing_id)
    if name not in WRITERS | APPROVERS:
        raise Http404
    if name in WRITERS:
        checked(request, found)
    do, sentence = (WRITERS | APPROVERS)[name]
    try:
        do(found, request)
    except Refused as refusal:
        return refused(request, refusal, "publishing:mailing", found.pk)
    if name == "soumettre":
        sentence = asked(found, sentence)
    return done(request, str(sentence), "publishing:mailing", found.pk)


def asked(mailing: Mailing, sentence: Any) -> Any:
    """What really happens once it is asked for."""
    if mailing.state == Mailing.State.APPROVED:
        return gettext_lazy("Its words were approved already: it leaves at its time.")
    if mailing.waits_outside:
        return gettext_lazy("Somebody outside says yes first: choose who reads it, and give them the link.")
    return sentence


@require_POST
@needs(WRITE_MAILINGS)
def settle(request: HttpRequest, recipient_id: int, name: str) -> HttpResponse:
    """What became of a message that was cut off, once somebody has read the log of the mail server."""
    row = get_object_or_404(Recipient.objects.select_related("mailing__unit"), pk=recipient_id)
    checked(request, row.mailing)
    verbs = {"prise": say_taken, "absente": say_not_taken}
    if name not in verbs:
        raise Http404
    try:
        verbs[name](row, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:mailing", row.mailing_id)
    return done(request, _("It is noted."), "publishing:mailing", row.mailing_id)
