"""Reads a text with the rules of a unit: what each finds, and how serious it is for whoever speaks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from lierre.accounts.models import Unit
from lierre.publishing.charter.asked import ADVICE, SILENT, Asked, Attached, Other, Said
from lierre.publishing.charter.finding import Finding, Passage
from lierre.publishing.charter.reading import hashtags, inclusive, links, tone, vocabulary, whole
from lierre.publishing.charter.standing import rules_of

Reader = Callable[[Asked, Said], Iterator[Passage]]
READERS: Final[dict[str, Reader]] = {
    "avoid": vocabulary.words_to_avoid,
    "spelling": vocabulary.names_written_right,
    "claim": vocabulary.claims_without_source,
    "hashtags": hashtags.too_many_hashtags,
    "hashtag_case": hashtags.hashtags_heard_as_one_word,
    "hashtag_known": hashtags.hashtags_of_ours,
    "capitals": tone.shouted_words,
    "exclamations": tone.exclamation_marks,
    "inclusive": inclusive.marks_of_gender,
    "link_refused": links.refused_links,
    "link_template": links.links_to_count,
    "signature": whole.signature,
    "alternative": whole.words_for_images,
    "agreement": whole.agreement,
}
# What one rule says of one text; the rest is the same thing again.
MOST: Final = 20


def check(
    texts: Sequence[str],
    *,
    unit: Unit | None,
    language: str = "fr",
    individual: bool = False,
    attached: Sequence[Attached] = (),
    others: Sequence[Other] = (),
) -> list[Finding]:
    """
    What the charter of a unit (None: of the institution) says of these messages.

    `individual`: somebody who speaks in their own name is advised, and never blocked.
    """
    said = Said(tuple(texts), tuple(attached), tuple(others))
    found = findings(rules_of(unit), said, language)
    return [replace(each, severity=ADVICE) for each in found] if individual else found


def findings(rules: Iterable[Asked], said: Said, language: str = "fr") -> list[Finding]:
    """
    The gravest first, then as they come in the text.

    >>> rule = Asked("avoid", words=("synergie",), severity="blocks")
    >>> [(found.passage, found.blocks) for found in findings([rule], Said(("Une synergie",)))]
    [('synergie', True)]
    """
    found = [each for rule in rules if speaks(rule, language) for each in of_rule(rule, said)]
    order = {"blocks": 0, "warning": 1, "advice": 2}
    return sorted(found, key=lambda each: (order[each.severity], each.part, each.start))


def speaks(rule: Asked, language: str) -> bool:
    return rule.severity != SILENT and rule.language in {"", language} and rule.kind in READERS


def of_rule(rule: Asked, said: Said) -> Iterator[Finding]:
    """Once for each place: two expressions of one rule may meet there."""
    seen: set[tuple[int, int]] = set()
    for passage in READERS[rule.kind](rule, said):
        if len(seen) >= MOST:
            return
        if passage.start != passage.end and (passage.part, passage.start) in seen:
            continue
        seen.add((passage.part, passage.start if passage.start != passage.end else -len(seen) - 1))
        text = said.texts[passage.part] if passage.part < len(said.texts) else ""
        words = text[passage.start : passage.end]
        yield Finding(
            rule, passage.part, passage.start, passage.end, words, passage.sentence, passage.replacement, rule.severity
        )
