"""
What an administrator of a page may read of it by the right of portability, without the review that writing wants.

Documented: the names, the parameters, and where a figure stands in what is answered about a page. That it answers alike
about a post, and that the number of followers stands beside them, is what clients do.
"""

import re
from typing import TYPE_CHECKING, Any

from simulators.serving import Request, Response

if TYPE_CHECKING:
    from simulators.linkedin import LinkedIn

SCOPE = "r_dma_admin_pages_content"
COUNTED = {
    "IMPRESSIONS": "impressionCount", "CLICKS": "clickCount", "REACTIONS": "likeCount", "COMMENTS": "commentCount",
    "REPOSTS": "shareCount",
}  # fmt: skip


def by_portability(linkedin: "LinkedIn", request: Request, name: str) -> Response:
    match name:
        case "dmaOrganizationAcls":
            found = linkedin.role == request.first("role") and request.first("q") == "roleAssignee"
            held = {"organization": "urn:li:organization:2414183", "role": linkedin.role, "state": "APPROVED"}
            return Response(200, {"elements": [held] if found else []})
        case "dmaOrganizationalPageContentAnalytics":
            return Response(200, {"elements": list(days(linkedin, request))})
        case "dmaOrganizationalPageFollows":
            return Response(200, {"elements": [], "paging": {"total": 21_914}})
    return Response(404, {"status": 404, "code": "RESOURCE_NOT_FOUND", "message": "No virtual resource found"})


def days(linkedin: "LinkedIn", request: Request) -> Any:
    """Each figure in two days: the first has all but one."""
    asked = re.findall(r"[A-Z_]+", request.first("metricTypes").removeprefix("List"))
    known = linkedin.figures.get(request.first("sourceEntity"), {})
    for kind in asked:
        value = known.get(COUNTED.get(kind, ""))
        for part in () if value is None else (max(value - 1, 0), min(value, 1)):
            yield {"type": kind, "metric": {"value": {"totalCount": {"long": part}}}}


def page_of(rows: list[dict[str, Any]], request: Request, most: int) -> Response:
    """One page of a list, as every list is told there."""
    start, count = int(request.first("start", "0")), int(request.first("count", str(most)))
    return Response(200, {"elements": rows[start : start + count], "paging": {"start": start, "count": count}})
