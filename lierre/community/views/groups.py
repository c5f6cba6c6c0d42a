"""Groups: those I am in, those I may ask to join, who is in them as far as I may see; and how they are run."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lierre.accounts.views.answers import acted, done, refused
from lierre.community.forms.groups import ClassesForm, GroupForm
from lierre.community.groups.reading import Inside
from lierre.community.groups.ruling import make_classes
from lierre.community.models import Group, Membership
from lierre.community.permissions import MANAGE_GROUPS, SEE_GROUPS
from lierre.community.roster import Asked
from lierre.community.views.taking import Taken, take_away
from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.people.models import Person
from lierre.people.permissions import EXPORT_PERSONS
from lierre.people.views.loading import own_person_or_404, person_or_404

SHOWN: Final = 40
# What one does of one's own membership.
OWN_ACTS: Final[dict[str, tuple[Callable[..., None], Any]]] = {
    "accepter": (Membership.enter, lambda: _("You are in the group.")),
    "decliner": (Membership.decline, lambda: _("It is noted. Nobody is told.")),
    "quitter": (Membership.leave, lambda: _("You are not in this group any more.")),
}
# What whoever answers for a group does of that of another.
HOST_ACTS: Final[dict[str, tuple[Callable[..., None], Any]]] = {
    "accueillir": (Membership.enter, lambda: _("They are in the group.")),
    "refuser": (Membership.refuse, lambda: _("It is refused.")),
    "retirer": (Membership.put_out, lambda: _("They are not in this group any more.")),
}


@require_safe
@needs(SEE_GROUPS)
def groups(request: HttpRequest) -> HttpResponse:
    return listed(request, GroupForm(), ClassesForm())


def listed(request: HttpRequest, form: GroupForm, classes: ClassesForm) -> HttpResponse:
    person = Person.objects.filter(account=request.user.pk).first()
    words = request.GET.get("q", "")[:100].strip()
    mine = list(Membership.objects.of(person).select_related("group")) if person else []
    known = [each.group_id for each in mine]
    others = list(Group.objects.standing().called(words).small_first().exclude(pk__in=known)[: SHOWN + 1])
    context = {
        "person": person, "words": words, "others": others[:SHOWN], "more": len(others) > SHOWN,
        "mine": [each for each in mine if each.state == "in"], "form": form, "classes": classes,
        "invited": [each for each in mine if each.state == "invited"],
        "asked": [each for each in mine if each.state == "asked"], "manages": may(request.user, MANAGE_GROUPS),
        "left": [each for each in mine if each.state == "left"],
    }  # fmt: skip
    wrong = form.errors or classes.errors
    return render(request, "community/groups/list.html", context, status=422 if wrong else 200)


@require_POST
@needs(MANAGE_GROUPS)
def new_group(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST)
    if acted(request, form, lambda: Group.make(**form.asked(), by=request.user)):
        return done(request, _("The group is there: people may ask to join it."), "community:groups")
    return listed(request, form, ClassesForm())


@require_POST
@needs(MANAGE_GROUPS)
def new_classes(request: HttpRequest) -> HttpResponse:
    form, made = ClassesForm(request.POST), []
    if acted(request, form, lambda: made.extend(make_classes(form.cleaned_data["year"], by=request.user))):
        told = ngettext("%(count)d group is made.", "%(count)d groups are made.", len(made)) % {"count": len(made)}
        return done(request, told, "community:groups")
    return listed(request, GroupForm(), form)


@require_safe
@needs(SEE_GROUPS)
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    inside = Inside.or_404(group_id, request.user, Asked.read(request.GET), request.GET.get("inviter", "")[:100])
    if inside.opens:
        inside.roster.looked_at(inside.group, by=request.user)
    context = {"group": inside.group, "inside": inside, "may_export": may(request.user, EXPORT_PERSONS)}
    return render(request, "community/groups/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EXPORT_PERSONS)
def export_members(request: HttpRequest, group_id: int, form: str) -> HttpResponseBase:
    """The members whom whoever takes them may see."""
    inside = Inside.or_404(group_id, request.user, Asked.read(request.GET))
    if not inside.opens:
        raise PermissionDenied
    taken = Taken(inside.group, inside.roster, "group.exported", _("members"), inside.header(), inside.table())
    return take_away(request, taken, form)


@require_POST
@needs(SEE_GROUPS)
def own_act(request: HttpRequest, group_id: int, act: str) -> HttpResponse:
    """Ask, take an invitation or not, leave."""
    found, person = get_object_or_404(Group.objects.standing(), pk=group_id), own_person_or_404(request)
    if act != "demander" and act not in OWN_ACTS:
        raise Http404
    try:
        if act == "demander":
            Membership.ask(found, person, by=request.user)
            return done(request, _("It is asked: whoever hosts the group answers."), "community:group", found.pk)
        change, told = OWN_ACTS[act]
        change(get_object_or_404(Membership, group=found, person=person), by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "community:group", found.pk)
    return done(request, told(), "community:group", found.pk)


@require_POST
@needs(SEE_GROUPS)
def invite(request: HttpRequest, group_id: int) -> HttpResponse:
    """Somebody whom whoever invites sees in the directory."""
    inside = answering(request, group_id)
    person = person_or_404(request.POST.get("person", ""))
    try:
        if not inside.sees(person):
            raise Http404
        Membership.invite(inside.group, person, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "community:group", group_id)
    return done(
        request,
        _("They are invited: they find it in their groups, and answer themselves."),
        "community:group",
        group_id,
    )


@require_POST
@needs(SEE_GROUPS)
def host_act(request: HttpRequest, group_id: int, membership_id: int, act: str) -> HttpResponse:
    """Let in, refuse, put out; give the keys or take them back."""
    inside = answering(request, group_id)
    theirs = get_object_or_404(Membership, pk=membership_id, group=inside.group)
    if act in {"confier", "reprendre"} and not inside.manages:
        raise PermissionDenied
    try:
        if act in {"confier", "reprendre"}:
            theirs.give_keys(act == "confier", by=request.user)
            return done(request, _("It is done."), "community:group", group_id)
        if act not in HOST_ACTS:
            raise Http404
        change, told = HOST_ACTS[act]
        change(theirs, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "community:group", group_id)
    return done(request, told(), "community:group", group_id)


@require_POST
@needs(MANAGE_GROUPS)
def close_group(request: HttpRequest, group_id: int) -> HttpResponse:
    try:
        get_object_or_404(Group.objects.standing(), pk=group_id).close(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "community:groups")
    return done(request, _("The group is closed: it is no audience any more."), "community:groups")


def answering(request: HttpRequest, group_id: int) -> Inside:
    """The group, when whoever asks answers for it; for the others, nothing is there to be answered."""
    inside = Inside.or_404(group_id, request.user)
    if not inside.answers:
        raise PermissionDenied
    return inside
