"""Where a sending service tells, by HTTP, what could not be delivered. It shows a secret, and learns nothing."""

import json
from json import JSONDecodeError

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lierre.community.asking.bouncing import take
from lierre.community.asking.mailing import return_path
from lierre.connectors.mail import bounces_told, heard_by_others


@csrf_exempt  # a machine, which shows a secret of its own
@login_not_required
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.BOUNCES_SECRET or not constant_time_compare(shown, settings.BOUNCES_SECRET):
        return HttpResponse(status=403)
    try:
        payload = json.loads(request.body)
    except (JSONDecodeError, UnicodeDecodeError):
        return HttpResponse(status=400)
    take(bounces_told(payload, return_path()))
    heard_by_others(payload)
    return HttpResponse(status=204)
