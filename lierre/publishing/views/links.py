"""Short links: the list with its clicks, a link by hand for a poster, its square, what is added to addresses."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.models import Unit
from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import NotAllowed, may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.square import png, square, svg
from lierre.publishing.figures import clicks
from lierre.publishing.forms.links import LinkForm, TemplateForm
from lierre.publishing.mailing.planning import LETTER
from lierre.publishing.models import Account, Click, Link, LinkTemplate
from lierre.publishing.network_names import name_of
from lierre.publishing.permissions import KEEP_LINK_TEMPLATES, SEE_POSTS, WRITE_POSTS, may_keep_link, units_of_templates


def asked_of(request: HttpRequest) -> Any:
    """The links that the address asks for: their words, network, unit; those of the archive apart."""
    rows = Link.objects.select_related("account", "post", "unit")
    rows = rows.exclude(archived_at=None) if request.GET.get("archive") else rows.living()
    if words := request.GET.get("q", "").strip():
        rows = rows.saying(words)
    if network := request.GET.get("reseau", ""):
        rows = rows.filter(by_network(network))
    if (letter := request.GET.get("lettre", "")).isdecimal() and len(letter) < 19:
        rows = rows.filter(mailing=int(letter))
    if (post := request.GET.get("publication", "")).isdecimal() and len(post) < 19:
        rows = rows.filter(post=int(post))
    if unit := Unit.objects.filter(code=request.GET.get("unite") or "-").first():
        rows = rows.filter(unit__path__startswith=unit.path)
    return rows


def by_network(network: str) -> Q:
    if network == LETTER:
        return Q(mailing__isnull=False)
    return Q(post=None, mailing=None) if network == "aucun" else Q(account__network=network)


@require_safe
@needs(SEE_POSTS)
def links(request: HttpRequest) -> HttpResponse:
    shown = clicks.page(asked_of(request), request.GET.get("before"), most_first=request.GET.get("tri") == "clics")
    asked = request.GET.copy()
    asked.pop("before", None)
    codes = Account.objects.values_list("network", flat=True).distinct().order_by("network")
    networks = [*((code, name_of(code)) for code in codes), (LETTER, pgettext("channel", "letters"))]
    context = {
        "page": shown, "asked": asked.urlencode(),
        "filtered": any(request.GET.get(name) for name in ("q", "reseau", "unite", "publication", "lettre")),
        "networks": networks, "units": Unit.objects.open(),
        "may_write": may(request.user, WRITE_POSTS), "may_tag": may(request.user, KEEP_LINK_TEMPLATES),
    }  # fmt: skip
    return render(request, "publishing/links.html", context)


@require_safe
@needs(SEE_POSTS)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    header = [_("What it is for"), _("Short link"), _("Leads to"), _("Network"), _("Account"), _("Unit"), _("Made on"),
              _("Clicks"), _("Robots, apart")]  # fmt: skip
    answer = csv_response if form == "csv" else xlsx_response
    return answer(_("links"), header, clicks.rows_of(asked_of(request)))


@require_http_methods(["GET", "POST"])
@needs(WRITE_POSTS)
def new(request: HttpRequest) -> HttpResponse:
    """For a poster, a letter, a page: what has no post."""
    form, made = LinkForm(request.POST or None, user=request.user), []
    if acted(request, form, lambda: made.append(Link.objects.make(form.cleaned_data, by=request.user))):
        return done(request, _("Here is the link, and its square to print."), "publishing:link", made[0].pk)
    return render(request, "publishing/link_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@needs(SEE_POSTS)
def link(request: HttpRequest, link_id: int) -> HttpResponse:
    shown = get_object_or_404(Link.objects.select_related("account", "post", "mailing", "unit"), pk=link_id)
    side, path = square(shown.short)
    context = {
        "link": shown, "totals": shown.clicks.totals(), "chart": clicks.by_day(shown), "channels": clicks.by_channel(shown),
        "side": side, "path": path, "may_keep": may_keep_link(request.user, shown),
    }  # fmt: skip
    return render(request, "publishing/link.html", context)


@require_safe
@needs(SEE_POSTS)
def drawn(request: HttpRequest, link_id: int, form: str) -> HttpResponse:
    """The square, as a drawing for a printer or as an image."""
    shown = get_object_or_404(Link, pk=link_id)
    content, kind = (svg(shown.short), "image/svg+xml") if form == "svg" else (png(shown.short), "image/png")
    del request
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{shown.code}.{form}"'
    return answer


@require_safe
@needs(SEE_POSTS)
def export_days(request: HttpRequest, link_id: int) -> HttpResponseBase:
    shown = get_object_or_404(Link, pk=link_id)
    del request
    rows = Click.objects.filter(link=shown).values_list("day", "people", "robots")
    return csv_response(shown.code, [_("Day"), _("Clicks"), _("Robots, apart")], rows.iterator())


@require_POST
@needs(WRITE_POSTS)
def archive(request: HttpRequest, link_id: int) -> HttpResponse:
    return moved(request, link_id, Link.archive, _("It is closed. Its figures are kept, and it can be brought back."))


@require_POST
@needs(WRITE_POSTS)
def bring_back(request: HttpRequest, link_id: int) -> HttpResponse:
    return moved(request, link_id, Link.bring_back, _("It leads again where it led."))


def moved(request: HttpRequest, link_id: int, act: Any, sentence: str) -> HttpResponse:
    shown = get_object_or_404(Link.objects.select_related("unit"), pk=link_id)
    if not may_keep_link(request.user, shown):
        raise NotAllowed(WRITE_POSTS)
    try:
        act(shown, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "publishing:link", shown.pk)
    return done(request, sentence, "publishing:link", shown.pk)


@require_http_methods(["GET", "POST"])
@needs(KEEP_LINK_TEMPLATES)
def templates(request: HttpRequest) -> HttpResponse:
    """What is added to the addresses of each unit; the nearest one above counts."""
    known = list(LinkTemplate.objects.select_related("unit").order_by("unit__path"))
    form = TemplateForm(request.POST or None, user=request.user, known=known, unit=request.GET.get("unite", ""))
    keep = lambda: LinkTemplate.objects.keep(form.unit, form.cleaned_data, by=request.user)  # noqa: E731
    if acted(request, form, keep):
        return done(request, _("Links that are made from now on say so."), "publishing:link_templates")
    mine = {unit.pk if unit else None for unit in units_of_templates(request.user)}
    context = {"form": form, "known": [(each, each.unit_id in mine) for each in known], "example": form.example()}
    return render(request, "publishing/link_templates.html", context, status=422 if form.errors else 200)


@require_POST
@needs(KEEP_LINK_TEMPLATES)
def drop_template(request: HttpRequest, template_id: int) -> HttpResponse:
    shown = get_object_or_404(LinkTemplate.objects.exclude(unit=None).select_related("unit"), pk=template_id)
    if shown.unit not in units_of_templates(request.user):
        raise NotAllowed(KEEP_LINK_TEMPLATES)
    LinkTemplate.objects.drop(shown, by=request.user)
    return done(request, _("The unit follows the one above again."), "publishing:link_templates")
