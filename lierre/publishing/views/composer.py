"""The composer: a post, its text for each account, what the network will make of it, its versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, needs
from lierre.foundation.errors import Refused
from lierre.publishing.approving import digest, may_sign, needed, open_step
from lierre.publishing.cards.filling import first_time
from lierre.publishing.charter.keeping import keep, replaced
from lierre.publishing.charter.posts import COMMON, Charter, charter_of
from lierre.publishing.comparing import compared
from lierre.publishing.composed import composed
from lierre.publishing.composing import change, take_up, write
from lierre.publishing.forms.approving import SendBackForm
from lierre.publishing.forms.composer import ComposerForm, OwnerForm
from lierre.publishing.handing_over.posts import hand_on as give_to
from lierre.publishing.measures import Measured
from lierre.publishing.models import Post
from lierre.publishing.permissions import SEE_POSTS, WRITE_POSTS, accounts_written_by, may_change
from lierre.publishing.stamping import stamp_of
from lierre.publishing.templatetags.charter import said_of


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def new(request: HttpRequest) -> HttpResponse:
    form = ComposerForm(
        request.POST or None, written=list(accounts_written_by(request.user)), zone=timezone.get_current_timezone_name()
    )
    made: list[Post] = []
    kept = acted(request, form, lambda: made.append(write(form.draft(), by=request.user)))
    if request.headers.get("X-Autosave"):
        return begun(form, made)
    if kept:
        return redirect("publishing:post", made[0].pk)
    return render(request, "publishing/new_post.html", {"form": form}, status=422 if form.errors else 200)


def begun(form: ComposerForm, made: list[Post]) -> JsonResponse:
    """A draft exists from the first pause on: what is typed next is kept in it (`address`), and a closed window loses nothing."""
    if not made:
        return JsonResponse({"sentence": wrong_in(form)}, status=422)
    said = {"seen": stamp_of(made[0]), "sentence": kept_now(), "address": made[0].get_absolute_url()}
    return JsonResponse(said, status=201)


def wrong_in(form: ComposerForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors) or _("Not kept.")


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """What is typed is kept by itself while one writes (`X-Autosave`), and by the button."""
    found = composed(post_id, request.user)
    written = list(accounts_written_by(request.user))
    may_write = may_change(request.user, found, written)
    if request.method == "POST" and not may_write:
        raise NotAllowed(WRITE_POSTS)
    form = ComposerForm(request.POST or None, written=written, post=found)
    fell: list[bool] = []
    kept = acted(request, form, lambda: fell.append(keep_typed(request, found, form)))
    if request.headers.get("X-Autosave"):
        return autosaved(request, found, form, kept=kept, fell=any(fell))
    if kept:
        if why := first_time(found, by=request.user):
            messages.warning(request, why, extra_tags="tone-warn")
        return done(request, kept_sentence(fell=any(fell)), "publishing:post", found.pk)
    return render(
        request, "publishing/post.html", composer(request, found, form, may_write), status=422 if form.errors else 200
    )


def keep_typed(request: HttpRequest, found: Post, form: ComposerForm) -> bool:
    """What was typed; with the words that a rule proposes (`replace`), or a passage kept against it (`keep`)."""
    draft = form.draft()
    if key := request.POST.get("replace"):
        draft = replaced(found, draft, key)
    fell = change(found, draft, by=request.user)
    if key := request.POST.get("keep"):
        keep(found, key, by=request.user)
    return fell


def kept_sentence(*, fell: bool) -> str:
    return _("Kept. It must be approved again: it no longer says what was approved.") if fell else _("Kept.")


def autosaved(request: HttpRequest, found: Post, form: ComposerForm, *, kept: bool, fell: bool) -> JsonResponse:
    """With what the charter says of the text as it now stands."""
    if not kept:
        return JsonResponse({"sentence": wrong_in(form)}, status=422)
    sentence = kept_sentence(fell=True) if fell else kept_now()
    pieces = findings_of(request, found) | remarks_of(request, found)
    return JsonResponse({"seen": stamp_of(found), "sentence": sentence, "pieces": pieces})


def kept_now() -> str:
    return _("Kept at %(time)s.") % {"time": date_format(timezone.localtime(), "TIME_FORMAT")}


def remarks_of(request: HttpRequest, found: Post) -> dict[str, str]:
    """Place on the page → what each network would refuse, and what will not be sent there, as the text now stands."""
    said: dict[str, str] = {}
    for variant in found.variants.all():
        variant.post = found
        each = {"each": Measured(variant, rows=variant.rows().order_by("part"))}
        said[f"remarks-{variant.account_id}"] = render_to_string("publishing/variant_remarks.html", each, request)
    return said


def findings_of(request: HttpRequest, found: Post) -> dict[str, str]:
    """Place on the page → what the charter says there."""
    charter = charter_of(found, lately=True)
    return {
        f"findings-{account}": render_to_string(
            "publishing/charter_findings.html", said_of(charter, account, found, True, request.user), request
        )
        for account in [COMMON, *(variant.account_id for variant in found.variants.all())]
    }


def composer(request: HttpRequest, found: Post, form: ComposerForm, may_write: bool) -> dict[str, Any]:
    rows: dict[int, list[Any]] = {}
    for row in found.deliveries.order_by("part"):
        rows.setdefault(row.account_id, []).append(row)
    measured = [Measured(each, form[f"own-{each.account_id}"], rows.get(each.account_id, [])) for each in form.variants]
    for each in measured:
        each.variant.post = found
    to_correct = [each for each in measured if not each.fits]
    seen = digest(found)
    steps = needed(found, seen)
    mine = may_sign(request.user, found, steps, wrote=found.wrote)  # type: ignore[attr-defined]
    # What has left is no longer corrected.
    is_gone = bool(measured) and all(each.has_left for each in measured)
    charter = Charter() if is_gone else charter_of(found, lately=True)
    return {
        "overtaken": form.overtaken(found),
        "steps": steps, "now": open_step(steps), "mine": mine, "digest": seen, "send_back": SendBackForm(),
        "charter": charter, "blocking": len(charter.blocking),
        "has_left": any(each.has_left for each in measured), "is_gone": is_gone,
        "post": found, "form": form, "measured": measured, "may_write": may_write and found.state != Post.State.WITHDRAWN,
        "to_correct": to_correct, "may_bring_back": may_write and found.state == Post.State.WITHDRAWN,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def hand_on(request: HttpRequest, post_id: int) -> HttpResponse:
    """Somebody else has it from now on, and is told."""
    found = get_object_or_404(Post.objects.select_related("owner"), pk=post_id)
    if not may_change(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    form = OwnerForm(request.POST or None, post=found)
    if acted(request, form, lambda: give_to(found, form.cleaned_data["owner"], request.user)):
        return done(
            request, _("%(user)s has it, and is told by mail.") % {"user": found.owner}, "publishing:post", found.pk
        )
    context = {"post": found, "form": form}
    return render(request, "publishing/post_owner.html", context, status=422 if form.errors else 200)


@require_safe
@needs(SEE_POSTS)
def versions(request: HttpRequest, post_id: int) -> HttpResponse:
    """Each version, and what it changed in the one before, word by word."""
    found = get_object_or_404(Post, pk=post_id)
    context = {
        "post": found, "compared": compared(found.versions.latest_first()[:50]),
        "may_write": may_change(request.user, found) and found.state != Post.State.WITHDRAWN,
    }  # fmt: skip
    return render(request, "publishing/versions.html", context)


@require_POST
@needs(WRITE_POSTS)
def retake(request: HttpRequest, post_id: int, number: int) -> HttpResponse:
    found = get_object_or_404(Post, pk=post_id)
    if not may_change(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    try:
        fell = take_up(found, number, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:versions", found.pk)
    said = _("Its words are those of version %(number)d again.") % {"number": number}
    return done(request, f"{said} {kept_sentence(fell=True)}" if fell else said, "publishing:post", found.pk)


def refusal_of(found: Post) -> Refused | None:
    """Why this cannot leave as it is."""
    for variant in found.variants.all():
        variant.post = found
        each = Measured(variant)
        if each.fits:
            continue
        why = each.refused or [_("it is too long.")]
        return Refused(
            _("On %(account)s this cannot leave: %(why)s") % {"account": variant.account, "why": " ".join(why)}
        )
    return None
