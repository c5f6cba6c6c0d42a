"""Leaving for a network, where somebody says that we may speak for an account: only this session can bring the answer back."""

import json
from dataclasses import replace
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.connectors.bluesky.client import can_be_known
from lierre.connectors.network import Way
from lierre.foundation.errors import Refused
from lierre.publishing.models.opening import Going, digest
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.health import sentence_of

SALT: Final = "lierre.publishing.opening"
# The settings that hold our registration, where the institution has it and not the server.
REGISTERED: Final = {"linkedin": "LIERRE_LINKEDIN_PAGES_CLIENT_ID", "facebook": "LIERRE_FACEBOOK_CLIENT_ID"}


def back() -> str:
    """Where a network sends whoever has said yes: the address that is declared over there."""
    return settings.ADDRESS + reverse("publishing:come_back_from_network")


def ways_of(account: Voice) -> frozenset[Way]:
    """How it may be opened. None for a network that nothing here speaks to."""
    try:
        return net.network(account.network).capabilities().ways - {Way.NONE}
    except net.UnknownNetwork:
        return frozenset()


def missing_setting(account: Voice) -> str:
    """The setting without which nobody can go to this network; "" when nothing is missing."""
    if account.network == "bluesky":
        return "" if can_be_known() else "LIERRE_ADDRESS"
    held = {"linkedin": settings.LINKEDIN_PAGES, "facebook": settings.FACEBOOK_PAGES}.get(account.network)
    return REGISTERED[account.network] if held is not None and not held[0] else ""


def begin(account: Voice, address: str, *, user: Any, session: str) -> Going:
    """We make ourselves known over there, where that is needed; then everything is ready to go. Refuses with a sentence."""
    if Way.CODE not in ways_of(account):
        raise Refused(_("%(network)s does not open accounts in this way.") % {"network": account.network})
    try:
        application = net.network(account.network).application(address, back())
    except net.NotSupported as error:
        if account.network not in REGISTERED:
            raise Refused(sentence_of(error)) from error
        raise Refused(
            _("Lierre is not declared to this network yet: the IT department does it once, then sets %(setting)s.")
            % {"setting": REGISTERED[account.network]}
        ) from None
    except net.NetworkError as error:
        raise Refused(_("This server cannot be asked: %(why)s") % {"why": sentence_of(error)}) from error
    # For somebody’s own account, only what a person gives is asked: no page, no figure, no notification.
    application = replace(application, personal=account.is_personal)
    opening: Going = account.openings.create(user=user, session=digest(session), nonce=token_urlsafe(32))
    opening.keep(json.dumps({"application": net.as_plain(application), "verifier": token_urlsafe(48)}))
    return opening


def where(opening: Going) -> str:
    """The page over there. Some networks are told first what will be asked: it is made anew each time. May refuse."""
    network = net.network(opening.account.network)
    state, verifier = signing.dumps(opening.nonce, salt=SALT), str(kept_of(opening).get("verifier", ""))
    try:
        return network.where_to_authorise(application_of(opening), back(), state, verifier)
    except net.NotSupported as error:
        raise Refused(sentence_of(error)) from error
    except net.NetworkError as error:
        raise Refused(_("This server cannot be asked: %(why)s") % {"why": sentence_of(error)}) from error


def host_of(opening: Going) -> str:
    """Where that page is, as a reader knows it."""
    return urlsplit(application_of(opening).address or where(opening)).hostname or ""


def application_of(opening: Going) -> net.Application:
    return net.from_plain(net.Application, kept_of(opening)["application"])


def kept_of(opening: Going) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(opening.secret or "{}")
    return kept
