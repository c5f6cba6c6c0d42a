"""The charter: its rules, what each says, a text to try them on, and the exceptions to them."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.models import User
from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.changing import (
    archive_rule,
    bring_back,
    change_rule,
    set_severity,
    take_up,
    write_rule,
)
from lierre.publishing.charter.checking import findings
from lierre.publishing.charter.keeping import ask_exception, countersign, find
from lierre.publishing.charter.kinds import KINDS
from lierre.publishing.charter.standing import rules_of
from lierre.publishing.charter.starting import missing, start
from lierre.publishing.forms.charter import ExceptionForm, RuleForm, SeverityForm, TryForm
from lierre.publishing.models import CharterException, Post, Rule
from lierre.publishing.models.post import split
from lierre.publishing.permissions import KEEP_CHARTER, SEE_POSTS, WRITE_POSTS, may_change, may_keep


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def charter(request: HttpRequest) -> HttpResponse:
    """Every rule, by kind; and, posted, what they say of a text: it changes nothing."""
    form = TryForm(request.POST or None)
    tried = read(rules_of(None), form) if form.is_bound and form.is_valid() else None
    rules = list(Rule.objects.living().select_related("unit"))
    archived = list(Rule.objects.exclude(archived_at=None).select_related("unit"))
    context = {
        "rules": rules, "archived": archived, "form": form, "tried": tried, "may_keep": may_keep(request.user, None),
        "may_add": may(request.user, KEEP_CHARTER), "missing": len(missing()),
    }  # fmt: skip
    return render(request, "publishing/charter.html", context, status=422 if form.errors else 200)


def read(rules: list[Asked], form: TryForm) -> list[Any]:
    return findings(rules, Said(tuple(split(form.cleaned_data["text"]))))


@require_POST
@needs(KEEP_CHARTER)
def begin(request: HttpRequest) -> HttpResponse:
    if not may_keep(request.user, None):
        raise NotAllowed(KEEP_CHARTER)
    count = start(by=request.user)
    said = ngettext("%(count)d rule taken: make it yours.", "%(count)d rules taken: make them yours.", count)
    return done(request, said % {"count": count}, "publishing:charter")


@require_http_methods(["GET", "POST"])
@needs(KEEP_CHARTER)
def new_rule(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    form = RuleForm(request.POST or None, kind=kind, user=signed_in(request))
    made: list[Rule] = []
    if acted(request, form, lambda: made.append(write_rule(form.said(), by=request.user))):
        return done(request, _("The rule is read from now on."), "publishing:rule", made[0].pk)
    context = {"form": form, "kind": KINDS[kind], "label": label_of(kind)}
    return render(request, "publishing/charter_new_rule.html", context, status=422 if form.errors else 200)


@require_safe
@needs(KEEP_CHARTER)
def kinds(request: HttpRequest) -> HttpResponse:
    """What a new rule may be about."""
    shown = [(code, label_of(code), kind.what) for code, kind in KINDS.items()]
    return render(request, "publishing/charter_kinds.html", {"kinds": shown})


def label_of(kind: str) -> Any:
    return KINDS[kind].called or Rule.Kind(kind).label


@require_http_methods(["GET", "POST"])
@needs(SEE_POSTS)
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """What it says, its versions, how serious it is where; changed by whoever keeps it."""
    found = get_object_or_404(Rule.objects.select_related("unit"), pk=rule_id)
    keeps = may_keep(request.user, found.unit)
    if request.method == "POST" and not keeps:
        raise NotAllowed(KEEP_CHARTER)
    form = RuleForm(request.POST or None, kind=found.kind, user=signed_in(request), rule=found)
    if acted(
        request, form, lambda: change_rule(found, form.said(), by=request.user, seen=form.cleaned_data["version"])
    ):
        return done(request, _("Kept. The former version can be taken up again."), "publishing:rule", found.pk)
    return render(
        request, "publishing/charter_rule.html", about(found, form, keeps), status=422 if form.errors else 200
    )


def about(found: Rule, form: RuleForm, keeps: bool) -> dict[str, Any]:
    return {
        "rule": found, "form": form, "may_keep": keeps and found.is_living, "keeps": keeps, "kind": KINDS[found.kind],
        "versions": found.versions.all()[:20], "severities": found.severities.select_related("unit"),
        "severity_form": SeverityForm(),
    }  # fmt: skip


def weigh(found: Rule, request: HttpRequest) -> None:
    form = SeverityForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose a unit."))
    set_severity(found, form.cleaned_data["unit"], form.cleaned_data["severity"], by=request.user)


def retake(found: Rule, request: HttpRequest) -> None:
    number = request.POST.get("number", "")
    take_up(found, int(number) if number.isdecimal() else 0, by=request.user)


Act = Callable[[Rule, HttpRequest], None]
ACTS: Final[dict[str, tuple[Act, Any]]] = {
    "archiver": (
        lambda found, request: archive_rule(found, by=request.user),
        gettext_lazy("The rule is in the archive: it is no longer read. It can be brought back."),
    ),
    "ressortir": (lambda found, request: bring_back(found, by=request.user), gettext_lazy("The rule is read again.")),
    "gravite": (weigh, gettext_lazy("Kept for this unit, and for those below it.")),
    "reprendre": (retake, gettext_lazy("The rule says again what this version said.")),
}


@require_POST
@needs(KEEP_CHARTER)
def act(request: HttpRequest, rule_id: int, name: str) -> HttpResponse:
    found = get_object_or_404(Rule.objects.select_related("unit"), pk=rule_id)
    if name not in ACTS:
        raise Http404
    if not may_keep(request.user, found.unit):
        raise NotAllowed(KEEP_CHARTER)
    do, sentence = ACTS[name]
    try:
        do(found, request)
    except Refused as refusal:
        return refused(request, refusal, "publishing:rule", found.pk)
    return done(request, str(sentence), "publishing:rule", found.pk)


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def exception(request: HttpRequest, post_id: int, key: str) -> HttpResponse:
    """A passage that a rule blocks: why it should stay."""
    found = get_object_or_404(Post.objects.select_related("unit", "owner"), pk=post_id)
    if not may_change(request.user, found):
        raise NotAllowed(WRITE_POSTS)
    try:
        shown = find(found, key)
    except Refused as refusal:
        return refused(request, refusal, "publishing:post", found.pk)
    form = ExceptionForm(request.POST or None)
    if acted(request, form, lambda: ask_exception(found, key, form.cleaned_data["why"], by=request.user)):
        return done(request, _("Those who may countersign it are told by mail."), "publishing:post", found.pk)
    context = {"post": found, "finding": shown.finding, "form": form}
    return render(request, "publishing/charter_exception.html", context, status=422 if form.errors else 200)


@require_POST
@needs(SEE_POSTS)
def give(request: HttpRequest, exception_id: int) -> HttpResponse:
    """Countersign."""
    found = get_object_or_404(CharterException.objects.select_related("post", "post__unit", "rule"), pk=exception_id)
    try:
        countersign(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:post", found.post_id)
    return done(request, _("Countersigned: the passage may stay."), "publishing:post", found.post_id)


def signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
