"""For an ambassador: their text leaves by one gesture, what nobody can prove is theirs to settle, a visual is theirs to take."""

from collections.abc import Callable
from typing import Any, Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lierre.accounts.views.answers import done, refused
from lierre.foundation.abilities import needs
from lierre.foundation.errors import Refused
from lierre.publishing.ambassadors import writing
from lierre.publishing.forms.ambassador import OwnTextForm, WhenForm
from lierre.publishing.forms.seen import SeenForm
from lierre.publishing.library import variants
from lierre.publishing.library.serving import named, preview, served
from lierre.publishing.models import Material, OwnAccount, OwnDelivery, OwnText
from lierre.publishing.outbox.adopting import adopt
from lierre.publishing.outbox.health import check
from lierre.publishing.outbox.looking import look
from lierre.publishing.own import saying
from lierre.publishing.permissions import TAKE_PART
from lierre.publishing.views.ambassadors import mine, topic_of, written

EDGES: Final = {"petit": 480, "grand": 1280}
WHOLE: Final = 2048  # what somebody takes to publish it by hand: without anything hidden in it
PAGE: Final = "publishing:own_accounts"
ACTS: Final[dict[str, tuple[Callable[..., Any], Any]]] = {
    "absente": (OwnDelivery.it_is_not, gettext_lazy("It leaves again within some seconds, as something new.")),
    "envoyer": (OwnDelivery.send_now, gettext_lazy("It leaves within some seconds.")),
    "abandonner": (OwnDelivery.give_up, gettext_lazy("It does not leave.")),
}


def kept(request: HttpRequest, own: OwnText) -> bool:
    """What stands on the page is what counts: it is kept before anything is done with it."""
    form = OwnTextForm(request.POST)
    if not form.is_valid():
        return False
    writing.keep(own, form.cleaned_data["text"])
    return True


@never_cache
@require_POST
@needs(TAKE_PART)
def say(request: HttpRequest, material_id: int, network: str) -> HttpResponse:
    """Publish now, or at the hour that is given: the text of this very page, once."""
    who = mine(request)
    own = writing.own_text(who, topic_of(who, material_id))
    account = get_object_or_404(OwnAccount.objects.of(who).exclude(sealed=""), network=network)
    later = request.POST.get("when") == "at"
    form = WhenForm(request.POST, prefix=network)
    if not kept(request, own) or (later and not form.is_valid()):
        return written(request, own, when=form if later else None)
    try:
        saying.say(own, account, form.at if later else None)
    except Refused as refusal:
        return refused(request, refusal, "publishing:own_text", material_id)
    sentence = _("It will leave at the hour you chose.") if later else _("It leaves within some seconds.")
    return done(request, sentence, "publishing:own_text", material_id)


@require_POST
@needs(TAKE_PART)
def show(request: HttpRequest, material_id: int) -> HttpResponse:
    """With this visual, or without any."""
    who = mine(request)
    own = writing.own_text(who, topic_of(who, material_id))
    number = request.POST.get("visual", "")
    medium = next((each for each in own.material.shown if str(each.pk) == number), None)
    if not kept(request, own):
        return written(request, own)
    try:
        writing.show(own, medium)
    except Refused as refusal:
        return refused(request, refusal, "publishing:own_text", material_id)
    said = _("This visual goes with your text.") if medium else _("Your text goes without a visual.")
    return done(request, said, "publishing:own_text", material_id)


@require_safe
@needs(TAKE_PART)
def visual(request: HttpRequest, material_id: int, medium_id: int, edge: str) -> FileResponse:
    """Of a topic that they are offered, as long as it may be shown."""
    found = in_topic(topic_of(mine(request), material_id), medium_id)
    if edge in EDGES:
        return preview(request, found, EDGES[edge])
    if edge != "fichier":
        raise Http404
    try:
        made = variants.thumbnail(found, WHOLE)
    except (Refused, OSError):
        raise Http404 from None
    return served(made.path, made.type, named(found.title, made.path), inline=False)


def in_topic(material: Material, medium_id: int) -> Any:
    return next((each for each in material.shown if each.pk == medium_id), None) or get_object_or_404(
        material.visuals.none(), pk=medium_id
    )


@never_cache
@require_POST
@needs(TAKE_PART)
def act(request: HttpRequest, delivery_id: int, name: str) -> HttpResponse:
    """What only they can say of something they sent, and what they decide."""
    found = get_object_or_404(OwnDelivery.objects.of(mine(request)), pk=delivery_id)
    try:
        if name == "en-ligne":
            sentence = seen(request, found)
        elif name == "demander":
            look(found, patience=0)
            sentence = _("The network was asked: it is “%(state)s”.") % {"state": found.get_state_display()}
        elif name in ACTS:
            do, sentence = ACTS[name]
            do(found, by=request.user)
        else:
            raise Http404
    except Refused as refusal:
        return refused(request, refusal, PAGE)
    return done(request, str(sentence), PAGE)


def seen(request: HttpRequest, found: OwnDelivery) -> str:
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(each) for errors in form.errors.values() for each in errors))
    adopt(found, form.cleaned_data["link"], by=request.user)
    return _("It is online: the address is kept as its proof.")


@never_cache
@require_POST
@needs(TAKE_PART)
def try_again(request: HttpRequest, network: str) -> HttpResponse:
    """They think that their account is open again."""
    account = get_object_or_404(OwnAccount.objects.of(mine(request)).exclude(sealed=""), network=network)
    if check(account, by=request.user) is None:
        return refused(request, Refused(account.said or _("The network does not answer.")), PAGE)
    if account.is_held:
        account.release(by=request.user)
    return done(request, _("%(account)s answers: what waited leaves.") % {"account": account}, PAGE)
