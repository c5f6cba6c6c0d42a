"""For an ambassador: this week's topics, their choices, what they write for themselves, the stories they tell."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.ambassadors import joining, stories, writing
from lierre.publishing.forms.ambassador import OwnTextForm, PublishedForm, StoryForm, TakingPartForm, WhenForm
from lierre.publishing.models import Ambassador, Material, OwnText
from lierre.publishing.own.desk import asking, last_asked
from lierre.publishing.permissions import TAKE_PART


@require_safe
@needs(TAKE_PART)
def this_week(request: HttpRequest) -> HttpResponse:
    """The topics of the week, each with what they have written of it, and asked of it."""
    who = Ambassador.objects.of(request.user)
    if who is None:
        return redirect("publishing:take_part")
    today = timezone.localdate()
    offered = Material.objects.to_be_said(Ambassador.objects.one(who), today).select_related("unit")
    materials = list(offered.prefetch_related("visuals__likenesses"))
    written = {own.material_id: own for own in OwnText.objects.of(who).select_related("material")[:30]}
    asked = {row.post.material_id: row for row in last_asked(who)}
    topics = [(material, written.get(material.pk), asked.get(material.pk)) for material in materials]
    context = {
        "who": who, "today": today, "topics": topics,
        "others": [own for own in written.values() if own.material not in materials and own.text][:6],
        "stories": who.stories.all()[:3], "asking": asking(who),
    }  # fmt: skip
    return render(request, "publishing/ambassador_week.html", context)


@require_http_methods(["GET", "POST"])
@needs(TAKE_PART)
def take_part(request: HttpRequest) -> HttpResponse:
    """To come in, or to change one's choices."""
    who = Ambassador.objects.of(request.user)
    form = TakingPartForm(request.POST or None, user=request.user, who=who)

    def act() -> None:
        if who:
            joining.change(who, form.cleaned_data)
        else:
            joining.join(request.user, form.cleaned_data)

    if acted(request, form, act):
        return done(request, _("Your choices are kept.") if who else _("Welcome."), "publishing:this_week")
    context = {"form": form, "who": who, "words": joining.WORDS}
    return render(request, "publishing/ambassador_choices.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(TAKE_PART)
def leave(request: HttpRequest) -> HttpResponse:
    who = mine(request)
    if request.method == "POST":
        joining.leave(who)
        return done(request, _("You have left. Your choices, your texts and your stories are gone."), "site:home")
    return render(request, "publishing/ambassador_leave.html", {"words": joining.LEAVING})


@never_cache
@require_http_methods(["GET", "POST"])
@needs(TAKE_PART)
def write(request: HttpRequest, material_id: int) -> HttpResponse:
    """The assistant: it counts, shows, advises; it never sends anything."""
    who = mine(request)
    own = writing.own_text(who, topic_of(who, material_id))
    form = OwnTextForm(request.POST or None, initial={"text": own.text})
    kept = acted(request, form, lambda: writing.keep(own, form.cleaned_data["text"]))
    if request.headers.get("X-Autosave"):
        return JsonResponse(
            {"sentence": _("Kept, for you alone.") if kept else _("Not kept.")}, status=200 if kept else 422
        )
    if kept:
        return redirect("publishing:own_text", material_id)
    return written(request, own, form)


def written(
    request: HttpRequest, own: OwnText, form: OwnTextForm | None = None, when: WhenForm | None = None
) -> HttpResponse:
    """The page of the assistant. `when`: the hour that was asked for and cannot be."""
    form = form or OwnTextForm(request.POST or None, initial={"text": own.text})
    context: dict[str, Any] = {
        "form": form,
        "material": own.material,
        "published": PublishedForm(initial={"link": own.link}),
    }
    context |= {"who": own.ambassador} | writing.shown(own.ambassador, own)
    context["places"] = [
        replace(place, when=when if when and when.prefix == place.network else WhenForm(prefix=place.network))
        for place in context["places"]
    ]
    status = 422 if form.errors or (when and when.errors) else 200
    return render(request, "publishing/ambassador_text.html", context, status=status)


@require_safe
@needs(TAKE_PART)
def write_there(request: HttpRequest, material_id: int, network: str) -> HttpResponse:
    """Out of the house, to the page of the network where one writes; what was kept is there already when it allows that."""
    who = mine(request)
    own = writing.own_text(who, topic_of(who, material_id))
    address = writing.composer(who, network, own.text) if network in who.networks else ""
    if not address:
        raise Http404
    return HttpResponseRedirect(address)


@require_POST
@needs(TAKE_PART)
def published(request: HttpRequest, material_id: int, act: str) -> HttpResponse:
    """“I have published”, or not after all; or forget this text."""
    who = mine(request)
    own = writing.own_text(who, topic_of(who, material_id))
    form = PublishedForm(request.POST)
    if act == "publie":
        writing.say_published(own, form.cleaned_data["link"] if form.is_valid() else "")
        return done(request, _("Well done. Nobody sees that it is you."), "publishing:this_week")
    if act == "pas-publie":
        writing.take_back(own)
        return done(request, _("It no longer counts."), "publishing:own_text", material_id)
    if act == "oublier":
        try:
            writing.forget(own)
        except Refused as refusal:
            return refused(request, refusal, "publishing:own_text", material_id)
        return done(request, _("Your text is forgotten."), "publishing:this_week")
    raise Http404


@require_http_methods(["GET", "POST"])
@needs(TAKE_PART)
def my_stories(request: HttpRequest) -> HttpResponse:
    """What they told, what became of it; and another one."""
    who = mine(request)
    form = StoryForm(request.POST or None)
    if acted(request, form, lambda: stories.offer(who, form.cleaned_data)):
        return done(request, _("Thank you. The answer will be written here, and sent to you."), "publishing:stories")
    context = {"form": form, "stories": who.stories.select_related("post").prefetch_related("post__deliveries")}
    return render(request, "publishing/ambassador_stories.html", context, status=422 if form.errors else 200)


@csrf_exempt  # the reader of mails presses the button itself, without having seen a page (RFC 8058)
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    who = joining.ambassador_of(token)
    is_done = request.method == "POST" or who is None
    if request.method == "POST" and who is not None:
        joining.stop_messages(who)
    return render(request, "publishing/ambassador_stop.html", {"is_done": is_done, "words": joining.NO_MORE})


def mine(request: HttpRequest) -> Ambassador:
    """Of whoever asks, and of nobody else. 404 before they came in."""
    who = Ambassador.objects.of(request.user)
    if who is None:
        raise Http404
    return who


def topic_of(who: Ambassador, material_id: int) -> Material:
    """One that they are offered, or one of which they have written something."""
    seen = Material.objects.offered().meant_for(Ambassador.objects.one(who)).filter(pk=material_id)
    theirs = Material.objects.filter(pk__in=OwnText.objects.of(who).values("material"), pk=material_id)
    found = seen.first() or get_object_or_404(theirs)
    prefetch_related_objects([found], "visuals__likenesses")
    return found
