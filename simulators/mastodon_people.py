"""
Those who have an account on the simulator of Mastodon: each says yes on a page, and a token opens theirs alone. As the
documentation of Mastodon 4.5 tells OAuth: a code serves once, for who can prove that they asked.
"""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from simulators.serving import Request, Response

HOUSE: Final = "ubn"
NAMES: Final = {HOUSE: "UBN", "yann": "Yann Le Goff"}


@dataclass
class People:
    """`tokens`: whose each is. `codes`: for whom, and what they were given for."""

    tokens: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    def whose(self, authorization: str) -> str:
        """ "" when this opens nothing."""
        return self.tokens.get(authorization.removeprefix("Bearer "), "")

    def answer(self, request: Request) -> Response | None:
        """None for what is not about opening an account."""
        match (request.method, request.path):
            case ("POST", "/api/v1/apps"):
                return Response(200, {"client_id": "lierre", "client_secret": "registered", "name": "Lierre"})
            case ("GET", "/oauth/authorize"):
                return self.page({name: request.first(name) for name in request.query})
            case ("POST", "/oauth/token"):
                return self.exchange({name: values[0] for name, values in request.form.items()})
            case ("POST", "/oauth/revoke"):
                self.tokens.pop(request.form.get("token", [""])[0], None)
                return Response(200, {})
        return None

    def page(self, asked: dict[str, str]) -> Response:
        """A yes in the name of each, and a no: all lead back to whoever sent there."""
        links = []
        for name, shown in NAMES.items():
            code = secrets.token_hex(8)
            self.codes[code] = name, asked
            yes = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}"
            links.append(f'<li><a href="{escape(yes)}">Autoriser comme {escape(shown)} (@{name})</a></li>')
        no = f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked.get('state', '')})}"
        scopes = escape(asked.get("scope", ""))
        page = (
            "<!doctype html><html lang=fr><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            "<title>Simulateur de Mastodon</title><main><h1>Simulateur de Mastodon</h1>"
            f"<p>Lierre demande\u202f: {scopes}</p>"
            f'<ul>{"".join(links)}<li><a href="{escape(no)}">Refuser</a></li></ul></main>'
        )
        return Response(200, headers={"Content-Type": "text/html; charset=utf-8"}, content=page.encode())

    def exchange(self, asked: dict[str, str]) -> Response:
        name, given = self.codes.pop(asked.get("code", ""), ("", {}))
        proof = urlsafe_b64encode(sha256(asked.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if (
            not name
            or given.get("code_challenge", proof) != proof
            or given["redirect_uri"] != asked.get("redirect_uri")
        ):
            told = {"error": "invalid_grant", "error_description": "The provided authorization grant is invalid"}
            return Response(400, told)
        token = secrets.token_hex(16)
        self.tokens[token] = name
        return Response(200, {"access_token": token, "token_type": "Bearer", "scope": given.get("scope", "")})


def account(name: str, address: str) -> dict[str, Any]:
    number = "1" if name == HOUSE else str(sum(name.encode()))
    return {
        "id": number, "acct": name, "username": name, "display_name": NAMES.get(name, name),
        "url": f"{address}/@{name}", "followers_count": 2_310 if name == HOUSE else 140,
    }  # fmt: skip
