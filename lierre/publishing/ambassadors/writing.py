"""The assistant: what an ambassador wrote, as each of their networks counts it, what is advised, where it is pasted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from lierre.connectors import network as net
from lierre.connectors.manual import PLACES
from lierre.publishing.ambassadors.own_words import is_pasted
from lierre.publishing.charter.checking import check
from lierre.publishing.charter.finding import Finding
from lierre.publishing.measures import Part, measure
from lierre.publishing.models import Account, Ambassador, Material, OwnText
from lierre.publishing.models.post import split
from lierre.publishing.outbox.speaking import limits_of

# Those that an ambassador chooses from; "other" is any that we know nothing of.
NETWORKS: Final = ("linkedin", "bluesky", "mastodon", "facebook", "instagram", "x")
# Servers refuse longer ones: the page is then opened empty, and the text is pasted.
LONGEST_ADDRESS: Final = 8_000


@dataclass(frozen=True)
class There:
    """One network: how the text measures there, and the page where it is written."""

    network: str
    parts: list[Part]
    counts: str
    url_counts_for: int
    composer: str

    @property
    def remarks(self) -> list[str]:
        found = [each.sentence for part in self.parts for each in (*part.measure.refused, *part.measure.lost)]
        return list(dict.fromkeys(found))

    @property
    def fits(self) -> bool:
        return all(part.measure.fits for part in self.parts)


def own_text(who: Ambassador, material: Material) -> OwnText:
    """Theirs on this topic; not written down as long as nothing is kept."""
    return OwnText.objects.of(who).filter(material=material).first() or OwnText(ambassador=who, material=material)


def keep(own: OwnText, text: str) -> None:
    own.text, own.kept_at = text, timezone.now()
    own.save()


def say_published(own: OwnText, link: str = "") -> None:
    """Said by themselves, for themselves: it counts in figures that name nobody."""
    own.published_at, own.link = own.published_at or timezone.now(), link or own.link
    own.save()


def take_back(own: OwnText) -> None:
    own.published_at, own.link = None, ""
    own.save()


def everywhere(who: Ambassador, own: OwnText) -> list[There]:
    return [there(who, network, own.text) for network in who.networks]


def there(who: Ambassador, network: str, text: str) -> There:
    account = Account(name=network, network=network, label=str(who.user), address=address_on(who, network))
    texts = split(text)
    parts = [Part(each, measured(account, each, place, len(texts))) for place, each in enumerate(texts)]
    rules = json.dumps([{"unit": count.unit, "most": count.most} for count in parts[0].measure.counts])
    return There(network, parts, rules, limits_of(account).url_counts_for, composer(who, network, text))


def measured(account: Account, text: str, place: int, parts: int) -> net.Measure:
    """As the place counts, when somebody writes there by hand. An empty page refuses nothing yet."""
    found = measure(account, text, place, parts)
    return found if text.strip() else net.Measure(found.counts)


def address_on(who: Ambassador, network: str) -> str:
    return who.server if network == "mastodon" else ""


def composer(who: Ambassador, network: str, text: str) -> str:
    """Where one writes there, the text already in it when the network allows. "" when we know no such page."""
    place = PLACES.get(network)
    if place is None:
        return ""
    found = place.where_to_write(text, server=address_on(who, network))
    if len(found) > LONGEST_ADDRESS:
        found = place.where_to_write("", server=address_on(who, network))
    return found if found.startswith("https://") else ""


def advice(who: Ambassador, own: OwnText) -> list[Finding]:
    """What the charter says. Somebody who speaks in their own name is advised, never blocked."""
    if not own.text.strip():
        return []
    return check(split(own.text), unit=who.unit, language=own.material.language, individual=True)


def shown(who: Ambassador, own: OwnText) -> dict[str, Any]:
    """All that stands beside the text."""
    return {
        "own": own, "places": everywhere(who, own), "findings": advice(who, own),
        "pasted": is_pasted(own.text, own.material.said), "addresses": list(missing_link(own)),
    }  # fmt: skip


def missing_link(own: OwnText) -> Iterator[str]:
    """The link of the topic, when the text does not hold it: to be copied, never added by itself."""
    if own.material.link and own.material.link not in own.text:
        yield own.material.link
