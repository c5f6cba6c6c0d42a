"""How a page is opened to us: by whoever manages it. Its token lasts as long as their grant, their password and their role."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings

from lierre.connectors.facebook.line import CODE, key_of, line, line_of, site, whole
from lierre.connectors.facebook.posts import query, rows
from lierre.connectors.network.account import Account, Application, Code, Credentials, Health, Key
from lierre.connectors.network.line import Line
from lierre.connectors.network.refusals import AuthorisationLost, Gone, Held, Invalid, NotSupported, ScopeMissing

SCOPES: Final = (
    "pages_show_list", "pages_read_engagement", "pages_manage_posts", "pages_manage_engagement", "pages_read_user_content",
    "pages_manage_metadata", "read_insights",
)  # fmt: skip
NEEDED: Final = frozenset({"pages_manage_posts", "pages_read_engagement"})
WRITES: Final = "CREATE_CONTENT"
FIELDS: Final = "id,name,access_token,tasks,link"
MOST_PAGES: Final = 20


def application() -> Application:
    identity, secret = settings.FACEBOOK_PAGES
    if not identity:
        raise NotSupported("application", "LIERRE_FACEBOOK_CLIENT_ID is not set")
    return Application(identity, secret)


def consent_page(ours: Application, back: str, state: str) -> str:
    asked = {
        "client_id": ours.id,
        "redirect_uri": back,
        "state": state,
        "scope": ",".join(SCOPES),
        "response_type": "code",
    }
    return f"{site(ours.address)}/{settings.FACEBOOK_VERSION}/dialog/oauth?{urlencode(asked)}"


def opened(grant: Code | Key) -> Sequence[Account]:
    """Every page that the token opens; the one that was asked for comes first."""
    if isinstance(grant, Code):
        ours, address, wanted = grant.application, grant.application.address, ""
        token = exchanged(ours, grant)
    else:
        ours, address, wanted = grant.application or Application(""), grant.address, grant.account
        token = grant.secret
    kept = {"client_id": ours.id, "client_secret": ours.secret} if ours.secret else {}
    found = [account(row, kept, address) for row in managed(line(address), token, ours.secret)]
    if not found:
        raise ScopeMissing("no_page", "this token opens no page on which it may publish", ("pages_show_list",))
    if wanted.isdecimal() and not any(wanted == each.id for each in found):
        raise ScopeMissing("not_there", f"this token does not open {wanted}")
    return sorted(found, key=lambda each: wanted not in {each.id, each.name, each.handle})


def exchanged(ours: Application, grant: Code) -> str:
    """The token of an hour, then that of two months: those of pages that are had by it do not end."""
    door, us = line(ours.address), {"client_id": ours.id, "client_secret": ours.secret}
    try:
        asked = urlencode(us | {"redirect_uri": grant.back, "code": grant.code})
        short = str(door.ask("GET", "/oauth/access_token", query=asked).facts["access_token"])
        asked = urlencode(us | {"grant_type": "fb_exchange_token", "fb_exchange_token": short})
        return str(door.ask("GET", "/oauth/access_token", query=asked).facts["access_token"])
    except (Invalid, Gone, Held, KeyError) as refusal:
        raise AuthorisationLost(str(getattr(refusal, "code", "no_token")), str(refusal)) from refusal


def managed(door: Line, token: str, secret: str) -> list[Mapping[str, Any]]:
    """
    Pages of a person, page of the list after page; those that they have through a business are in a list apart. The token
    may be that of one page already: it has no list.
    """
    mine = key_of(token, secret)
    try:
        found = [*listed(door, "/me/accounts", mine), *of_businesses(door, mine)]
    except (Invalid, Gone):
        told = door.ask("GET", "/me", query=urlencode(mine | {"fields": "id,name,link"})).facts
        return [{**told, "access_token": token}]
    once = {
        str(each["id"]): each for each in found if each.get("access_token") and WRITES in each.get("tasks", [WRITES])
    }
    return list(once.values())


def listed(door: Line, path: str, mine: dict[str, str]) -> Iterator[Mapping[str, Any]]:
    after = ""
    for _page in range(MOST_PAGES):
        asked = mine | {"fields": FIELDS, "limit": "100"} | ({"after": after} if after else {})
        told = door.ask("GET", path, query=urlencode(asked)).facts
        yield from rows(told)
        # The next page is asked here, never at the address that is told: our key goes to the Graph alone.
        paging = told.get("paging") or {}
        after = str((paging.get("cursors") or {}).get("after", "")) if paging.get("next") else ""
        if not after:
            return


def of_businesses(door: Line, mine: dict[str, str]) -> Iterator[Mapping[str, Any]]:
    try:
        businesses = rows(
            door.ask("GET", "/me/businesses", query=urlencode(mine | {"fields": "id", "limit": "100"})).facts
        )
        for each in businesses:
            for held in ("owned_pages", "client_pages"):
                yield from listed(door, f"/{each['id']}/{held}", mine)
    except (ScopeMissing, Invalid, Gone):
        return  # a right that most do not give


def account(row: Mapping[str, Any], kept: Mapping[str, str], address: str) -> Account:
    identity, name = str(row["id"]), str(row.get("name") or row["id"])
    held = Credentials(str(row["access_token"]), kept=kept)
    return Account(CODE, identity, identity, held, name, address, str(row.get("link") or f"{site(address)}/{identity}"))


def closed() -> None:
    """The grant is that of a person, for all their pages: closing it for one page would close the others."""
    raise NotSupported("revoke", "whoever gave it takes it back in the settings of Facebook")


def healthy(held: Account) -> Health:
    door = line_of(held)
    told = door.ask("GET", f"/{held.id}", query=query(held, fields="id,name,link")).facts
    name, link = str(told.get("name") or held.name), str(told.get("link") or held.url)
    kept = held.credentials.kept
    if not kept.get("client_secret"):
        return Health(name, held.handle, link)
    asked = {"input_token": held.credentials.token, "access_token": f"{kept['client_id']}|{kept['client_secret']}"}
    data = door.ask("GET", "/debug_token", query=urlencode(asked)).facts.get("data") or {}
    if data.get("is_valid") is False:
        raise AuthorisationLost("invalid", "debug_token")
    ends = whole(data.get("expires_at")) or whole(data.get("data_access_expires_at"))
    missing = sorted(NEEDED - set(data.get("scopes") or NEEDED))
    return Health(name, held.handle, link, datetime.fromtimestamp(ends, UTC) if ends else None, tuple(missing))
