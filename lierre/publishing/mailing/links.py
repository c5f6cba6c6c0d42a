"""The links of a mailing that are counted: one short link for each address, the same for everybody who receives it.

Nobody is followed: a click says that an address was opened from this mailing, never by whom. What lets somebody unsubscribe
or choose is never shortened, and no image is: it would report who opens.
"""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.urls import reverse

from lierre.publishing.links.tagging import tagged
from lierre.publishing.links.targets import forbidden
from lierre.publishing.mailing.planning import LETTER
from lierre.publishing.mailing.rendering import LINK
from lierre.publishing.models import Link, LinkTemplate, Mailing
from lierre.publishing.models.link import fingerprint_of

# What statistics of sites everywhere call a visit that comes from a message.
MEDIUM: Final = "email"


def counted(mailing: Mailing) -> dict[str, str]:
    """Each address that is counted, with the words of the button that leads there; "" in the text."""
    found: dict[str, str] = {}
    for address, words in addresses(mailing):
        if not (forbidden(address) or is_a_choice(address)):
            found[address] = found.get(address) or words
    return found


def addresses(mailing: Mailing) -> Iterator[tuple[str, str]]:
    for section in mailing.sections:
        yield from ((each[0], "") for each in LINK.finditer(section.get("text", "")))
        if section.get("link"):
            yield section["link"], section.get("button", "")


def is_a_choice(address: str) -> bool:
    """Whether it is one of the links by which somebody stops or chooses what they receive."""
    own = settings.ADDRESS
    roads = (reverse("publishing:unsubscribe", args=["x"]), reverse("privacy:preferences", args=["x"]))
    return any(address.startswith(own + road.removesuffix("x/")) for road in roads)


def shorten(mailing: Mailing) -> dict[str, str]:
    """Address → short link, made when it begins to leave. Begun again, the same ones."""
    if not mailing.counts_links:
        return {}
    tags, known = tags_of(mailing), {link.target: link for link in mailing.links.all()}
    for address, words in counted(mailing).items():
        if address not in known:
            known[address] = Link.objects.create(
                mailing=mailing, unit=mailing.unit, target=address, leads_to=tagged(address, tags),
                fingerprint=fingerprint_of(address), label=(words or mailing.name)[:200], place=mailing.name[:100],
            )  # fmt: skip
    return {address: link.short for address, link in known.items()}


def tags_of(mailing: Mailing) -> dict[str, str]:
    """What the site is told of whoever comes from this mailing: the template of its unit, the medium of a message."""
    template = LinkTemplate.objects.for_unit(mailing.unit)
    values: dict[str, object] = {
        "network": LETTER, "account": mailing.topic, "campaign": mailing.campaign or mailing.name,
        "unit": mailing.unit.code if mailing.unit else "", "post": f"{LETTER}-{mailing.pk}",
    }  # fmt: skip
    return template.said(values) | {"medium": MEDIUM}
