"""What a mailing says, as HTML that mail programs render and as the plain text that is its twin."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.links.targets import is_ours
from lierre.publishing.models import Mailing

# Beyond, Gmail shows the beginning only, without the link that unsubscribes (102 KB).
HEAVIEST: Final = 100_000
# Alone in their lines: each recipient has their own there.
STOP, PREFERENCES = "@@STOP@@", "@@PREFERENCES@@"
LINK: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)»’]")
NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})
LINKED: Final = '<a href="{0}" class="link" style="color:#1f5f4a;text-decoration:underline;">{1}</a>'


Short = Mapping[str, str]  # an address → the short link that leaves in its place


def html_of(mailing: Mailing, short: Short = NOWHERE) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("publishing/mailing/message.html", contents(mailing, short))


def text_of(mailing: Mailing, short: Short = NOWHERE) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        written = render_to_string("publishing/mailing/message.txt", contents(mailing, short))
    return re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"


def contents(mailing: Mailing, short: Short = NOWHERE) -> dict[str, Any]:
    sections = [shown(section, short) for section in mailing.sections]
    return {
        "mailing": mailing, "sections": sections, "institution": settings.INSTITUTION, "topic": mailing.topic_name,
        "language": settings.LANGUAGE_CODE, "stop": STOP, "preferences": PREFERENCES,
    }  # fmt: skip


def shown(section: Mapping[str, str], short: Short) -> dict[str, Any]:
    """Its addresses by their short links; its image stays where it is: nothing reports who opens."""
    text, link = section.get("text", ""), section.get("link", "")
    said = LINK.sub(lambda found: short.get(found[0], found[0]), text)
    return {**section, "text": said, "link": short.get(link, link), "paragraphs": paragraphs(said)}


def paragraphs(text: str) -> list[SafeString]:
    """
    Paragraphs are parted by an empty line; an address becomes a link.

    >>> paragraphs("Venez <b>tous</b> :\\nhttps://ubn.example/a.\\n\\nFin")[1]
    'Fin'
    >>> "&lt;b&gt;tous&lt;/b&gt; :<br>" in paragraphs("Venez <b>tous</b> :\\nhttps://ubn.example/a.")[0]
    True
    """
    found = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    return [mark_safe("<br>\n".join(linked(line) for line in part.split("\n"))) for part in found]


def linked(line: str) -> str:
    parts, end = [], 0
    for match in LINK.finditer(line):
        parts += [
            escape(line[end : match.start()]),
            # What is read and where it leads are one: mail programs are wary of the rest.
            format_html(LINKED, match[0], match[0].partition("://")[2] if is_ours(match[0]) else named(match[0])),
        ]
        end = match.end()
    return "".join([*parts, escape(line[end:])])


def named(address: str) -> str:
    return urlsplit(address).netloc or address


def weight(mailing: Mailing) -> int:
    """In bytes, with links as long as those of a recipient."""
    return len(html_of(mailing).replace(STOP, "x" * 120).replace(PREFERENCES, "x" * 160).encode())


def refuse_what_cannot_leave(mailing: Mailing) -> None:
    if not mailing.sections:
        raise Refused(_("It says nothing yet: write a section."))
    if mailing.reckoned and not mailing.reckoned["kept"]:
        raise Refused(_("Nobody would receive it: the page says why. Choose another segment, or another subject."))
    if weight(mailing) > HEAVIEST:
        raise Refused(
            _(
                "The message weighs %(weight)d KB: beyond 100 KB Gmail cuts its end, with the link that unsubscribes. Shorten it."
            )
            % {"weight": weight(mailing) // 1000}
        )
