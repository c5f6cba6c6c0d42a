"""The link of a question. Looking changes nothing: programs that read mails follow links too."""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lierre.community.asking.answering import ask_me_no_more, has_changed, still_true
from lierre.community.forms.answer import AnswerForm
from lierre.community.models import Ask
from lierre.foundation.errors import Refused
from lierre.people.views.loading import see_other

WANTED: Final = ("oui", "change", "stop")


def discreet(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """The address is a key: it is neither kept, nor indexed, nor told to the next site. A dead one is said kindly."""

    @wraps(view)
    def discreetly(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except Refused as refusal:
            response = render(request, "community/asking/closed.html", {"refusal": str(refusal)}, status=410)
        response["Referrer-Policy"] = "same-origin"  # “no-referrer” would take the origin away from our own form
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(never_cache(discreetly))


@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Three answers; the message leads to one of them, and only a press of the button gives it."""
    ask = Ask.objects.for_link(token)
    ask.check_open()
    said = request.POST.get("answer", "")
    form = AnswerForm(request.POST if said == Ask.Answer.CHANGED else None)
    if said == Ask.Answer.SAME:
        still_true(ask)
    elif said == Ask.Answer.STOP:
        ask_me_no_more(ask, words=words_of_stopping())
    elif said == Ask.Answer.CHANGED and form.is_valid():
        has_changed(ask, form.position())
    else:
        wants = "change" if form.is_bound else request.GET.get("reponse", "")
        context = {"ask": ask, "form": form, "wants": wants if wants in WANTED else ""}
        return render(request, "community/asking/answer.html", context, status=422 if form.errors else 200)
    return see_other(reverse("community:answer", args=[token]))


@csrf_exempt  # the reader of mails presses the button itself, without having seen a page (RFC 8058)
@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def stop_at_once(request: HttpRequest, token: str) -> HttpResponse:
    """What the button of the reader of mails calls. Opened as a page, it asks first."""
    ask = Ask.objects.for_link(token)
    if request.method == "POST":
        ask_me_no_more(ask, words=words_of_stopping())
        return render(request, "community/asking/stopped.html")
    if not ask.is_open:
        return render(request, "community/asking/stop.html", {"ask": ask})
    return see_other(reverse("community:answer", args=[token]) + "?reponse=stop")


def words_of_stopping() -> str:
    """What is read beside the button: kept as the proof."""
    return _("You will get no more question of this kind; your record stays as it is.")
