"""The components that pages are made of. `/composants/` shows each of them, with the lines to write."""

from typing import Any, Final

from django import template
from django.contrib.messages.storage.base import Message
from django.db.models import QuerySet
from django.forms import BaseForm, BoundField, Select, Textarea
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from lierre.foundation.charts.words import between, number
from lierre.foundation.figures import Figure
from lierre.foundation.templatetags.house import icon

register = template.Library()
PLACES: Final = "foundation/components"
# A tone always comes with a shape.
SHAPES: Final = {"good": "check", "warn": "clock-alert", "bad": "circle-alert", "note": "hourglass", "": "circle-help"}

# Levels of Django's messages.
TONES: Final = {"success": "good", "warning": "warn", "error": "bad"}


@register.inclusion_tag(f"{PLACES}/crumbs.html")
def crumbs(*steps: Any) -> dict[str, Any]:
    """
    Where the page is. For each page above, a label then its address, or the name of it; or what has an address of its
    own; or a list of such things. The label of this page comes last.
    """
    *above, here = [step for step in steps if step or step == 0]
    found: list[tuple[Any, str]] = []
    while above:
        step = above.pop(0)
        if hasattr(step, "get_absolute_url"):
            found.append((step, step.get_absolute_url()))
        elif isinstance(step, list | QuerySet):
            above = [*step, *above]
        else:
            address = above.pop(0)
            found.append((step, address if address[0] in "/?#" else reverse(address)))
    return {"above": found, "here": here}


@register.inclusion_tag(f"{PLACES}/notice.html")
def notice(text: Any, tone: str = "note", address: str = "", act: Any = "") -> dict[str, Any]:
    """A sentence set apart. It is said aloud at once when it is bad."""
    return {"text": text, "tone": tone, "address": address, "act": act, "shape": SHAPES[tone]}


@register.inclusion_tag(f"{PLACES}/notice.html")
def message(said: Message) -> dict[str, Any]:
    """What an act answered, at the top of the next page."""
    return notice(said, TONES.get(said.level_tag, "note"))


@register.inclusion_tag(f"{PLACES}/empty.html")
def empty(title: Any, text: Any = "", address: str = "", act: Any = "") -> dict[str, Any]:
    """Why there is nothing, and what to do first."""
    return {"title": title, "text": text, "address": address, "act": act}


@register.simple_tag
def state(tone: str, word: Any, shape: str = "") -> SafeString:
    """A shape, a word and a tone, in that order."""
    css = f"state tone-{tone}" if tone else "state"
    return format_html('<span class="{}">{}{}</span>', css, icon(shape or SHAPES[tone]), word)


@register.inclusion_tag(f"{PLACES}/field.html")
def field(bound: BoundField, kind: str = "") -> dict[str, Any]:
    """
    A field, its label, its hint and what is wrong with it. `kind`: "combo" to type in a long list, "drop" for files.

    That it may be left empty is said where others may not; a list says so itself, by what stands first in it.
    """
    widget, others = bound.field.widget, bound.form.fields.values()
    most = getattr(bound.field, "max_length", None)
    counts = most if isinstance(widget, Textarea) else None
    optional = not bound.field.required and not isinstance(widget, Select) and any(each.required for each in others)
    return {"field": bound, "kind": kind, "most": counts, "optional": optional}


@register.inclusion_tag(f"{PLACES}/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """What is to be corrected, at the top, each thing leading to its field."""
    return {"form": form}


@register.inclusion_tag(f"{PLACES}/sort.html", takes_context=True)
def sort(context: template.Context, name: str, label: Any, css: str = "") -> dict[str, Any]:
    """The heading of a column that sorts: `?tri=name`, then `?tri=-name`. The cursor of the page is forgotten."""
    request = context["request"]
    asked = request.GET.copy()
    order = asked.get("tri", "")
    for cursor in ("before", "apres"):
        asked.pop(cursor, None)
    asked["tri"] = f"-{name}" if order == name else name
    direction = {name: "ascending", f"-{name}": "descending"}.get(order, "")
    shape = {"ascending": "chevron-up", "descending": "chevron-down"}.get(direction, "chevrons-up-down")
    return {"label": label, "query": asked.urlencode(), "direction": direction, "css": css, "shape": shape}


@register.inclusion_tag(f"{PLACES}/exports.html")
def exports(name: str, asked: str = "") -> dict[str, Any]:
    """The same list as a file: `name` is the address that takes "csv" or "xlsx"."""
    query = f"?{asked}" if asked else ""
    return {form: reverse(name, args=[form]) + query for form in ("csv", "xlsx")}


@register.inclusion_tag(f"{PLACES}/columns.html")
def columns(table: str) -> dict[str, str]:
    """Lets each person hide columns of the table that has this id."""
    return {"table": table}


@register.inclusion_tag(f"{PLACES}/figure.html")
def figure(shown: Figure, level: int = 3) -> dict[str, Any]:
    """A number with its unit, its doubt, its change, its definition, source and coverage."""
    value = shown.value
    doubt = between(value - shown.doubt, value + shown.doubt, shown.unit) if value is not None and shown.doubt else ""
    change = "" if shown.change is None else f"{'+' if shown.change > 0 else ''}{number(shown.change, moved(shown))}"
    coverage = "" if shown.coverage is None else number(round(shown.coverage * 100), "%")
    return {
        "figure": shown, "level": level, "value": number(value, shown.unit), "doubt": doubt, "change": change,
        "coverage": coverage,
    }  # fmt: skip


def moved(shown: Figure) -> Any:
    """The unit of a change: between two shares, one counts in points."""
    if shown.unit != "%":
        return shown.unit
    return ngettext("point", "points", round(abs(shown.change or 0)))


@register.simple_tag
def source(name: str) -> str:
    """A template as it is written."""
    written: str = get_template(name).template.source  # type: ignore[attr-defined]
    return written.strip()
