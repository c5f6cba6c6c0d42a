"""The page of a simulator where somebody says yes or no to an application, and the code that they bring back: it serves once."""

import secrets
from html import escape
from typing import Final
from urllib.parse import urlencode

from simulators.serving import Request, Response

# Where a browser is sent to say so, on LinkedIn and on Facebook; the version of an interface stands before the second one.
DOORS: Final = ("/oauth/v2/authorization", "/dialog/oauth")
LONGEST: Final = 100
PAGE: Final = (
    "<!doctype html><html lang=fr><meta charset=utf-8><meta name=viewport content='width=device-width'><title>{name}</title>"
    "<style>body{{font:1rem/1.5 serif;max-width:38rem;margin:2rem auto;padding:0 1rem}}a{{margin-right:1.5rem}}</style>"
    "<main><h1>{name}</h1><p>Ceci n’est pas {network}\u202f: un simulateur sur cette machine, où rien n’est public.</p>"
    "<p>«\u202f{application}\u202f» demande à parler pour vous\u202f:</p><ul>{rights}</ul>"
    "<p><a href='{yes}'>Accepter</a> <a href='{no}'>Refuser</a></p></main>"
)


def asks_consent(request: Request) -> bool:
    return request.method == "GET" and request.path.endswith(DOORS)


def consent(network: str, request: Request, codes: dict[str, str], no: dict[str, str]) -> Response:
    """Yes brings back a code, kept in `codes` with what it opens; no, what this network says then."""
    back, state = request.first("redirect_uri"), request.first("state")
    if not back.startswith(("http://", "https://")):
        return html(400, f"<!doctype html><title>{network}</title><p>redirect_uri?")
    code, scope = secrets.token_urlsafe(24), request.first("scope")
    codes[code] = scope
    for old in list(codes)[:-LONGEST]:
        del codes[old]
    rights = "".join(f"<li><code>{escape(each)}</code>" for each in scope.replace(",", " ").split())
    page = PAGE.format(
        name=f"Simulateur de {network}", network=network, application=escape(request.first("client_id")), rights=rights,
        yes=escape(f"{back}?{urlencode({'code': code, 'state': state})}"),
        no=escape(f"{back}?{urlencode(no | {'state': state})}"),
    )  # fmt: skip
    return html(200, page)


def html(status: int, page: str) -> Response:
    return Response(status, None, {"Content-Type": "text/html; charset=utf-8"}, page.encode())
