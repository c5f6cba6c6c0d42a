"""The list of users: looked through, filtered, read page by page, exported."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from lierre.accounts.forms.users import UserFilter
from lierre.accounts.models import Role, User
from lierre.accounts.models.user import UserQuerySet
from lierre.accounts.permissions import INVITE, SEE_USERS
from lierre.accounts.views.answers import see_other
from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.export import csv_response, xlsx_response
from lierre.foundation.models.journal import record
from lierre.foundation.paging import newest_first

FORMATS: Final = {"csv": csv_response, "xlsx": xlsx_response}
HEADER: Final = (
    gettext_lazy("Name"), gettext_lazy("E-mail"), gettext_lazy("State"), gettext_lazy("Roles"),
    gettext_lazy("Account opened"), gettext_lazy("Last seen"),
)  # fmt: skip


@require_safe
@needs(SEE_USERS)
def users(request: HttpRequest) -> HttpResponse:
    form = UserFilter(request.GET)
    assert isinstance(request.user, User)
    found = form.users(by=request.user)
    page = newest_first(with_roles(found), request.GET.get("before"))
    asked = request.GET.copy()
    asked.pop("before", None)
    context = {
        "form": form, "page": page, "count": found.count(), "asked": asked.urlencode(), "filtered": any(asked.values()),
        "may_invite": may(request.user, INVITE),
    }  # fmt: skip
    return render(request, "accounts/users/list.html", context)


@require_GET
@needs(SEE_USERS)
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Those that are asked for, and a line of the journal that says they left."""
    assert isinstance(request.user, User)
    found = UserFilter(request.GET).users(by=request.user)
    try:
        response = FORMATS[form](_("users"), HEADER, lines(found))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return see_other("accounts:users")
    record("users.exported", by=request.user, name=form.upper(), asked=request.GET.dict())
    return response


def with_roles(users: UserQuerySet) -> UserQuerySet:
    roles = Role.objects.in_force().select_related("unit").order_by("unit__path", "kind")
    return users.with_last_seen().prefetch_related(Prefetch("roles", roles, to_attr="roles_now"))


def lines(users: UserQuerySet) -> Iterator[tuple[Any, ...]]:
    for user in with_roles(users).order_by("name", "pk").iterator(chunk_size=1_000):
        state = _("may sign in") if user.is_active else _("deactivated")
        roles = " ; ".join(str(role) for role in user.roles_now)  # type: ignore[attr-defined]
        yield user.name, user.email, state, roles, user.joined_at, user.seen_at
