"""Somebody opens a short link: they go where it leads, the day counts one more, and nothing is kept of who they are."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lierre.publishing.links.robots import is_robot
from lierre.publishing.models import Click, Link

logger = logging.getLogger(__name__)


@never_cache
@require_safe
@login_not_required
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Only codes that exist lead somewhere, in large letters too. A base that is busy costs a click, never a reader."""
    link = Link.objects.filter(code=code.lower()).only("pk", "leads_to", "archived_at").first()
    if link is None or link.archived_at:
        return render(request, "publishing/link_closed.html", {"was": link is not None}, status=410 if link else 404)
    try:
        with transaction.atomic():
            Click.objects.add(link.pk, is_robot=is_robot(request.method or "", request.headers))
    except DatabaseError:
        logger.warning("A click of the link %s was not counted.", link.pk, exc_info=True)
    answer = HttpResponseRedirect(link.leads_to)
    answer["X-Robots-Tag"] = "noindex"
    return answer
