"""What the charter says of a post as it stands: of the common text, and of each account that says it otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from lierre.publishing.attached import attached_to as seen
from lierre.publishing.charter.agreeing import heard
from lierre.publishing.charter.asked import Asked, Attached, Other, Said
from lierre.publishing.charter.checking import findings
from lierre.publishing.charter.finding import Finding
from lierre.publishing.charter.standing import lately_of, rules_of
from lierre.publishing.models import Mailing, Post, Variant
from lierre.publishing.models.exception import KeptPassage
from lierre.publishing.signers import speaks_for

COMMON: Final = 0
WEEK: Final = timedelta(days=7)
# A calendar is rarely fuller; beyond, those that come first.
MOST_OTHERS: Final = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding on the page. `account`: where it stands (0: in the common text). `exception`: asked, or given."""

    finding: Finding
    account: int = COMMON
    exception: KeptPassage | None = None

    @property
    def key(self) -> str:
        return f"{self.account}.{self.finding.key}"

    @property
    def is_settled(self) -> bool:
        """Somebody keeps it, and may."""
        if self.exception is None:
            return False
        return self.exception.holds or not self.finding.blocks

    @property
    def blocks(self) -> bool:
        return self.finding.blocks and not self.is_settled


@dataclass(frozen=True, slots=True)
class Charter:
    shown: list[Shown] = field(default_factory=list)

    @property
    def blocking(self) -> list[Shown]:
        return [each for each in self.shown if each.blocks]

    @property
    def common(self) -> list[Shown]:
        return self.of(COMMON)

    def of(self, account: int) -> list[Shown]:
        return [each for each in self.shown if each.account == account]

    def named(self, key: str) -> Shown | None:
        return next((each for each in self.shown if each.key == key), None)


def charter_of(post: Post, *, lately: bool = False) -> Charter:
    """Five questions to the base at most. `lately`: the rules as they were less than half a minute ago will do."""
    written = list(post.variants.all())
    unit = speaks_for(post)
    rules = lately_of(unit) if lately else rules_of(unit)
    if not rules:
        return Charter()
    kinds = {rule.kind for rule in rules}
    texts = texts_of(post, written)
    compares = "agreement" in kinds and any(heard(part) for _account, parts, _network in texts for part in parts)
    others = others_of(post) if compares else ()
    attached = attached_to(post) if "alternative" in kinds else ()
    found: list[tuple[Finding, int]] = []
    for account, parts, network in texts:
        fillings = {"network": network, "campaign": post.campaign.strip().replace(" ", "-").lower()}
        # What is attached is said once, with the common text.
        said = Said(parts, attached if account == COMMON else (), others, fillings)
        found += [(each, account) for each in findings(asked_of(rules, account), said, post.language)]
    kept = kept_by(post) if found else {}
    return Charter([Shown(each, account, kept.get((each.rule.pk, each.passage[:300]))) for each, account in found])


def kept_by(said: Post | Mailing) -> dict[tuple[int, str], Any]:
    """(Rule, passage) → the exception that somebody asked for."""
    exceptions = said.exceptions.select_related("by", "countersigned_by")
    return {(each.rule_id, each.passage): each for each in exceptions}


def texts_of(post: Post, variants: Sequence[Variant]) -> list[tuple[int, tuple[str, ...], str]]:
    """Each different text once: account, parts, network."""
    own = [(each.account_id, tuple(each.own), each.account.network) for each in variants if each.own is not None]
    return [(COMMON, tuple(post.parts), ""), *own]


def asked_of(rules: list[Asked], account: int) -> list[Asked]:
    return [rule for rule in rules if account == COMMON or rule.kind != "alternative"]


def others_of(post: Post) -> tuple[Other, ...]:
    """What else is said within the week, by posts and by letters."""
    around = post.due_at or timezone.now()
    near = Post.objects.living().between(around - WEEK, around + WEEK).exclude(pk=post.pk)
    rows = near.values_list("pk", "title", "parts")[:MOST_OTHERS]
    posts = [Other(title, "\n".join(parts), f"/publications/{pk}/") for pk, title, parts in rows]
    letters = Mailing.objects.between(around - WEEK, around + WEEK)[:MOST_OTHERS]
    return (*posts, *(Other(each.name, each.words, each.get_absolute_url()) for each in letters))


def attached_to(post: Post) -> tuple[Attached, ...]:
    """Images and videos that leave with it, and what is said of them. A document is read: its title says what it is."""
    shown = (each for each in seen(post) if each.medium.is_image or each.medium.is_film)
    return tuple(Attached(each.title or each.medium.title, each.alt) for each in shown)
