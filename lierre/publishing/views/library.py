"""The library of media: what there is, what is brought, what is known of each; and the files themselves."""

from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.publishing.filming.places import is_under_way, places
from lierre.publishing.forms.medium import BringForm, LikenessForm, MediumForm
from lierre.publishing.library.asking import Asked
from lierre.publishing.library.attaching import attach
from lierre.publishing.library.looks import alike
from lierre.publishing.library.serving import original, preview
from lierre.publishing.library.storing import Brought, bring_all
from lierre.publishing.library.uses import posts_with, still_to_leave, topics_with
from lierre.publishing.models import Likeness, Material, Medium, Post
from lierre.publishing.models.medium import SOON
from lierre.publishing.permissions import (
    FEED_AMBASSADORS,
    SEE_POSTS,
    WRITE_POSTS,
    may_change,
    may_keep_medium,
    units_written_in,
)

EDGES: Final = {"petit": 480, "grand": 1280}


def post_of(request: HttpRequest) -> Post | None:
    """The post that media are chosen for, when whoever chooses may change it."""
    number = request.GET.get("post") or request.POST.get("post") or ""
    found = Post.objects.living().filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    return found if found and may_change(request.user, found) else None


def topic_of(request: HttpRequest) -> Material | None:
    """The topic for ambassadors that a visual is chosen for."""
    number = request.GET.get("sujet", "")
    if not may(request.user, FEED_AMBASSADORS) or not number.isdecimal() or len(number) > 18:
        return None
    return Material.objects.filter(pk=int(number)).first()


@require_safe
@needs(SEE_POSTS)
def library(request: HttpRequest) -> HttpResponse:
    asked = Asked.of(request.GET)
    post = post_of(request)
    context = {
        "asked": asked, "page": asked.page(), "counts": asked.counts(), "units": asked.units(), "post": post,
        "topic": None if post else topic_of(request),
        "card": bool(post) and request.GET.get("carte") == "1", "may_bring": may(request.user, WRITE_POSTS),
        "places": asked.places(post) if post and request.GET.get("carte") != "1" else [],
    }  # fmt: skip
    return render(request, "publishing/library.html", context)


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def bring(request: HttpRequest) -> HttpResponse:
    """Several files at once; those that cannot be taken keep no other out."""
    post = post_of(request)
    form = BringForm(request.POST or None, request.FILES or None, units=units_written_in(request.user)[0])
    brought: list[Brought] = []

    def take() -> None:
        said = form.cleaned_data
        files = [(file.name or "", file) for file in said["brought"]]
        brought.append(bring_all(files, by=request.user, credit=said["credit"], unit=said["unit"]))
        if post is not None and brought[0].media:
            attach(post, brought[0].media, by=request.user)

    if acted(request, form, take) and brought[0].media:
        if len(brought[0].new) > 1:
            say_alike(request, brought[0].new)
        for sentence in brought[0].refused:
            messages.error(request, sentence, extra_tags="tone-bad")
        where = back_from(post, brought[0])
        return done(request, told(brought[0]), *where)
    for sentence in brought[0].refused if brought else ():
        form.add_error("brought", sentence)
    status = 422 if form.errors else 200
    return render(request, "publishing/library_bring.html", {"form": form, "post": post}, status=status)


def at(medium: Medium) -> tuple[str, int]:
    return "publishing:medium", medium.pk


def back_from(post: Post | None, brought: Brought) -> tuple[Any, ...]:
    """To the post that they are for; to the medium when there is one; else to the library."""
    if post is not None:
        return "publishing:post", post.pk
    return at(brought.media[0]) if len(brought.media) == 1 else ("publishing:library",)


def say_alike(request: HttpRequest, media: list[Medium]) -> None:
    """Of one that is alone, its own page shows it."""
    for medium in media:
        if twins := alike(medium):
            said = _("“%(medium)s” looks like “%(other)s”: keep one, and put the other into the archive.")
            messages.warning(request, said % {"medium": medium, "other": twins[0]}, extra_tags="tone-warn")


