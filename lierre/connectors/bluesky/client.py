"""
Who we are to a server where somebody consents: a page of ours that it reads at our own address, and a key that signs for it.

Such a server knows nobody beforehand. Our address is our name, so it must open from where that server stands, by TLS. On
the machine of whoever develops there is no such address: the protocol then knows us as « http://localhost », without a key.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from lierre.connectors.bluesky.proofs import assertion, public, thumbprint
from lierre.connectors.network.refusals import AuthorisationLost

# Our name over there: an address that changes closes every session.
PAGE: Final = "/comptes-officiels/bluesky.json"
KEYS: Final = "/comptes-officiels/bluesky-cles.json"
SCOPES: Final = ("atproto", "transition:generic")
SCOPE: Final = " ".join(SCOPES)
BY_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# Added to the address to come back to when it is said by number: who is signed in is signed in at our name.
BY_NUMBER: Final = "ici/"
HERE: Final = frozenset({"localhost", "127.0.0.1"})


class Keyring:
    """Our keys, the newest first. They are kept by whoever speaks through us: we keep nothing."""

    def __init__(self) -> None:
        self.kept: Callable[[], Sequence[str]] = tuple

    def is_kept_by(self, keeper: Callable[[], Sequence[str]]) -> None:
        self.kept = keeper

    def key(self, name: str = "") -> str:
        """The one of this name; without a name, the newest."""
        for each in self.kept():
            if not name or thumbprint(each) == name:
                return each
        raise AuthorisationLost("no_key", "the key that this was opened with is no longer held")


KEYRING: Final = Keyring()


def is_at_home() -> bool:
    """
    >>> from django.test import override_settings
    >>> with override_settings(ADDRESS="http://localhost:8000"): is_at_home()
    True
    >>> with override_settings(ADDRESS="https://lierre.ubn.example"): is_at_home()
    False
    """
    parts = urlsplit(settings.ADDRESS)
    return parts.scheme == "http" and parts.hostname in HERE


def can_be_known() -> bool:
    """Whether a server can read who we are."""
    return is_at_home() or settings.ADDRESS.startswith("https://")


def back_there(back: str) -> str:
    """The address to come back to, as it may be said over there: this machine only by its number."""
    return back.replace("://localhost", "://127.0.0.1", 1) + BY_NUMBER if is_at_home() else back


def name(back: str) -> str:
    """
    >>> from django.test import override_settings
    >>> with override_settings(ADDRESS="https://lierre.ubn.example"): name("https://lierre.ubn.example/retour/")
    'https://lierre.ubn.example/comptes-officiels/bluesky.json'
    """
    if is_at_home():
        return f"http://localhost?{urlencode({'redirect_uri': back_there(back), 'scope': SCOPE})}"
    return f"{settings.ADDRESS}{PAGE}"


def page(back: str) -> dict[str, Any]:
    """What we say of ourselves."""
    return {
        "client_id": f"{settings.ADDRESS}{PAGE}",
        "client_name": f"Lierre, {settings.INSTITUTION}",
        "client_uri": f"{settings.ADDRESS}/",
        "application_type": "web",
        "redirect_uris": [back],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "scope": SCOPE,
        "dpop_bound_access_tokens": True,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "jwks_uri": f"{settings.ADDRESS}{KEYS}",
    }


def public_keys() -> dict[str, Any]:
    """All of them: a session goes on with the key that it was opened with."""
    named = {"use": "sig", "alg": "ES256"}
    return {"keys": [public(each) | named | {"kid": thumbprint(each)} for each in KEYRING.kept()]}


def signs_with() -> str:
    """The name of the key that a new session is opened with; "" when we are known without one."""
    return "" if is_at_home() else thumbprint(KEYRING.key())


def said_by_us(who: str, server: str, key: str) -> dict[str, str]:
    """What goes along with each word to a server of consents: who speaks, and the proof."""
    if not key:
        return {"client_id": who}
    signed = assertion(KEYRING.key(key), who, server)
    return {"client_id": who, "client_assertion_type": BY_ASSERTION, "client_assertion": signed}
