"""How a page or a person is opened to us for publishing, by another application than for portability: it must be alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.conf import settings

from lierre.connectors.http import NotReached, Reply
from lierre.connectors.linkedin import reading_pages
from lierre.connectors.linkedin.line import CODE, FINDER, elements, encoded, line, line_of, refusal, site
from lierre.connectors.network.account import Account, Application, Code, Credentials, Health, Key
from lierre.connectors.network.line import Line
from lierre.connectors.network.refusals import (
    AuthorisationLost,
    Gone,
    Invalid,
    NotSent,
    NotSupported,
    RoleLost,
    ScopeMissing,
)
from lierre.connectors.network.servers import guarded

PERSON: Final = ("openid", "profile", "w_member_social")
PAGE: Final = ("w_organization_social", "r_organization_social", "rw_organization_admin")
# Who may post for a page; figures want the first of them.
POSTING: Final = frozenset({"ADMINISTRATOR", "CONTENT_ADMINISTRATOR"})
YEAR: Final = timedelta(days=365)  # what refreshing lasts is written in minutes in some answers: our own date is kept


def application() -> Application:
    identity, secret = settings.LINKEDIN_PAGES
    if not identity:
        raise NotSupported("application", "LIERRE_LINKEDIN_PAGES_CLIENT_ID is not set")
    return Application(identity, secret)


def consent_page(ours: Application, back: str, state: str) -> str:
    asked = {
        "response_type": "code", "client_id": ours.id, "redirect_uri": back, "state": state,
        "scope": " ".join(PERSON if ours.personal else PERSON + PAGE),
    }  # fmt: skip
    return f"{site(ours.address)}/oauth/v2/authorization?{urlencode(asked)}"


def opened(grant: Code | Key) -> Sequence[Account]:
    """The pages that this person manages, then the person. The one that was asked for comes first."""
    if isinstance(grant, Key):
        held, address, wanted = Credentials(grant.secret, kept=kept(grant.application)), grant.address, grant.account
    else:
        ours, address, wanted = grant.application, grant.application.address, ""
        form = {"grant_type": "authorization_code", "code": grant.code, "redirect_uri": grant.back}
        held = token(ours, form)
    found = [*pages(held, address), *person(held, address)] or reading_pages.opened(held, address)
    urn = f"urn:li:organization:{wanted}" if wanted.isdecimal() else wanted
    if urn.startswith("urn:li:") and not any(names(each, wanted) for each in found):
        # A token that may write and read nothing says of nobody whom it opens: whoever names them is believed.
        found.append(Account(CODE, urn, wanted, held, wanted, address))
    if not found:
        raise ScopeMissing("nobody", "this token opens neither a person nor a page", PERSON)
    return sorted(found, key=lambda each: not names(each, wanted))


def names(account: Account, wanted: str) -> bool:
    return bool(wanted) and wanted in {account.id, account.handle, account.name, account.id.rsplit(":", 1)[-1]}


def kept(ours: Application | None) -> dict[str, str]:
    return {"client_id": ours.id, "client_secret": ours.secret} if ours else {}


def token(ours: Application, form: dict[str, str]) -> Credentials:
    sent = form | {"client_id": ours.id, "client_secret": ours.secret}
    door = Line(guarded(site(ours.address)), {}, refusal)
    try:
        told = door.ask("POST", "/oauth/v2/accessToken", form=sent).facts
    except (Invalid, Gone) as refused:
        raise AuthorisationLost(refused.code, refused.said) from refused
    now = datetime.now(UTC)
    lives = told.get("expires_in")
    again = str(told.get("refresh_token", ""))
    return Credentials(
        str(told["access_token"]), again, now + timedelta(seconds=lives) if isinstance(lives, int) else None,
        now + YEAR if again else None, frozenset(str(told.get("scope", "")).replace(",", " ").split()), kept(ours),
    )  # fmt: skip


def renewed(account: Account) -> Credentials:
    held = account.credentials
    if not held.refresh or not held.kept.get("client_id"):
        raise AuthorisationLost("no_refresh", "only approved applications may renew: a person connects again")
    ours = Application(held.kept["client_id"], held.kept["client_secret"], account.address)
    made = token(ours, {"grant_type": "refresh_token", "refresh_token": held.refresh})
    # The day when renewing ends is fixed when a person consents; using it does not push it.
    return Credentials(
        made.token,
        made.refresh or held.refresh,
        made.expires_at,
        held.refresh_expires_at,
        made.scopes or held.scopes,
        held.kept,
    )


def closed(account: Account) -> None:
    held = account.credentials.kept
    if not held.get("client_id"):
        raise NotSupported("revoke", "a token that was pasted is closed where it was made")
    form = {**held, "token": account.credentials.token}
    try:
        reply: Reply = guarded(site(account.address)).call("POST", "/oauth/v2/revoke", form=form)
    except NotReached as failure:
        raise NotSent(failure.code, failure.detail) from failure
    if reply.status >= 500 or reply.status == 429:
        raise NotSent(str(reply.status))


def person(held: Credentials, address: str) -> list[Account]:
    try:
        told = line(held.token, address).ask("GET", "/v2/userinfo").facts
    except (ScopeMissing, Gone, Invalid):
        return []
    urn, name = f"urn:li:person:{told['sub']}", str(told.get("name") or told["sub"])
    return [Account(CODE, urn, name, held, name, address)]


def pages(held: Credentials, address: str) -> list[Account]:
    try:
        found = managed(line(held.token, address))
    except (ScopeMissing, Gone, Invalid):
        return []
    return [page(held, address, urn) for urn in found]


def managed(door: Line) -> list[str]:
    """The pages for which this person may post today."""
    urns = [
        str(each.get("organization") or each.get("organizationTarget"))
        for rows in elements(door, "/rest/organizationAcls", "q=roleAssignee&state=APPROVED")
        for each in rows
        if each.get("role") in POSTING and each.get("state") == "APPROVED"
    ]
    return list(dict.fromkeys(urns))


def page(held: Credentials, address: str, urn: str) -> Account:
    number = urn.rsplit(":", 1)[-1]
    try:
        told = line(held.token, address).ask("GET", f"/rest/organizations/{encoded(number)}").facts
    except (ScopeMissing, Gone, Invalid):
        told = {}
    name, handle = str(told.get("localizedName") or urn), str(told.get("vanityName") or number)
    return Account(CODE, urn, handle, held, name, address, f"{site(address)}/company/{handle}/")


def healthy(account: Account) -> Health:
    """A role that was lost is seen here before a message meets it."""
    door, missing = line_of(account), []
    if account.credentials.reads_only:
        if account.id not in reading_pages.administered(door):
            raise RoleLost("no_role", account.id)
    elif account.id.startswith("urn:li:organization:"):
        try:
            if account.id not in managed(door):
                raise RoleLost("no_role", account.id)
        except (ScopeMissing, Gone):
            missing.append("rw_organization_admin")
        try:
            asked = f"author={encoded(account.id)}&q=author&count=1"
            door.ask("GET", "/rest/posts", query=asked, headers=FINDER)
        except ScopeMissing:
            missing.append("r_organization_social")
    else:
        try:
            door.ask("GET", "/v2/userinfo")
        except (ScopeMissing, Gone):
            missing.append("openid")
    return Health(account.name, account.handle, account.url, account.credentials.expires_at, tuple(missing))
