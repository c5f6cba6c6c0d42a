"""
How the token is had, when the institution holds an application that LinkedIn reviewed: the member consents over there.

Without one, the member makes their own token in LinkedIn's portal and pastes it: nothing here is needed.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

import httpx

from lierre.connectors.linkedin.client import LOOPBACK, TIMEOUT, Expired, Unreachable, content

WWW: Final = "https://www.linkedin.com"
SCOPE: Final = "r_dma_portability_3rd_party"
# Of a token that a member made for themselves: the documentation gives the one and the other.
SELF_SERVE: Final = frozenset({"r_dma_portability_self_serve", "r_dma_portability_member"})


@dataclass(frozen=True, slots=True)
class Token:
    """Lives sixty days, and is not renewed: the member consents again."""

    value: str = field(repr=False)
    expires_at: datetime
    scopes: frozenset[str] = frozenset()

    @property
    def opens_portability(self) -> bool:
        return bool(self.scopes & {SCOPE, *SELF_SERVE})


@dataclass(frozen=True, slots=True)
class Application:
    """The institution's own, reviewed by LinkedIn for portability."""

    client_id: str
    client_secret: str = field(repr=False)
    address: str = WWW

    def __post_init__(self) -> None:
        if self.address != WWW and httpx.URL(self.address).host not in LOOPBACK:
            raise ValueError(f"{self.address} is neither LinkedIn nor this machine")

    def where_to_consent(self, back: str, state: str) -> str:
        """
        >>> Application("us", "secret").where_to_consent("https://a.example/retour/", "seal").split("?")[0]
        'https://www.linkedin.com/oauth/v2/authorization'
        """
        asked = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": back, "state": state, "scope": SCOPE,
        }  # fmt: skip
        return f"{self.address}/oauth/v2/authorization?{urlencode(asked)}"

    def token(self, code: str, back: str) -> Token:
        """Exchange what the member brought back; it lives half an hour. Raises Expired when it is refused."""
        form = {
            "grant_type": "authorization_code", "code": code, "client_id": self.client_id,
            "client_secret": self.client_secret, "redirect_uri": back,
        }  # fmt: skip
        try:
            with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
                response = client.post(f"{self.address}/oauth/v2/accessToken", data=form)
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        if response.status_code in {400, 401}:
            raise Expired(str(response.status_code))
        if response.status_code != httpx.codes.OK:
            raise Unreachable(str(response.status_code))
        told = content(response)
        value, lives = told.get("access_token"), told.get("expires_in")
        if not isinstance(value, str) or not isinstance(lives, int):
            raise Unreachable("no_token")
        scopes = frozenset(str(told.get("scope", "")).replace(",", " ").split())
        return Token(value, datetime.now(UTC) + timedelta(seconds=lives), scopes)
