"""Whose a handle is, where they live, and who opens their account: each is asked of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from lierre.connectors.bluesky.line import CODE, EVERYBODY, elsewhere
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Gone,
    Held,
    Invalid,
    NotSent,
    NotSupported,
    ScopeMissing,
)
from lierre.connectors.network.servers import address_of, is_of_this_machine

RESOLVER: Final = "https://public.api.bsky.app"
DIRECTORY: Final = "https://plc.directory"
OPENS: Final = "/.well-known/oauth-protected-resource"
TELLS: Final = "/.well-known/oauth-authorization-server"
NO_SUCH_THING: Final = "501"
SMALL: Final = 200_000  # bytes of a document about one account, or one server
# What the protocol asks of every server of consents, by the name under which it says so.
NEEDED: Final = {
    "code_challenge_methods_supported": "S256",
    "dpop_signing_alg_values_supported": "ES256",
    "scopes_supported": "atproto",
    "token_endpoint_auth_methods_supported": "private_key_jwt",
}
PLACES: Final = ("authorization_endpoint", "token_endpoint", "pushed_authorization_request_endpoint")


class NoSuchAccount(Invalid):
    """Nobody has this handle."""

    @property
    def sentence(self) -> str:
        return _("Nobody has the handle “%(handle)s” there: look at how it is written.") % {"handle": self.said}


class NoConsent(NotSupported):
    """This server opens accounts by a password alone."""

    @property
    def sentence(self) -> str:
        return _("This server does not let you say yes over there: use an app password.")


@dataclass(frozen=True, slots=True)
class Somebody:
    """`home`: the server where their account lives."""

    did: str
    handle: str
    home: str


@dataclass(frozen=True, slots=True)
class Opener:
    """A server of consents, as it describes itself."""

    issuer: str
    consents: str
    tokens: str
    asks: str
    revokes: str = ""


def somebody(handle: str, address: str = "") -> Somebody:
    """`address`: of their server, when it is not found from the handle. Raises NoSuchAccount."""
    handle, told = handle.strip().lstrip("@").lower(), address_of(CODE, address)
    did = did_of(handle, told)
    if told and (settings.BLUESKY_BASE_URL or is_of_this_machine(told)):
        return Somebody(did, handle, told)  # we were sent there, whatever the world says
    home = endpoint(document(did))
    if not home:
        raise NoSuchAccount("no_server", handle)
    return Somebody(did, handle, home)


def did_of(handle: str, address: str = "") -> str:
    if handle.startswith("did:"):
        return handle
    asked = f"handle={quote(handle, safe='')}"
    try:
        told = elsewhere(address or RESOLVER).ask("GET", "/xrpc/com.atproto.identity.resolveHandle", query=asked)
    except (Invalid, Gone):
        raise NoSuchAccount("no_handle", handle) from None
    if not (did := str(told.facts.get("did", ""))).startswith("did:"):
        raise NoSuchAccount("no_handle", handle)
    return did


def opener(home: str) -> Opener:
    """Who opens the accounts of this server. Raises NoConsent when nobody does."""
    try:
        resource = elsewhere(home).ask("GET", OPENS, largest=SMALL).facts
        issuer = str((resource.get("authorization_servers") or [""])[0]).rstrip("/")
        told = elsewhere(issuer).ask("GET", TELLS, largest=SMALL).facts if issuer else {}
    except (Invalid, Gone, AuthorisationLost, ScopeMissing) as refusal:
        raise NoConsent(refusal.code, refusal.said) from refusal
    except NotSent as failure:
        if failure.code != NO_SUCH_THING:
            raise
        raise NoConsent(failure.code, failure.said) from failure
    # Who describes themselves as somebody else is not believed (RFC 8414).
    if not issuer or str(told.get("issuer", "")).rstrip("/") != issuer or not is_enough(told):
        raise NoConsent("no_server", issuer)
    consents, tokens, asks = (str(told[each]) for each in PLACES)
    return Opener(issuer, consents, tokens, asks, str(told.get("revocation_endpoint") or ""))


def is_enough(told: Mapping[str, Any]) -> bool:
    known = all(needed in (told.get(name) or ()) for name, needed in NEEDED.items())
    return known and all(told.get(name) for name in PLACES)


def server_of(handle: str) -> str:
    """The server of an account, from its handle. The usual one when it is not said."""
    try:
        return endpoint(document(did_of(handle))) or EVERYBODY
    except (Invalid, Gone, Held):
        return EVERYBODY


def document(did: str) -> Any:
    if did.startswith("did:web:"):
        return elsewhere(f"https://{did.removeprefix('did:web:')}").ask("GET", "/.well-known/did.json").said
    return elsewhere(DIRECTORY).ask("GET", f"/{quote(did, safe=':')}").said


def endpoint(told: Any) -> str:
    """
    >>> endpoint({"service": [{"id": "#atproto_pds", "serviceEndpoint": "https://pds.example/"}]})
    'https://pds.example'
    """
    services = told.get("service") if isinstance(told, Mapping) else None
    for each in services or ():
        if isinstance(each, Mapping) and str(each.get("id", "")).endswith("#atproto_pds"):
            return str(each.get("serviceEndpoint", "")).rstrip("/")
    return ""
