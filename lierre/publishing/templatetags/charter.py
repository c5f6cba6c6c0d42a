"""What the charter says, beside the text that it speaks about."""

from typing import Any, Final

from django import template

from lierre.publishing.charter.keeping import may_countersign
from lierre.publishing.charter.posts import COMMON, Charter
from lierre.publishing.models import CharterException
from lierre.publishing.models.exception import KeptPassage

register = template.Library()
# tone, shape
LOOKS: Final = {"blocks": ("bad", "circle-alert"), "warning": ("warn", "clock-alert"), "advice": ("note", "pen-line")}


@register.inclusion_tag("publishing/charter_findings.html", takes_context=True)
def findings(context: template.Context, charter: Charter, account: int = COMMON) -> dict[str, Any]:
    """Those of the common text, or of one account."""
    return said_of(charter, account, context["post"], context["may_write"], context["request"].user)


def said_of(charter: Charter, account: int, post: Any, may_write: bool, user: Any) -> dict[str, Any]:
    rows = [(each, *LOOKS[each.finding.severity], may_give(each.exception, post, user)) for each in charter.of(account)]
    return {
        "rows": [row for row in rows if not row[0].is_settled], "kept": [row[0] for row in rows if row[0].is_settled],
        "account": account, "post": post, "may_write": may_write,
    }  # fmt: skip


def may_give(exception: KeptPassage | None, post: Any, user: Any) -> bool:
    if not isinstance(exception, CharterException) or not exception.asked or exception.holds:
        return False
    exception.post = post
    return may_countersign(user, exception, wrote=getattr(post, "wrote", None))


@register.filter
def severity_tone(severity: str) -> str:
    return LOOKS.get(severity, ("", ""))[0]


@register.filter
def severity_shape(severity: str) -> str:
    return LOOKS.get(severity, ("", "circle-help"))[1]
