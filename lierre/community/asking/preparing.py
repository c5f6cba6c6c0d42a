"""Preparing a campaign: from those it would be worth asking to those who will be, and why the others will not."""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from lierre.community.asking.permission import A_SLICE, may_ask_all
from lierre.community.asking.wording import question
from lierre.community.models import Ask, Campaign, Candidate
from lierre.community.models.candidate import Kind
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record
from lierre.people.freshness.counting import LIVING
from lierre.people.models import ContactPoint, Person, Position, Record

MOST: Final = 2_000
# Read in this order: whoever has two reasons is counted for the first.
OUT_OF_REACH: Final = f"""
SELECT count(*), sum(CASE WHEN person.do_not_contact THEN 1 ELSE 0 END),
 sum(CASE WHEN NOT person.do_not_contact AND person.lost THEN 1 ELSE 0 END),
 sum(CASE WHEN NOT person.do_not_contact AND NOT person.lost AND way.alive IS NULL THEN 1 ELSE 0 END),
 sum(CASE WHEN NOT person.do_not_contact AND NOT person.lost AND way.alive = 0 THEN 1 ELSE 0 END)
FROM people_person person JOIN people_directoryentry entry ON entry.person_id = person.id
LEFT JOIN (
  SELECT person_id, max(CASE WHEN refused THEN 0 ELSE 1 END) AS alive FROM people_contactpoint
  WHERE kind = 'email' GROUP BY person_id
) way ON way.person_id = person.id
WHERE {LIVING}
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom the office has in mind: all, some classes, a faculty."""

    first_class: int | None = None
    last_class: int | None = None
    unit: int | None = None
    unit_name: str = ""

    def chosen(self) -> dict[str, int]:
        found = {"first_class": self.first_class, "last_class": self.last_class, "unit": self.unit}
        return {name: value for name, value in found.items() if value is not None}

    def in_words(self) -> str:
        said = {"first": self.first_class, "last": self.last_class}
        if self.first_class and self.first_class == self.last_class:
            classes = _("class of %(first)s") % said
        elif self.first_class and self.last_class:
            classes = _("classes of %(first)s to %(last)s") % said
        elif self.first_class:
            classes = _("classes of %(first)s and after") % said
        else:
            classes = _("classes of %(last)s and before") % said if self.last_class else ""
        return ", ".join(filter(None, [classes, self.unit_name])) or _("everybody")


def prepare(scope: Scope, *, wanted: int, word: str, by: Any) -> Campaign:
    """Choose, address and word each question. Nothing leaves: a person reads first."""
    wanted = min(wanted, MOST)
    chosen, considered, aside = choose(scope, wanted)
    if not chosen:
        raise Refused(_("Among them nobody can be asked anything today."))
    living, out = out_of_reach(scope)
    with translation.override(settings.LANGUAGE_CODE):
        asks = list(worded(chosen))
    with transaction.atomic():
        campaign = Campaign.objects.create(
            scope=scope.chosen(), scope_in_words=scope.in_words()[:300], wanted=wanted, word=word.strip(),
            living=living, out_of_reach=out, considered=considered, set_aside=aside.most_common(), by_name=str(by)[:200],
        )  # fmt: skip
        for ask in asks:
            ask.campaign = campaign
        Ask.objects.bulk_create(asks, batch_size=200, ignore_conflicts=True)
        record("campaign.prepared", campaign, by=by, asked=len(asks), considered=considered)
    return campaign


def choose(scope: Scope, wanted: int) -> tuple[list[tuple[Candidate, Person]], int, Counter[str]]:
    """The most valuable first, until there are enough. Answers those, how many were looked at, and why some were not."""
    chosen: list[tuple[Candidate, Person]] = []
    aside: Counter[str] = Counter()
    considered, ranked = 0, Candidate.objects.within(**scope.chosen())
    while len(chosen) < wanted:
        some = list(ranked.select_related("person")[considered : considered + A_SLICE])
        if not some:
            break
        persons = [each.person for each in some]
        answers = may_ask_all(persons)
        pending = set(Ask.objects.pending().filter(person__in=persons).values_list("person_id", flat=True))
        for each in some:
            considered += 1
            if each.person_id in pending:
                aside[_("They have not answered the last question yet.")] += 1
            elif answer := answers[each.person_id]:
                chosen.append((each, each.person))
            else:
                aside[answer.reason] += 1
            if len(chosen) == wanted:
                break
    return chosen, considered, aside


def worded(chosen: list[tuple[Candidate, Person]]) -> Iterator[Ask]:
    """A few questions to the base for all of them."""
    numbers = [person.pk for _candidate, person in chosen]
    addresses, positions = best_addresses(numbers), current_positions(numbers)
    for candidate, person in chosen:
        about = positions.get(person.pk, {}) if candidate.kind == Kind.STILL else {}
        kind = Kind.STILL if about.get("title") or about.get("employer") else Kind.WHICH
        if address := addresses.get(person.pk):
            yield Ask.ready(
                secrets.token_hex(8), person=person, kind=kind, about=about, wording=question(kind, about)[:400],
                address=address,
            )  # fmt: skip


def best_addresses(numbers: list[int]) -> dict[int, str]:
    """One for each: proven before the others, personal before that of an office, then the latest said."""
    alive = ContactPoint.objects.filter(person__in=numbers, kind="email", refused=False)
    ranked = sorted(alive, key=lambda each: (bool(each.confirmed), each.use != "work", each.record_id))
    return {each.person_id: each.value for each in ranked}


def current_positions(numbers: list[int]) -> dict[int, dict[str, Any]]:
    """As the record that won says it, so that “yes” repeats its very words."""
    held = list(Position.objects.filter(person__in=numbers, is_current=True).select_related("employer"))
    records = Record.objects.in_bulk([position.record_id for position in held])
    found = {}
    for position in held:
        folded = {"employer": str(position.employer or ""), "title": position.title}
        said = records[position.record_id].said.get("positions", []) if position.record_id in records else []
        same = [each for each in said if each.get("title", "") == position.title and not each.get("ended")]
        found[position.person_id] = without_blanks(same[0] if same else folded)
    return found


def without_blanks(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in ("", None)}


def out_of_reach(scope: Scope) -> tuple[int, list[tuple[str, int]]]:
    """How many live within the scope, and why some of them cannot be reached."""
    conditions, values = [], []
    for name, condition in (
        ("first_class", "entry.year >= %s"),
        ("last_class", "entry.year <= %s"),
        ("unit", "entry.unit_id = %s"),
    ):
        if name in scope.chosen():
            conditions.append(f" AND {condition}")
            values.append(scope.chosen()[name])
    with connection.cursor() as cursor:
        cursor.execute(OUT_OF_REACH + "".join(conditions), values)
        living, unwilling, lost, unknown, refused = (number or 0 for number in cursor.fetchone())
    why = [
        (_("They asked not to be written to."), unwilling), (_("They are lost from sight."), lost),
        (_("No e-mail address is known."), unknown), (_("Mail comes back from the only address known."), refused),
    ]  # fmt: skip
    return living, [(sentence, number) for sentence, number in why if number]
