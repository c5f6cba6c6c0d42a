"""
The page of an institution, read by the right of portability: its figures come, nothing is written.

The right is had by any administrator of a page in Europe, without the review that writing wants. What is documented of these
addresses is the names of their parameters and what they answer about a page; that a post may stand where a page does is
what clients do, and a post of which nothing is told keeps its figures unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lierre.connectors.linkedin.line import CODE, FINDER, POST_URN, elements, encoded, line, site
from lierre.connectors.network.account import Account, Credentials
from lierre.connectors.network.answers import Metric, Receipt
from lierre.connectors.network.line import Line
from lierre.connectors.network.refusals import Gone, Invalid, ScopeMissing

SCOPE: Final = "r_dma_admin_pages_content"
COUNTS: Final = {
    "impressions": "IMPRESSIONS", "clicks": "CLICKS", "likes": "REACTIONS", "answers": "COMMENTS", "reposts": "REPOSTS",
}  # fmt: skip
KEPT: Final = timedelta(days=365)  # how far back figures go
# Followers are asked one page of names at a time, once a minute: their number stands beside the first.
FOLLOWERS: Final = "edgeType=MEMBER_FOLLOWS_ORGANIZATIONAL_PAGE&maxPaginationCount=1"


def administered(door: Line) -> list[str]:
    """The pages whose administrator gave this token."""
    asked = "q=roleAssignee&role=ADMINISTRATOR&state=APPROVED"
    found = (each for rows in elements(door, "/rest/dmaOrganizationAcls", asked) for each in rows)
    urns = (str(each.get("organization") or each.get("organizationTarget") or "") for each in found)
    return list(dict.fromkeys(urn for urn in urns if urn))


def opened(held: Credentials, address: str) -> list[Account]:
    """Nothing tells the name of a page to who may only read it: its number stands for it until somebody says better."""
    try:
        found = administered(line(held.token, address))
    except (ScopeMissing, Gone, Invalid):
        return []
    reading = replace(held, reads_only=True, scopes=held.scopes | {SCOPE})
    return [page(reading, address, urn) for urn in found]


def page(reading: Credentials, address: str, urn: str) -> Account:
    number = urn.rsplit(":", 1)[-1]
    return Account(CODE, urn, number, reading, "", address, f"{site(address)}/company/{number}/")


def figures(door: Line, account: Account, receipts: Sequence[Receipt]) -> Iterator[Metric]:
    now = datetime.now(UTC)
    for receipt in receipts:
        urn, since = post_of(receipt), max(receipt.published_at or now - KEPT, now - KEPT)
        told = trend(door, urn, since, now) if urn else {}
        for name, theirs in COUNTS.items():
            yield Metric(name, told.get(theirs), now, receipt.id, theirs)
    yield Metric("followers", followers(door, account), now, said_by="dmaOrganizationalPageFollows")


def post_of(receipt: Receipt) -> str:
    """
    A post that somebody wrote by hand is known by its address, which does not always hold its number.

    >>> post_of(Receipt("", "https://www.linkedin.com/feed/update/urn:li:share:7100000000000000001/"))
    'urn:li:share:7100000000000000001'
    >>> post_of(Receipt("", "https://www.linkedin.com/posts/ubn_rentree-activity-7100000000000000001-abcd"))
    ''
    """
    found = POST_URN.search(f"{receipt.id} {receipt.permalink}".replace("%3A", ":"))
    return found[0] if found else ""


def trend(door: Line, urn: str, since: datetime, until: datetime) -> dict[str, int]:
    """Told day by day, and summed. Whom a post reached is not asked: the same person would count each day."""
    start, end = (round(at.timestamp() * 1000) for at in (since, until))
    asked = (
        f"q=trend&sourceEntity={encoded(urn)}&metricTypes=List({','.join(COUNTS.values())})"
        f"&timeIntervals=(timeRange:(start:{start},end:{end}),timeGranularityType:DAY)"
    )
    try:
        told = door.ask("GET", "/rest/dmaOrganizationalPageContentAnalytics", query=asked, headers=FINDER).facts
    except (Gone, Invalid):
        return {}
    found: dict[str, int] = {}
    for each in told.get("elements") or ():
        value = total(each)
        if value is not None:
            found[str(each["type"])] = found.get(str(each["type"]), 0) + value
    return found


def total(element: Any) -> int | None:
    """
    >>> total({"type": "CLICKS", "metric": {"value": {"totalCount": {"long": 12}}}})
    12
    >>> total({"type": "CLICKS", "metric": {"value": {"totalCount": {"bigDecimal": "12.0"}}}})
    12
    >>> total({"type": "CLICKS"})
    """
    held: Any = element
    for name in ("metric", "value", "totalCount"):
        held = held.get(name) if isinstance(held, Mapping) else None
    if not isinstance(held, Mapping) or not element.get("type"):
        return None
    try:
        return int(Decimal(str(held.get("long", held.get("bigDecimal")))))
    except (InvalidOperation, ValueError):
        return None


def followers(door: Line, account: Account) -> int | None:
    asked = f"q=followee&followee={encoded(account.id)}&{FOLLOWERS}"
    try:
        told = door.ask("GET", "/rest/dmaOrganizationalPageFollows", query=asked, headers=FINDER).facts
    except (ScopeMissing, Gone, Invalid):
        return None
    number = (told.get("paging") or {}).get("total")
    return number if isinstance(number, int) else None
