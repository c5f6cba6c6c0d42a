"""For communication: the topics of each week, the stories that are told; and, for heads of units, how many take part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.models import User
from lierre.accounts.permissions import units_where
from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.publishing.ambassadors import counting, stories
from lierre.publishing.forms.ambassador import MaterialForm, StoryAnswerForm
from lierre.publishing.models import Material, Medium, Story
from lierre.publishing.models.material import monday
from lierre.publishing.permissions import FEED_AMBASSADORS, SEE_TAKING_PART


@require_safe
@needs(FEED_AMBASSADORS)
def materials(request: HttpRequest) -> HttpResponse:
    """By week, the latest first."""
    weeks: dict[object, list[Material]] = {}
    for each in Material.objects.select_related("unit")[:60]:
        weeks.setdefault((each.week, each.sunday), []).append(each)
    context = {"weeks": weeks.items(), "now": monday(timezone.localdate()), "waiting": Story.objects.waiting().count()}
    return render(request, "publishing/ambassador_materials.html", context)


@require_http_methods(["GET", "POST"])
@needs(FEED_AMBASSADORS)
def new_material(request: HttpRequest) -> HttpResponse:
    form = MaterialForm(request.POST or None)
    made: list[Material] = []
    if acted(request, form, lambda: made.append(Material.prepare(form.said(), by=request.user))):
        return redirect(made[0])
    return render(request, "publishing/ambassador_material.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(FEED_AMBASSADORS)
def material(request: HttpRequest, material_id: int) -> HttpResponse:
    found = get_object_or_404(
        Material.objects.select_related("unit").prefetch_related("visuals__likenesses"), pk=material_id
    )
    form = MaterialForm(request.POST or None, material=found)
    if acted(request, form, lambda: found.change(form.said(), by=request.user)):
        return done(request, _("Kept."), "publishing:material", found.pk)
    today = timezone.localdate()
    context = {
        "form": form,
        "material": found,
        "visuals": [(each, each.why_not(today)) for each in found.visuals.all()],
    }
    return render(request, "publishing/ambassador_material.html", context, status=422 if form.errors else 200)


@require_POST
@needs(FEED_AMBASSADORS)
def material_act(request: HttpRequest, material_id: int, act: str) -> HttpResponse:
    found = get_object_or_404(Material, pk=material_id)
    acts = {
        "proposer": (found.offer, _("Ambassadors see it in its week, and receive it once.")),
        "retirer": (found.withdraw, _("Nobody sees it any more. What they wrote stays theirs.")),
    }
    if act not in acts:
        raise Http404
    do, sentence = acts[act]
    try:
        do(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:material", found.pk)
    return done(request, sentence, "publishing:materials")


@require_POST
@needs(FEED_AMBASSADORS)
def visuals(request: HttpRequest, material_id: int, medium_id: int, act: str) -> HttpResponse:
    """From the library to the topic, or off it."""
    found, medium = get_object_or_404(Material, pk=material_id), get_object_or_404(Medium, pk=medium_id)
    if act not in {"montrer", "retirer"}:
        raise Http404
    try:
        (found.show if act == "montrer" else found.hide)(medium, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:material", found.pk)
    told = _("“%(medium)s” is with the topic.") if act == "montrer" else _("“%(medium)s” is no longer with the topic.")
    return done(request, told % {"medium": medium}, "publishing:material", found.pk)


@require_safe
@needs(FEED_AMBASSADORS)
def told_stories(request: HttpRequest) -> HttpResponse:
    every = Story.objects.select_related("ambassador__user", "ambassador__unit")
    context = {"waiting": every.waiting(), "others": every.exclude(state=Story.State.NEW)[:30]}
    return render(request, "publishing/ambassador_story_desk.html", context)


@require_http_methods(["GET", "POST"])
@needs(FEED_AMBASSADORS)
def story(request: HttpRequest, story_id: int) -> HttpResponse:
    """Answered with words; or planned, and a draft opens."""
    found = get_object_or_404(Story.objects.select_related("ambassador__user", "ambassador__unit", "post"), pk=story_id)
    form = StoryAnswerForm(request.POST or None)
    acts = {"repondre": stories.answer, "ecarter": stories.decline, "ecrire": stories.plan}
    do = acts.get(request.POST.get("act", "repondre"), stories.answer)
    if acted(request, form, lambda: do(found, form.cleaned_data["words"], by=request.user)):
        found.refresh_from_db()
        if do is stories.plan and found.post_id:
            return done(
                request, _("Here is a draft. Whoever told the story is told."), "publishing:post", found.post_id
            )
        return done(request, _("They are told."), "publishing:story_desk")
    context = {"story": found, "form": form}
    return render(request, "publishing/ambassador_story.html", context, status=422 if form.errors else 200)


@require_safe
@needs(SEE_TAKING_PART)
def taking_part(request: HttpRequest) -> HttpResponse:
    """Numbers of five and more, the topics of the week, what a head of unit can do. No name."""
    assert isinstance(request.user, User)
    units = list(units_where(request.user, SEE_TAKING_PART).order_by("path"))
    chosen = next((unit for unit in units if str(unit.pk) == request.GET.get("unite")), units[0] if units else None)
    if chosen is None:
        raise Http404
    rows = counting.rows(units)
    topics = Material.objects.offered().of_week(timezone.localdate()).select_related("unit")
    seen = [each for each in topics if each.unit is None or each.unit.contains(chosen) or chosen.contains(each.unit)]
    context = {
        "unit": chosen, "row": next(row for row in rows if row.unit == chosen),
        "rows": [row for row in rows if row.persons is not None], "hidden": sum(row.persons is None for row in rows),
        "topics": seen, "several": len(units) > 1, "units": units, "feeds": may(request.user, FEED_AMBASSADORS),
    }  # fmt: skip
    return render(request, "publishing/ambassador_units.html", context)
