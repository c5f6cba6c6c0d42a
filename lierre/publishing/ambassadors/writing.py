"""The assistant: what an ambassador wrote, as each of their networks counts it, what is advised, where it is pasted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.connectors import network as net
from lierre.connectors.manual import PLACES
from lierre.foundation.errors import Refused
from lierre.publishing.ambassadors.own_words import is_pasted
from lierre.publishing.charter.checking import check
from lierre.publishing.charter.finding import Finding
from lierre.publishing.library import own_visual
from lierre.publishing.measures import Part, measure, rules_of
from lierre.publishing.models import Account, Ambassador, Material, Medium, OwnAccount, OwnDelivery, OwnText
from lierre.publishing.models.post import split
from lierre.publishing.models.voice import Voice
from lierre.publishing.outbox.speaking import limits_of
from lierre.publishing.own.saying import OPEN

# Those that an ambassador chooses from; "other" is any that we know nothing of.
NETWORKS: Final = ("linkedin", "bluesky", "mastodon", "facebook", "instagram", "x")
State: Final = OwnDelivery.State
# Nothing more of these leaves by itself.
SETTLED: Final = (State.CONFIRMED, State.CANCELLED, State.REFUSED, State.MISSED)
# Servers refuse longer ones: the page is then opened empty, and the text is pasted.
LONGEST_ADDRESS: Final = 8_000


@dataclass(frozen=True)
class There:
    """
    One network: how the text measures there, and the page where it is written. `account`: their own there, when they connected
    one; `rows`: what they asked of it for this text.
    """

    network: str
    parts: list[Part]
    counts: str
    url_counts_for: int
    composer: str
    account: OwnAccount | None = None
    rows: tuple[OwnDelivery, ...] = ()
    when: Any = None  # the form in which an hour is given

    @property
    def first(self) -> OwnDelivery | None:
        """What is known of the text there; nothing when it was given up."""
        return next((row for row in self.rows if row.state != State.CANCELLED), None)

    @property
    def has_left(self) -> bool:
        return any(row.state not in OPEN for row in self.rows)

    @property
    def is_another(self) -> bool:
        """Their text was written otherwise since it was asked to leave."""
        return [row.text for row in self.rows] != [part.text for part in self.parts]

    @property
    def remarks(self) -> list[str]:
        found = [each.sentence for part in self.parts for each in (*part.measure.refused, *part.measure.lost)]
        return list(dict.fromkeys(found))

    @property
    def fits(self) -> bool:
        return all(part.measure.fits for part in self.parts)


def own_text(who: Ambassador, material: Material) -> OwnText:
    """Theirs on this topic; not written down as long as nothing is kept."""
    own = OwnText.objects.of(who).filter(material=material).select_related("medium").first() or OwnText()
    own.ambassador, own.material = who, material
    return own


def keep(own: OwnText, text: str) -> None:
    own.text, own.kept_at = text, timezone.now()
    own.save()


def say_published(own: OwnText, link: str = "") -> None:
    """Said by themselves, for themselves: it counts in figures that name nobody."""
    own.published_at, own.link = own.published_at or timezone.now(), link or own.link
    own.save()


def forget(own: OwnText) -> None:
    """With what was asked of it and has not left. Refused while it is leaving, or may have: what became of it would be lost."""
    unknown = [State.CLAIMED, State.IN_FLIGHT, State.TO_CHECK]
    if own.pk and own.deliveries.filter(state__in=unknown).exists():
        raise Refused(_("It is leaving, or may be online: say first what became of it."))
    OwnText.objects.filter(pk=own.pk).delete()


def take_back(own: OwnText) -> None:
    own.published_at, own.link = None, ""
    own.save()


def show(own: OwnText, medium: Medium | None) -> None:
    """With this visual of the topic; None: without. Nothing is written of a text that was not kept."""
    if medium is not None and medium not in own.material.shown:
        raise Refused(str(own_visual.NO_MORE))
    if own.pk and own.deliveries.exclude(state__in=SETTLED).exists():
        raise Refused(
            _("It is to leave as it was when you pressed the button: do not send it, then choose its visual.")
        )
    own.medium = medium
    own.save()


def everywhere(who: Ambassador, own: OwnText) -> list[There]:
    """Where they chose to speak, then where they connected an account."""
    accounts = {each.network: each for each in OwnAccount.objects.of(who).exclude(sealed="")}
    rows: dict[int, list[OwnDelivery]] = {}
    if accounts and own.pk:
        for row in OwnDelivery.objects.filter(post=own).order_by("part"):
            rows.setdefault(row.account_id, []).append(row)
    found = []
    for network in dict.fromkeys([*who.networks, *accounts]):
        account = accounts.get(network)
        asked = tuple(rows.get(account.pk, ())) if account else ()
        found.append(replace(there(who, network, own.text, account), account=account, rows=asked))
    return found


def there(who: Ambassador, network: str, text: str, own: OwnAccount | None = None) -> There:
    by_hand = Account(name=network, network=network, label=str(who.user), address=address_on(who, network))
    account: Voice = own or by_hand
    texts = split(text)
    parts = [Part(each, measured(account, each, place, len(texts))) for place, each in enumerate(texts)]
    return There(
        network, parts, rules_of(account, parts), limits_of(account).url_counts_for, composer(who, network, text)
    )


def measured(account: Voice, text: str, place: int, parts: int) -> net.Measure:
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
    places = everywhere(who, own)
    return {
        "own": own, "places": places, "connected": any(place.account for place in places), "findings": advice(who, own),
        "pasted": is_pasted(own.text, own.material.said), "addresses": list(missing_link(own)),
        "from_here": any(place.first and place.first.state == State.CONFIRMED for place in places),
        "credit": missing_credit(own), "visual_gone": own.medium is not None and own.medium not in own.material.shown,
    }  # fmt: skip


def missing_credit(own: OwnText) -> str:
    """Whose the visual is, when the text does not say it: to be copied, never added by itself."""
    credit = own.medium.credit.strip() if own.medium is not None else ""
    return "" if credit.lower() in own.text.lower() else credit


def missing_link(own: OwnText) -> Iterator[str]:
    """The link of the topic, when the text does not hold it: to be copied, never added by itself."""
    if own.material.link and own.material.link not in own.text:
        yield own.material.link
