"""While somebody acts in the place of somebody else: what the house answers, and all that it refuses, decided here.

The session stays that of whoever acts. The views are given the other person, who knows by whom they are replaced; what
the journal writes meanwhile, it writes under the name of whoever acts (`foundation.models.journal.record`).
"""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from lierre.accounts.models import Acting, User
from lierre.accounts.permissions import may_act_for

KEY: Final = "acting"
STOP: Final = "accounts:stop_acting"
READING: Final = {"GET", "HEAD", "OPTIONS"}
WRITING: Final = re.compile(r'\s*(?:INSERT\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
# The journal, and what keeps the session alive.
STILL_WRITTEN: Final = {"foundation_entry", "django_session", "cache"}


class NotInAnothersPlace(PermissionDenied):
    """Becomes a 403 page that shows `sentence`."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class InPlaceOf:
    """The last of the middleware: sessions, clocks and sign-in have seen whoever really sits there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = request.session.get(KEY)
        if number is None:
            return self.get_response(request)
        acting = Acting.objects.select_related("actor", "user").filter(pk=number).first()
        if acting is None or not goes_on(acting, request.user):
            return come_back(request, acting)
        page = page_of(request)
        if page == STOP:
            return self.get_response(request)
        acting.user.acting = acting
        request.user = acting.user
        refuse(request, acting, page)
        with connection.execute_wrapper(only_reading):
            answer = self.get_response(request)
        if answer.status_code == 200 and page:
            acting.saw(page)
        return answer


def goes_on(acting: Acting, user: Any) -> bool:
    """Whether time is left, and whoever acts still may: a role that is withdrawn ends it at once."""
    return not acting.is_over and user.pk == acting.actor_id and may_act_for(user, acting.user)


def come_back(request: HttpRequest, acting: Acting | None) -> HttpResponseBase:
    """To oneself. What was sent meanwhile is not done: it was meant for another."""
    del request.session[KEY]
    if acting is not None:
        acting.end(by="accounts.end_acting")
    messages.info(request, _("The time in the place of somebody else is over: you are yourself again."))
    return HttpResponseRedirect(reverse("site:home"), status=303)


def page_of(request: HttpRequest) -> str:
    """The name of what is asked, empty when there is no such page."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def refuse(request: HttpRequest, acting: Acting, page: str) -> None:
    if request.method not in READING:
        said = _("You act in the place of %(user)s: nothing can be changed or sent. Stop first, and do it as yourself.")
        raise NotInAnothersPlace(said % {"user": acting.user})
    if any(fnmatchcase(page, closed) for closed in settings.CLOSED_TO_OTHERS):
        said = _("This page is %(user)s’s alone: nobody opens it in their place.")
        raise NotInAnothersPlace(said % {"user": acting.user})


def only_reading(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Whatever a page would write when it is merely looked at is refused too."""
    written = WRITING.match(sql)
    if written and written[1] not in STILL_WRITTEN:
        said = _("This page changes something when it is opened: nobody opens it in the place of another.")
        raise NotInAnothersPlace(said)
    return execute(sql, params, many, context)


def stop(request: HttpRequest) -> User | None:
    """Somebody is themselves again. Whose place they leave, if they were in one."""
    number = request.session.pop(KEY, None)
    acting = Acting.objects.select_related("user").filter(pk=number, actor=request.user.pk).first()
    if acting is not None:
        acting.end(by=request.user)
    return acting.user if acting else None
