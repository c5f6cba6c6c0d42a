"""Posts of the calendar, and what is said of the time of one: drawn here, because a month holds hundreds of them."""

from collections.abc import Iterable
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lierre.foundation.templatetags.house import icon
from lierre.publishing.models import Post
from lierre.publishing.planning import Slot
from lierre.publishing.rhythm import warnings as said

register = template.Library()
LOOKS: Final = {
    "draft": ("pencil", _("draft")), "waiting": ("hourglass", _("waits for approval")), "ready": ("check", _("ready")),
    "stuck": ("circle-help", _("to check")), "sent": ("check-check", _("online")),
}  # fmt: skip
MOVABLE: Final = {"draft", "waiting", "ready"}
KEYS: Final = 'aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown"'


@register.simple_tag
def draw_slots(slots: Iterable[Slot], may_write: bool = False) -> SafeString:
    """A list of posts, each leading to its page; those that may be moved say so."""
    ends: dict[str, str] = {}
    road = reverse("publishing:post", args=[0])
    items = []
    for slot in slots:
        if slot.look not in ends:
            shape, word = LOOKS[slot.look]
            ends[slot.look] = f'{icon(shape)}<span class="visually-hidden">{escape(word)}</span></span>'
        title = escape(slot.title)
        moves = (
            f' draggable="true" data-post="{slot.key or slot.post_id}" data-title="{title}" {KEYS}'
            if may_write and slot.look in MOVABLE and slot.moves
            else ""
        )
        marks = " ".join(f'<abbr title="{escape(name)}">{escape(mark)}</abbr>' for mark, name in slot.marks)
        items.append(
            f'<li><a class="slot {slot.look}" id="p{slot.key or slot.post_id}"'
            f' href="{slot.address or road.replace("/0/", f"/{slot.post_id}/")}"{moves}>'
            f'<span class="meta"><time datetime="{slot.at.isoformat()}">{slot.at:%H:%M}</time><span>{marks}</span>'
            f'{ends[slot.look]}<span class="title">{title}</span></a></li>'
        )
    return mark_safe(f'<ul class="slots">{"".join(items)}</ul>' if items else "")


@register.simple_tag
def draw_clashes(clashes: Iterable[tuple[str, int] | str]) -> SafeString:
    """Networks on which one account speaks too often within two hours; and letters too near what else leaves."""
    words = gettext("%(count)s times %(account)s within two hours")
    said = (each if isinstance(each, str) else words % {"account": each[0], "count": each[1]} for each in clashes)
    return mark_safe("".join(f'<p class="clash">{escape(each)}</p>' for each in said))


@register.inclusion_tag("publishing/calendar_time.html")
def said_of_time(post: Post) -> dict[str, Any]:
    """Embargoes, other posts too near, the series it comes from, the queue where it stands."""
    occurrence, place = getattr(post, "occurrence", None), getattr(post, "place", None)
    return {"post": post, "warnings": said.warnings(post), "occurrence": occurrence, "place": place}


@register.filter
def kind_name(code: str) -> str:
    """What a kind of post is called."""
    return str(dict(Post.Kind.choices).get(code, code))
