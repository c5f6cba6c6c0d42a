"""The machines that were let in: making a token, shown once; taking it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lierre.accounts.models import User
from lierre.accounts.views.answers import acted, done, refused
from lierre.foundation.abilities import may, needs
from lierre.foundation.errors import Refused
from lierre.foundation.paging import newest_first
from lierre.interchange.forms.tokens import TokenForm
from lierre.interchange.models import Token, Webhook
from lierre.interchange.permissions import HOLD_TOKENS, MANAGE_WEBHOOKS, OVERSEE_MACHINES, tokens_visible_to


@never_cache
@require_http_methods(["GET", "POST"])
@needs(HOLD_TOKENS)
def machines(request: HttpRequest) -> HttpResponse:
    """A token that has just been made is shown in the answer itself: nothing keeps it."""
    owner = request.user
    assert isinstance(owner, User)
    form, made = TokenForm(request.POST or None, owner=owner), []

    def act() -> None:
        made.append(Token.make(**form.cleaned_data, by=owner))

    if acted(request, form, act):
        token, text = made[0]
        return render(request, "interchange/token.html", {"token": token, "text": text}, status=201)
    seen = tokens_visible_to(owner).select_related("owner")
    context = {
        "form": form,
        "page": newest_first(seen, request.GET.get("before")),
        "oversees": may(owner, OVERSEE_MACHINES),
        "webhooks": list(Webhook.objects.all()) if may(owner, MANAGE_WEBHOOKS) else None,
    }
    return render(request, "interchange/machines.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(HOLD_TOKENS)
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    token = get_object_or_404(tokens_visible_to(request.user).select_related("owner"), pk=token_id)
    if request.method != "POST":
        return render(request, "interchange/revoke.html", {"token": token})
    try:
        token.revoke(by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "interchange:machines")
    return done(request, _("The token of %(name)s opens nothing any more.") % {"name": token}, "interchange:machines")
