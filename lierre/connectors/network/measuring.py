"""What is said of files, links and readers before approval, alike for every network."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final
from unicodedata import normalize
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.connectors.http.places import is_public
from lierre.connectors.network.abilities import Capabilities, Limits, Parts, Remark
from lierre.connectors.network.message import Kind, Media, Message
from lierre.connectors.network.text import addresses

INSIDE: Final = (".local", ".internal", ".lan", ".intranet", ".localhost")
NUMBER: Final = re.compile(r"0x[0-9a-f]*|\d+")


def refused(message: Message, limits: Limits, able: Capabilities) -> Iterator[Remark]:
    """What the network would refuse."""
    if not message.text.strip() and not message.media and not message.link:
        yield Remark("text", "empty", _("There is nothing to say yet."))
    if able.parts == Parts.ONE and message.part > 1:
        yield Remark("part", "one_part", _("This network takes one part only: say it all in the first one."))
    if message.visibility not in able.visibilities:
        yield Remark("visibility", "not_there", _("This network does not let you choose these readers."))
    yield from refused_addresses(message)
    yield from refused_media(message, limits, able)


def refused_addresses(message: Message) -> Iterator[Remark]:
    """Those that open from inside the institution alone. Names are not asked for: this is read at each keystroke."""
    written = [each.text for each in addresses(message.text)]
    for url in dict.fromkeys([*written, *([message.link.url] if message.link else [])]):
        if is_inside(urlsplit(url).hostname or ""):
            sentence = _("Nobody outside can open this address: %(url)s.") % {"url": url}
            yield Remark("link", "inside", sentence, url)


def is_inside(host: str) -> bool:
    """
    A number that is not spelt as four (“0x7f.1”, “127.1”) is one that browsers read, and that nobody writes but to hide it.

    >>> [is_inside(host) for host in ("localhost", "10.0.0.7", "intranet", "ent.ubn.local", "ubn.example", "93.184.216.34")]
    [True, True, True, True, False, False]
    >>> [is_inside(host) for host in ("LOCALHOST.", "ent.ubn.local.", "0x7f.1", "127.1", "017.0.0.1", "2130706433", "a.example.")]
    [True, True, True, True, True, True, False]
    """
    plain = normalize("NFKC", host).rstrip(".").lower()
    try:
        return not is_public(ip_address(plain))
    except ValueError:
        numbered = NUMBER.fullmatch(plain.rpartition(".")[2]) is not None
        return numbered or "." not in plain or plain.endswith(INSIDE)


def refused_media(message: Message, limits: Limits, able: Capabilities) -> Iterator[Remark]:
    shown = [each for each in message.media if each.kind in able.media]
    if limits.media and len(shown) > limits.media:
        sentence = ngettext(
            "This network takes %(most)s file at most.", "This network takes %(most)s files at most.", limits.media
        )
        yield Remark("media", "too_many", sentence % {"most": limits.media})
    if len({each.kind for each in shown}) > 1:
        yield Remark("media", "mixed", _("Images, a video and a document cannot stand together: choose one kind."))
    if sum(each.kind != Kind.IMAGE for each in shown) > 1:
        yield Remark("media", "several", _("Only one video or one document can be shown."))
    for each in shown:
        yield from refused_file(each, limits)


def refused_file(media: Media, limits: Limits) -> Iterator[Remark]:
    name = media.title or media.path.name
    if limits.types and media.type not in limits.types:
        yield Remark(
            "media", "type", _("This network does not take files of this kind: %(name)s.") % {"name": name}, name
        )
    if not media.coming:
        yield from refused_content(media, limits, name)
    yield from refused_length(media, limits, name)
    if limits.alt and len(media.alt) > limits.alt:
        told = {"most": limits.alt, "name": name}
        yield Remark(
            "media", "alt", _("The description of %(name)s is too long: %(most)s characters at most.") % told, name
        )


def refused_content(media: Media, limits: Limits, name: str) -> Iterator[Remark]:
    most = {
        Kind.IMAGE: limits.image_bytes,
        Kind.VIDEO: limits.video_bytes,
        Kind.DOCUMENT: limits.document_bytes,
    }[media.kind]
    if not media.path.is_file():
        yield Remark("media", "missing", _("This file is no longer here: %(name)s.") % {"name": name}, name)
    elif most and media.size > most:
        yield Remark(
            "media", "too_heavy", _("This file is too heavy for this network: %(name)s.") % {"name": name}, name
        )
    if media.kind == Kind.IMAGE and limits.image_pixels and media.width * media.height > limits.image_pixels:
        yield Remark(
            "media", "too_large", _("This image is too large for this network: %(name)s.") % {"name": name}, name
        )
    if media.kind == Kind.VIDEO and media.path.is_file() and media.size < limits.video_least_bytes:
        told = {"name": name, "least": limits.video_least_bytes // 1000}
        sentence = _("The film %(name)s is too light for this network: %(least)s kB at least.") % told
        yield Remark("media", "too_light", sentence, name)


def refused_length(media: Media, limits: Limits, name: str) -> Iterator[Remark]:
    if media.kind == Kind.VIDEO and limits.video_seconds and media.seconds > limits.video_seconds:
        told = {"name": name, "most": limits.video_seconds // 60}
        sentence = _("The film %(name)s is too long for this network: %(most)s minutes at most.") % told
        yield Remark("media", "too_long", sentence, name)
    if media.kind == Kind.VIDEO and 0 < media.seconds < limits.video_least_seconds:
        told = {"name": name, "least": limits.video_least_seconds}
        sentence = _("The film %(name)s is too short for this network: %(least)s seconds at least.") % told
        yield Remark("media", "too_short", sentence, name)
    if media.kind == Kind.DOCUMENT and limits.document_pages and media.pages > limits.document_pages:
        told = {"name": name, "pages": media.pages, "most": limits.document_pages}
        sentence = _("%(name)s has %(pages)s pages: this network shows documents of %(most)s pages at most.") % told
        yield Remark("media", "too_many_pages", sentence, name)


def lost(message: Message, able: Capabilities, *, card: bool) -> Iterator[Remark]:
    """What will not be sent. `card`: whether the card of the link is shown as we give it."""
    for each in message.media:
        if each.kind not in able.media:
            name = each.title or each.path.name
            yield Remark("media", "not_shown", _("This file will not be sent: %(name)s.") % {"name": name}, name)
        elif each.captions and not able.shows_captions:
            name = each.title or each.path.name
            sentence = _("The subtitles of %(name)s will not be sent: Lierre cannot give them to this network.")
            yield Remark("media", "captions", sentence % {"name": name}, name)
    if message.warning and not able.has_warnings:
        yield Remark("warning", "not_shown", _("The warning will not be sent: this network has none."))
    link = message.link
    if link and not card and (link.title or link.description or link.image):
        yield Remark("link", "card", card_sentence(able), link.url)
    for mention in message.mentions:
        if not mention.identity:
            sentence = _("%(name)s will stay plain text: nobody is known by this name there.") % {"name": mention.text}
            yield Remark("mentions", "unknown", sentence, mention.text)


def card_sentence(able: Capabilities) -> str:
    if able.builds_cards:
        return _("The network reads the page of the link by itself: your title and your image of it will not be sent.")
    return _("Beside files there is no card of the link: its address will stand at the end of the text.")
