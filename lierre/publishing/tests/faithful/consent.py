"""Somebody says yes on a page of the network: the code that they bring back serves once, for who can prove that they asked."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import urlencode


class Consents:
    def __init__(self, revoked: set[str]) -> None:
        self.codes: dict[str, dict[str, str]] = {}  # what each was given for
        self.revoked = revoked  # tokens that were given back

    def answer(self, path: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if path == "/api/v1/apps":
            return 200, {"client_id": "lierre", "client_secret": "registered", "name": asked.get("client_name")}
        if path == "/oauth/revoke":
            self.revoked.add(str(asked.get("token")))
            return 200, {}
        return self.exchange(asked)

    def given(self, asked: dict[str, str]) -> str:
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return code

    def page(self, asked: dict[str, str]) -> str:
        """A yes and a no, both of which lead back to whoever sent there."""
        back, state = asked["redirect_uri"], asked["state"]
        yes = f"{back}?{urlencode({'code': self.given(asked), 'state': state})}"
        no = f"{back}?{urlencode({'error': 'access_denied', 'state': state})}"
        links = f'<a href="{escape(yes)}">Authorise</a> <a href="{escape(no)}">Deny</a>'
        return f"<!doctype html><title>Faithful</title>{links}"

    def exchange(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        given = self.codes.pop(str(asked.get("code")), None)
        proof = urlsafe_b64encode(sha256(str(asked.get("code_verifier", "")).encode()).digest()).rstrip(b"=").decode()
        if given is None or given.get("code_challenge") != proof or given["redirect_uri"] != asked.get("redirect_uri"):
            return 400, {"error": "invalid_grant", "error_description": "The provided authorization grant is invalid"}
        return 200, {"access_token": "token-univ", "token_type": "Bearer", "scope": given["scope"]}
