"""What the charter says of a mailing: of its subject line, of the words after it, of each section, its images and links."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.charter.agreeing import heard
from lierre.publishing.charter.asked import Attached, Other, Said
from lierre.publishing.charter.checking import findings
from lierre.publishing.charter.posts import COMMON, MOST_OTHERS, WEEK, Charter, Shown, kept_by
from lierre.publishing.charter.standing import lately_of, rules_of
from lierre.publishing.mailing.planning import LETTER
from lierre.publishing.models import Mailing, Post

# What is read of a section, in this order; addresses too, because some are not given.
READ: Final = ("title", "text", "button", "link")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: a field of the mailing, or one of a section (counted from 0)."""

    name: str
    text: str
    section: int | None = None

    @property
    def label(self) -> str:
        if self.section is None:
            return _("Subject line") if self.name == "subject" else _("Words after the subject line")
        return _("Section %(number)d") % {"number": self.section + 1}


def places(mailing: Mailing) -> list[Place]:
    """All that is read, once each; what is empty is left out."""
    found = [Place(name, getattr(mailing, name)) for name in ("subject", "preheader")]
    for number, section in enumerate(mailing.sections):
        found += [Place(name, str(section.get(name, "")), number) for name in READ]
    return [each for each in found if each.text.strip()]


@dataclass(frozen=True, slots=True)
class Read:
    """The charter, and where each of its findings stands."""

    charter: Charter
    places: tuple[Place, ...] = ()

    @property
    def rows(self) -> list[tuple[Shown, str]]:
        return [(each, self.where(each)) for each in self.charter.shown]

    def where(self, shown: Shown) -> str:
        """Nothing of what is asked of the whole."""
        whole = shown.finding.inserts or shown.finding.part >= len(self.places)
        return "" if whole else self.places[shown.finding.part].label


def charter_of(mailing: Mailing, *, lately: bool = False) -> Read:
    """Four questions to the base at most. `lately`: the rules as they were less than half a minute ago will do."""
    rules = lately_of(mailing.unit) if lately else rules_of(mailing.unit)
    # What its links say of themselves is added by itself when they are counted.
    rules = [rule for rule in rules if rule.kind != "link_template" or not mailing.counts_links]
    read = places(mailing)
    if not rules or not read:
        return Read(Charter())
    texts = tuple(each.text for each in read)
    compares = any(rule.kind == "agreement" for rule in rules) and any(heard(text) for text in texts)
    said = Said(texts, images(mailing), others(mailing) if compares else (), {
        "network": LETTER, "campaign": mailing.campaign.strip().replace(" ", "-").lower(),
    })  # fmt: skip
    found = findings(rules, said, settings.LANGUAGE_CODE[:2])
    kept = kept_by(mailing) if found else {}
    shown = [Shown(each, COMMON, kept.get((each.rule.pk, each.passage[:300]))) for each in found]
    return Read(Charter(shown), tuple(read))


def images(mailing: Mailing) -> tuple[Attached, ...]:
    pictures = [each for each in mailing.sections if each.get("image")]
    return tuple(Attached(str(each["image"]).rpartition("/")[2], str(each.get("alt", ""))) for each in pictures)


def others(mailing: Mailing) -> tuple[Other, ...]:
    """What else is said within the week: posts, and other mailings."""
    around = mailing.due_at or timezone.now()
    posts = Post.objects.living().between(around - WEEK, around + WEEK).values_list("pk", "title", "parts")
    letters = Mailing.objects.between(around - WEEK, around + WEEK).exclude(pk=mailing.pk)
    said = [Other(title, "\n".join(parts), f"/publications/{pk}/") for pk, title, parts in posts[:MOST_OTHERS]]
    return (*said, *(Other(each.name, each.words, each.get_absolute_url()) for each in letters[:MOST_OTHERS]))


def hold_to_charter(mailing: Mailing) -> None:
    """What a rule blocks is neither submitted nor approved: the refusal says which passage, where, and what to do."""
    read = charter_of(mailing)
    if not read.charter.blocking:
        return
    shown = read.charter.blocking[0]
    found, where = shown.finding, read.where(shown)
    said = _("The charter blocks this: %(rule)s. %(sentence)s")
    if found.passage:
        said = _("The charter blocks “%(passage)s”: %(rule)s. %(sentence)s")
    told = said % {"passage": found.passage, "rule": found.rule.name, "sentence": found.sentence}
    todo = _("Correct it, or ask for an exception with a reason.")
    raise Refused(f"{where}. {told} {todo}" if where else f"{told} {todo}")
