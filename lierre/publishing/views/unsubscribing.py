"""The link at the end of a mailing. Looking changes nothing; the button of the mail program itself is heard (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lierre.accounts.views.answers import see_other
from lierre.foundation.errors import Refused
from lierre.privacy.models import Consent
from lierre.privacy.preferences import token_for
from lierre.publishing.mailing.stopping import stop, words_of
from lierre.publishing.models import Recipient


@csrf_exempt  # the mail program presses the button itself, without having seen a page
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The address is a key: it is neither kept, nor indexed, nor told to the next site."""
    try:
        recipient = Recipient.objects.select_related("mailing", "person").for_link(token)
    except Refused as refusal:
        response = render(request, "publishing/mailing/closed_link.html", {"refusal": str(refusal)}, status=410)
    else:
        response = answered(request, recipient, token)
    response["Referrer-Policy"] = "same-origin"  # “no-referrer” would take the origin away from our own form
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def answered(request: HttpRequest, recipient: Recipient, token: str) -> HttpResponse:
    if request.method == "POST":
        stop(recipient, Consent.How.LINK, words=words_of(recipient))
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(status=200)
        return see_other("publishing:unsubscribe", token)
    context = {
        "recipient": recipient, "topic": recipient.mailing.topic_name, "preferences": token_for(recipient.person),
    }  # fmt: skip
    return render(request, "publishing/mailing/unsubscribe.html", context)