def told(brought: Brought) -> str:
    new, known = len(brought.new), len(brought.known)
    said = []
    if new:
        said.append(
            ngettext("%(count)d medium is in the library.", "%(count)d media are in the library.", new) % {"count": new}
        )
    if known:
        sentence = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
        said.append(sentence % {"count": known})
    return " ".join(said)


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def medium(request: HttpRequest, medium_id: int) -> HttpResponse:
    shown = get_object_or_404(Medium.objects.select_related("unit", "brought_by"), pk=medium_id)
    may_keep = may_keep_medium(request.user, shown)
    if request.method == "POST" and not may_keep:
        raise NotAllowed(WRITE_POSTS)
    form = MediumForm(
        request.POST or None, request.FILES or None, medium=shown, units=units_written_in(request.user)[0]
    )
    if acted(request, form, lambda: shown.describe(form.said(), by=request.user)):
        return done(request, _("It is kept."), *at(shown))
    return page(request, shown, form, LikenessForm(), may_keep)


def page(request: HttpRequest, shown: Medium, form: MediumForm, likeness: LikenessForm, may_keep: bool) -> HttpResponse:
    context: dict[str, Any] = {
        "medium": shown, "form": form, "likeness_form": likeness, "may_keep": may_keep,
        "likenesses": shown.likenesses.all() if may_keep else (), "posts": posts_with(shown).order_by("-due_at")[:20],
        "topics": topics_with(shown)[:20], "leaving": 0 if shown.archived_at else still_to_leave(shown),
        "why": shown.why_not(timezone.localdate() + SOON) if not shown.archived_at else (),
    }  # fmt: skip
    if shown.is_image and may_keep:
        context["alike"] = alike(shown)
    if shown.is_film:
        context["places"] = places(shown)
        context["under_way"] = is_under_way(context["places"])
    status = 422 if form.errors or likeness.errors else 200
    return render(request, "publishing/library_medium.html", context, status=status)


def kept_by(request: HttpRequest, medium_id: int) -> Medium:
    found = get_object_or_404(Medium, pk=medium_id)
    if not may_keep_medium(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    return found


@require_POST
@needs(SEE_POSTS)
def aim(request: HttpRequest, medium_id: int) -> HttpResponse:
    """A click on the image, which is drawn 280 points wide: the browser says where, without any script."""
    found = kept_by(request, medium_id)
    clicked = [request.POST.get(f"at.{axis}", "") for axis in "xy"]
    if not all(each.isdecimal() and len(each) < 6 for each in clicked) or not found.is_image:
        raise Http404
    tall = 280 * found.height / max(found.width, 1)
    x, y = min(100, round(int(clicked[0]) / 2.8)), min(100, round(int(clicked[1]) * 100 / max(tall, 1)))
    found.describe({"focus_x": x, "focus_y": y}, by=request.user)
    return done(request, _("Networks that cut images cut around this point."), *at(found))


@require_http_methods(["POST"])
@needs(SEE_POSTS)
def add_likeness(request: HttpRequest, medium_id: int) -> HttpResponse:
    found = kept_by(request, medium_id)
    likeness = LikenessForm(request.POST)
    if acted(request, likeness, lambda: Likeness.write_down(found, likeness.cleaned_data, by=request.user)):
        return done(request, _("Their consent is written down."), *at(found))
    form = MediumForm(medium=found, units=units_written_in(request.user)[0])
    return page(request, found, form, likeness, True)


@require_POST
@needs(SEE_POSTS)
def drop_likeness(request: HttpRequest, likeness_id: int) -> HttpResponse:
    likeness = get_object_or_404(Likeness.objects.select_related("medium"), pk=likeness_id)
    found = kept_by(request, likeness.medium_id)
    likeness.take_out(by=request.user)
    return done(request, _("They are no longer written down as shown here."), *at(found))


@require_POST
@needs(SEE_POSTS)
def put_aside(request: HttpRequest, medium_id: int) -> HttpResponse:
    found = kept_by(request, medium_id)
    found.put_aside(by=request.user)
    return done(request, _("It is in the archive: no post shows it from now on. It can come back."), *at(found))


@require_POST
@needs(SEE_POSTS)
def bring_back(request: HttpRequest, medium_id: int) -> HttpResponse:
    found = kept_by(request, medium_id)
    found.bring_back(by=request.user)
    return done(request, _("It is in the library again."), *at(found))


@require_safe
@needs(SEE_POSTS)
def shown(request: HttpRequest, medium_id: int, edge: str) -> FileResponse:
    """A small copy of an image, or an image of a film, for our pages."""
    found = get_object_or_404(Medium, pk=medium_id)
    if edge not in EDGES or not (found.is_image or found.is_film):
        raise Http404
    return preview(request, found, EDGES[edge])


@require_safe
@needs(SEE_POSTS)
def download(request: HttpRequest, medium_id: int) -> FileResponse:
    """The original, as it came."""
    del request
    return original(get_object_or_404(Medium, pk=medium_id))
