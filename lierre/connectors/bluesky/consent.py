"""
How an account is opened by consent (OAuth, as AT Protocol asks for it): we say what we want to the server that opens this
account, somebody says yes there and brings a code back, and the code opens a session that is bound to a key of its own.

The token that renews serves once, as with an app password, and no password is kept that would open another session: were
the answer of a renewal lost, somebody says yes again.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lierre.connectors.bluesky import client, identity, proofs
from lierre.connectors.bluesky.line import CODE, LOOKS, line_of, refusal
from lierre.connectors.bluesky.proven import ProvenLine
from lierre.connectors.network.account import Account, Application, Code, Credentials
from lierre.connectors.network.refusals import (
    AuthorisationExpired,
    AuthorisationLost,
    Gone,
    Held,
    Invalid,
    NotSupported,
    ScopeMissing,
)
from lierre.connectors.network.servers import guarded

SITE: Final = "https://bsky.app"


class NotKnown(NotSupported):
    """The server of consents does not know us: it could not read our page, or does not like it."""

    @property
    def sentence(self) -> str:
        told = {"page": client.PAGE, "said": self.said}
        return (
            _("This server could not read who Lierre is: %(page)s must open from the internet. It says: “%(said)s”.")
            % told
        )


class SomebodyElse(AuthorisationLost):
    """Whoever said yes did it in the name of another account."""

    @property
    def sentence(self) -> str:
        return _("You said yes over there in the name of another account than %(handle)s.") % {"handle": self.said}


class NotTheirs(AuthorisationLost):
    """An answer that is not of the server that was asked."""

    @property
    def sentence(self) -> str:
        return _("This answer does not come from the server that was asked: nothing was opened. Begin again.")


def application(address: str, back: str) -> Application:
    """
    `address`: a handle or, where it lives on a server that is not found from it, « handle@https://server ». What is kept as
    its secret opens nothing yet: who opens this account, and the key that its session will be bound to.
    """
    handle, _at, server = address.partition("@") if "://" in address else (address, "", "")
    whose = identity.somebody(handle, server)
    asked = identity.opener(whose.home)
    kept = {
        "did": whose.did, "handle": whose.handle, "home": whose.home, "issuer": asked.issuer, "consents": asked.consents,
        "tokens": asked.tokens, "asks": asked.asks, "revokes": asked.revokes, "key": proofs.new_key(),
        "signs": client.signs_with(),
    }  # fmt: skip
    return Application(client.name(back), json.dumps(kept), asked.issuer)


def page(application: Application, back: str, state: str, verifier: str) -> str:
    """What we want is told beforehand (PAR): the address of the page holds nothing but its number."""
    kept = json.loads(application.secret)
    asked = {
        "response_type": "code", "redirect_uri": client.back_there(back), "scope": client.SCOPE, "state": state,
        "code_challenge": proofs.challenge(verifier), "code_challenge_method": "S256", "login_hint": kept["handle"],
    }  # fmt: skip
    try:
        told = posted(kept, kept["asks"], application.id, asked)
    except (Invalid, AuthorisationExpired) as error:
        raise NotKnown(error.code, error.said) from error
    if not told.get("request_uri"):
        raise NotKnown("no_number", str(told)[:200])
    number = urlencode({"client_id": application.id, "request_uri": str(told["request_uri"])})
    return f"{kept['consents']}?{number}"


def opened(grant: Code) -> Account:
    ours = grant.application
    kept = json.loads(ours.secret)
    if grant.issuer.rstrip("/") != kept["issuer"]:
        raise NotTheirs("issuer", grant.issuer)
    asked = {
        "grant_type": "authorization_code", "code": grant.code, "redirect_uri": client.back_there(grant.back),
        "code_verifier": grant.verifier,
    }  # fmt: skip
    told = session(kept, kept["tokens"], ours.id, asked)
    credentials = replace(kept_of(told), kept={
        "key": kept["key"], "signs": kept["signs"], "issuer": kept["issuer"], "tokens": kept["tokens"],
        "revokes": kept["revokes"], "client": ours.id,
    })  # fmt: skip
    did, handle = str(told.get("sub", "")), str(kept["handle"])
    found = Account(CODE, did, handle, credentials, handle, kept["home"], f"{SITE}/profile/{did}")
    if did != kept["did"]:
        closed(found)
        raise SomebodyElse("sub", handle)
    if missing := frozenset(client.SCOPES) - credentials.scopes:
        closed(found)
        raise ScopeMissing("scope", " ".join(sorted(missing)), tuple(sorted(missing)))
    # The server where the account lives says its name of today, and thereby that it takes these keys.
    name = str(line_of(found).ask("GET", LOOKS).facts.get("handle") or handle)
    return replace(found, handle=name, name=name)


def is_of(account: Account) -> bool:
    """Whether it was opened so."""
    return bool(account.credentials.kept.get("key"))


def renewed(account: Account) -> Credentials:
    held = account.credentials
    asked = {"grant_type": "refresh_token", "refresh_token": held.refresh}
    told = session(held.kept, held.kept["tokens"], held.kept["client"], asked)
    if told.get("sub") != account.id:
        raise NotTheirs("sub", str(told.get("sub", "")))
    made = kept_of(told)
    return replace(made, scopes=made.scopes or held.scopes, kept=held.kept)


def closed(account: Account) -> None:
    held = account.credentials
    if not held.kept.get("revokes"):
        raise NotSupported("revoke")
    try:
        asked = {"token": held.refresh or held.token, "token_type_hint": "refresh_token"}
        posted(held.kept, held.kept["revokes"], held.kept["client"], asked)
    except (Held, Invalid, Gone):
        return  # closed already


def session(kept: Mapping[str, str], where: str, who: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """Raises AuthorisationLost when the code, or the token that renews, is false or served already."""
    try:
        told = posted(kept, where, who, asked)
    except (Invalid, Gone) as error:
        raise AuthorisationLost(error.code, error.said) from error
    if not told.get("access_token") or str(told.get("token_type", "")).lower() != "dpop":
        raise AuthorisationLost("no_session")
    return told


def kept_of(told: Mapping[str, Any]) -> Credentials:
    ends = told.get("expires_in")
    at = datetime.now(UTC) + timedelta(seconds=int(ends)) if isinstance(ends, int) else None
    scopes = frozenset(str(told.get("scope", "")).split())
    return Credentials(str(told["access_token"]), str(told.get("refresh_token") or ""), at, None, scopes)


def posted(kept: Mapping[str, str], where: str, who: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """One word to the server of consents, proven by the key of the session and said in our name."""
    line = ProvenLine(guarded(where), {}, refusal, kept["key"])
    form = {**asked, **client.said_by_us(who, kept["issuer"], kept["signs"])}
    return line.ask("POST", where, form=form).facts
