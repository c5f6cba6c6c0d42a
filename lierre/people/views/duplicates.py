"""Possible duplicates: the queue, two pages side by side, one key for each answer, and what was answered."""

from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.models.journal import record as journal
from lierre.foundation.paging import newest_first
from lierre.people.directory import looks
from lierre.people.duplicates import judging
from lierre.people.duplicates.queue import Cluster, asked, counts, take_next, waiting_pairs
from lierre.people.forms.duplicates import DuplicatesFilter
from lierre.people.merging import SaidDifferent, Undecided
from lierre.people.models import DuplicateSearch, Judgement, Suspicion
from lierre.people.permissions import JUDGE_DUPLICATES
from lierre.people.readings.clues import told
from lierre.people.readings.comparison import Comparison
from lierre.people.readings.judgements import answers, weeks
from lierre.people.readings.queue import after, page_of, rows_to_take_away
from lierre.people.views.loading import see_other

ANSWERS: Final = {"same", "different", "later"}


@require_safe
@needs(JUDGE_DUPLICATES)
def duplicates(request: HttpRequest) -> HttpResponse:
    """What waits, in the order of what an answer is worth."""
    form = DuplicatesFilter(request.GET)
    filters = without_place(request.GET)
    context = {
        "form": form, "page": page_of(asked(request.GET), request.GET.get("apres", "")), "asked": filters.urlencode(),
        "filtered": any(filters.values()), "counts": counts(), "search": DuplicateSearch.objects.first(),
        "last": judging.last_gesture(request.user),
    }  # fmt: skip
    return render(request, "people/duplicates/queue.html", context)


@require_safe
@needs(JUDGE_DUPLICATES)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    pairs = asked(request.GET)
    header, rows = rows_to_take_away(pairs)
    with transaction.atomic():
        journal("duplicates.exported", by=request.user, form=form, total=pairs.count())
    return (csv_response if form == "csv" else xlsx_response)(_("duplicates"), header, rows)


@require_safe
@needs(JUDGE_DUPLICATES)
def next_pair(request: HttpRequest) -> HttpResponse:
    """The pair that is worth most and that nobody else is looking at: it is theirs from now on."""
    found = take_next(request.GET, request.user)
    if found is None:
        messages.success(request, _("No pair is left to look at."))
        return see_other("people:duplicates")
    return with_filters(reverse("people:duplicate", args=[found.pk]), request.GET)


@require_http_methods(["GET", "POST"])
@needs(JUDGE_DUPLICATES)
def duplicate(request: HttpRequest, suspicion_id: int) -> HttpResponse:
    """Persons side by side, and the answer."""
    pair = get_object_or_404(Suspicion.objects.with_persons(), pk=suspicion_id)
    cluster = Cluster.around(pair, request.user)
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            answer(request, cluster)
            return with_filters(reverse("people:next_duplicate"), request.GET)
        except Refused as refused:
            refusal = refused
    free = cluster.hold(request.user) if pair.waits else False
    comparison = Comparison(cluster.persons, pair)
    looks.saw_persons(comparison.hidden, by=request.user)
    context = {
        "pair": pair, "cluster": cluster, "comparison": comparison, "free": free,
        "refusal": refusal, "may_insist": isinstance(refusal, SaidDifferent), "asked": request.GET.urlencode(),
        "ticked": ticked(request, cluster), "waiting": waiting_pairs(), "last": judging.last_gesture(request.user),
        "following": after(pair, request.GET, request.user), "stays": judging.whose_page_stays(cluster.persons[:2]),
    }  # fmt: skip
    return render(request, "people/duplicates/pair.html", context, status=422 if refusal else 200)


def ticked(request: HttpRequest, cluster: Cluster) -> set[str]:
    """Whom the answer is about: the pair, unless others were ticked."""
    asked_about = request.POST.getlist("person") or [person.public_id for person in cluster.persons[:2]]
    return set(asked_about)


def answer(request: HttpRequest, cluster: Cluster) -> None:
    chosen, pair = ticked(request, cluster), cluster.suspicion
    persons = [person for person in cluster.persons if person.public_id in chosen]
    match request.POST.get("answer"):
        case "same":
            reason = request.POST.get("reason", "").strip()[:400] or told(pair.weights)
            judging.same(pair, persons, by=request.user, reason=reason, despite="despite" in request.POST)
            said = _("One person: %(names)s.")
        case "different":
            judging.different(pair, persons, by=request.user)
            said = _("Two persons, and it will not be asked again: %(names)s.")
        case "later":
            judging.later(pair, by=request.user)
            said = _("Put off: %(names)s.")
        case _:
            raise Refused(_("Choose an answer."))
    messages.success(request, said % {"names": ", ".join(str(person) for person in persons)})


@require_safe
@needs(JUDGE_DUPLICATES)
def judgements(request: HttpRequest) -> HttpResponse:
    """What was answered, week by week, and what was taken back since."""
    mine = "tout" not in request.GET
    found = Judgement.objects.by(request.user) if mine else Judgement.objects.all()
    page = newest_first(found.select_related("suspicion__low", "suspicion__high", "merge"), request.GET.get("before"))
    context = {
        "page": page,
        "answers": answers(page.rows),
        "mine": mine,
        "weeks": weeks(),
        "asked": "" if mine else "tout=1",
    }
    return render(request, "people/duplicates/judgements.html", context)


@require_POST
@needs(JUDGE_DUPLICATES)
def undo(request: HttpRequest) -> HttpResponse:
    """The last answer, those that are ticked, or all of today: the latest first, each by itself."""
    chosen, undone = judging.gestures_meant(request.POST, request.user), 0
    for gesture in chosen:
        try:
            judging.take_back(gesture, by=request.user)
            undone += 1
        except Undecided:
            text = _(
                "Of some records that came since, nobody can tell whose they are: say it, then this merge is undone."
            )
            messages.warning(request, text)
            return see_other("people:unmerge", judging.merge_of(gesture))
        except Refused as refusal:
            messages.error(request, str(refusal))
    if undone:
        said = ngettext("%(count)d answer is taken back.", "%(count)d answers are taken back.", undone)
        messages.success(request, said % {"count": undone})
    return back(request, chosen)


def back(request: HttpRequest, chosen: list[str]) -> HttpResponse:
    """On the pair that is asked again, when there is one; otherwise on the list of answers."""
    again = Judgement.objects.filter(gesture__in=chosen).order_by("pk").first()
    if len(chosen) == 1 and again and "from_list" not in request.POST:
        return with_filters(reverse("people:duplicate", args=[again.suspicion_id]), request.GET)
    return see_other("people:judgements")


def without_place(parameters: QueryDict) -> QueryDict:
    filters = parameters.copy()
    filters.pop("apres", None)
    return filters


def with_filters(address: str, filters: QueryDict) -> HttpResponse:
    return see_other(f"{address}?{filters.urlencode()}".rstrip("?"))
