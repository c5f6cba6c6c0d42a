"""The queue of an account: its slots of the week, what leaves next, in which order; paused and resumed."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.publishing.forms.rhythm import SlotForm
from lierre.publishing.models import Account, Pause, Place, Post, Slot
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, accounts_written_by, may_change
from lierre.publishing.rhythm import queueing


@require_safe
@needs(SEE_POSTS)
def queues(request: HttpRequest) -> HttpResponse:
    accounts = list(Account.objects.living().prefetch_related("slots"))
    waiting: dict[int, list[Place]] = {}
    for place in Place.objects.waiting():
        waiting.setdefault(place.account_id, []).append(place)
    paused = set(Pause.objects.values_list("account_id", flat=True))
    shown = [(each, waiting.get(each.pk, []), each.pk in paused) for each in accounts]
    shown.sort(key=lambda each: not (each[1] or each[0].slots.all()))
    return render(request, "publishing/queues.html", {"queues": shown})


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def queue(request: HttpRequest, account_id: int) -> HttpResponse:
    """What leaves next; and a slot more, for whoever writes there."""
    account = get_object_or_404(Account.objects.living(), pk=account_id)
    may_write = writes_on(request.user, account)
    form = SlotForm(request.POST or None)
    if request.method == "POST" and not may_write:
        raise NotAllowed(WRITE_POSTS)
    if acted(request, form, lambda: queueing.add_slot(account, **form.cleaned_data, by=request.user)):
        return done(request, _("The slot is there every week from now on."), "publishing:queue", account.pk)
    context = {
        "account": account, "slots": account.slots.all(), "form": form, "may_write": may_write,
        "places": Place.objects.waiting().filter(account=account), "pause": Pause.objects.filter(account=account).first(),
    }  # fmt: skip
    return render(request, "publishing/queue.html", context, status=422 if form.errors else 200)


@require_POST
@needs(WRITE_POSTS)
def put(request: HttpRequest, post_id: int) -> HttpResponse:
    """In the queue of an account, at its next free slot."""
    post = get_object_or_404(Post.objects.living(), pk=post_id)
    account = get_object_or_404(Account.objects.living(), pk=request.POST.get("compte") or 0)
    if not may_change(request.user, post):
        raise NotAllowed(WRITE_POSTS)
    try:
        at = queueing.put(post, account, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:post", post.pk)
    said = {"account": account, "moment": date_format(localtime(at), "DATETIME_FORMAT")}
    return done(request, _("In the queue of %(account)s: it leaves on %(moment)s.") % said, "publishing:post", post.pk)


ACTS: Final[dict[str, tuple[Callable[..., Any], Any]]] = {
    "avant": (lambda place, by: queueing.swap(place, -1, by=by), gettext_lazy("It leaves earlier.")),
    "apres": (lambda place, by: queueing.swap(place, 1, by=by), gettext_lazy("It leaves later.")),
    "retirer": (queueing.take_out, gettext_lazy("It is out of the queue, a draft without an hour.")),
}  # fmt: skip
QUEUE_ACTS: Final[dict[str, tuple[Callable[..., Any], Any]]] = {
    "suspendre": (queueing.pause, gettext_lazy("The queue is paused: nothing of it leaves.")),
    "reprendre": (queueing.resume, gettext_lazy("The queue goes on, at its next free slots.")),
}


@require_POST
@needs(WRITE_POSTS)
def act(request: HttpRequest, place_id: int, name: str) -> HttpResponse:
    place = get_object_or_404(Place.objects.select_related("post", "account"), pk=place_id)
    if name not in ACTS:
        raise Http404
    if not (writes_on(request.user, place.account) and may_change(request.user, place.post)):
        raise NotAllowed(WRITE_POSTS)
    do, sentence = ACTS[name]
    return answer(request, place.account, lambda: do(place, by=request.user), sentence)


@require_POST
@needs(WRITE_POSTS)
def act_on_queue(request: HttpRequest, account_id: int, name: str) -> HttpResponse:
    account = get_object_or_404(Account.objects.living(), pk=account_id)
    if name not in QUEUE_ACTS:
        raise Http404
    if not writes_on(request.user, account):
        raise NotAllowed(WRITE_POSTS)
    do, sentence = QUEUE_ACTS[name]
    return answer(request, account, lambda: do(account, by=request.user), sentence)


@require_POST
@needs(WRITE_POSTS)
def drop_slot(request: HttpRequest, slot_id: int) -> HttpResponse:
    slot = get_object_or_404(Slot.objects.select_related("account"), pk=slot_id)
    if not writes_on(request.user, slot.account):
        raise NotAllowed(WRITE_POSTS)
    sentence = _("The slot is gone. What had taken it keeps its time.")
    return answer(request, slot.account, lambda: queueing.drop_slot(slot, by=request.user), sentence)


def answer(request: HttpRequest, account: Account, do: Callable[[], Any], sentence: Any) -> HttpResponse:
    try:
        do()
    except Refused as refusal:
        return refused(request, refusal, "publishing:queue", account.pk)
    return done(request, str(sentence), "publishing:queue", account.pk)


def writes_on(user: Any, account: Account) -> bool:
    return accounts_written_by(user).filter(pk=account.pk).exists()
