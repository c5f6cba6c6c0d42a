"""How an account of a Mastodon server is opened to us, and closed. Tokens do not expire."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode

from lierre.connectors.mastodon.instance import limits_of
from lierre.connectors.mastodon.line import CODE, line, line_of
from lierre.connectors.network.account import Account, Application, Code, Credentials, Health, Key
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Gone,
    Invalid,
    NetworkError,
    NotSupported,
    PolicyBlocked,
    ScopeMissing,
)
from lierre.connectors.network.servers import address_of

# Reading our own statuses is what proves, and what counts: asked from the beginning.
SCOPES: Final = ("read:accounts", "read:statuses", "read:notifications", "write:statuses", "write:media")
PERSONAL: Final = tuple(scope for scope in SCOPES if scope != "read:notifications")
SITE: Final = "Lierre"


def registered(address: str, back: str) -> Application:
    """Us at this server: there is one registration for each."""
    at = address_of(CODE, address)
    form = {"client_name": SITE, "redirect_uris": back, "scopes": " ".join(SCOPES)}
    told = line(at).ask("POST", "/api/v1/apps", form=form).facts
    return Application(str(told["client_id"]), str(told["client_secret"]), at)


def consent_page(application: Application, back: str, state: str, verifier: str) -> str:
    asked = {
        "client_id": application.id, "redirect_uri": back, "response_type": "code",
        "scope": " ".join(PERSONAL if application.personal else SCOPES), "state": state,
    }  # fmt: skip
    if verifier:
        asked |= {"code_challenge": challenge(verifier), "code_challenge_method": "S256"}
    return f"{application.address}/oauth/authorize?{urlencode(asked)}"


def challenge(verifier: str) -> str:
    """
    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def opened(grant: Code | Key) -> Account:
    if isinstance(grant, Key):
        kept = (
            {"client_id": grant.application.id, "client_secret": grant.application.secret} if grant.application else {}
        )
        return who(address_of(CODE, grant.address or server_in(grant.account)), Credentials(grant.secret, kept=kept))
    ours = grant.application
    form = {
        "grant_type": "authorization_code", "code": grant.code, "redirect_uri": grant.back, "client_id": ours.id,
        "client_secret": ours.secret,
    }  # fmt: skip
    try:
        told = line(ours.address).ask(
            "POST", "/oauth/token", form=form | ({"code_verifier": grant.verifier} if grant.verifier else {})
        ).facts  # fmt: skip
    except (Invalid, PolicyBlocked, Gone) as refusal:
        raise AuthorisationLost(refusal.code, refusal.said) from refusal
    scopes = frozenset(str(told.get("scope", "")).split())
    kept = {"client_id": ours.id, "client_secret": ours.secret}
    return who(ours.address, Credentials(str(told["access_token"]), scopes=scopes, kept=kept))


def server_in(account: str) -> str:
    """
    >>> server_in("@ubn@mastodon.example"), server_in("ubn")
    ('https://mastodon.example', '')
    """
    name, _at, host = account.lstrip("@").partition("@")
    return f"https://{host}" if name and host else ""


def who(address: str, credentials: Credentials) -> Account:
    """Some servers say 422 where Mastodon says 401 for a false token."""
    try:
        told = line(address, credentials.token).ask("GET", "/api/v1/accounts/verify_credentials").facts
    except (Invalid, PolicyBlocked, Gone) as refusal:
        raise AuthorisationLost(refusal.code, refusal.said) from refusal
    if not told.get("id"):
        raise AuthorisationLost("no_id", str(told)[:200])
    host = address.partition("://")[2]
    handle = str(told.get("acct") or told.get("username"))
    return Account(
        CODE, str(told["id"]), handle if "@" in handle else f"{handle}@{host}", credentials,
        str(told.get("display_name") or handle), address, str(told.get("url", "")),
    )  # fmt: skip


def closed(account: Account) -> None:
    kept = account.credentials.kept
    if not kept.get("client_id"):
        raise NotSupported("revoke", "a token that was pasted is closed where it was made")
    form: dict[str, Any] = {**kept, "token": account.credentials.token}
    try:
        line(account.address).ask("POST", "/oauth/revoke", form=form)
    except (Gone, Invalid, PolicyBlocked, AuthorisationLost) as refusal:
        if is_open(account):
            raise NotSupported(refusal.code, refusal.said) from refusal


def is_open(account: Account) -> bool:
    try:
        who(account.address, account.credentials)
    except AuthorisationLost:
        return False
    return True


def healthy(account: Account) -> Health:
    found = who(account.address, account.credentials)
    missing: tuple[str, ...] = ()
    try:
        line_of(account).ask("GET", f"/api/v1/accounts/{found.id}/statuses", query="limit=1")
    except (ScopeMissing, PolicyBlocked, Gone, Invalid):
        missing = ("read:statuses",)
    return Health(found.name, found.handle, found.url, None, missing, named(account))


def named(account: Account) -> str:
    """Which server it is; one that does not say so is open nevertheless."""
    try:
        return limits_of(account.address, account.credentials.token).server
    except NetworkError:
        return ""
