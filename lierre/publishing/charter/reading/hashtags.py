"""Hashtags: how many, each word with its capital for who hears them, those of the charter."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.finding import Passage
from lierre.publishing.charter.flat import flat, without_addresses

HASHTAG: Final = re.compile(r"(?<![\w&])#(\w*[^\W\d_]\w*)")
# A single French word is rarely longer.
LONG: Final = 14


def too_many_hashtags(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> [found.start for found in too_many_hashtags(Asked("hashtags", most=1), Said(("#Un et #Deux",)))]
    [7]
    """
    sentence = ngettext("At most %(count)d hashtag.", "At most %(count)d hashtags.", asked.most) % {"count": asked.most}
    for part, text in enumerate(said.texts):
        for found in list(HASHTAG.finditer(without_addresses(text)))[asked.most :]:
            yield Passage(part, *found.span(), sentence, "" if asked.most else None)


def hashtags_heard_as_one_word(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    `words`: hashtags whose capitals are known.

    >>> rule = Asked("hashtag_case", words=("PortesOuvertes",))
    >>> [found.replacement for found in hashtags_heard_as_one_word(rule, Said(("#portesouvertes #alternance",)))]
    ['#PortesOuvertes']
    """
    known = {flat(word).lstrip("#"): "#" + word.lstrip("#") for word in asked.words}
    for part, text in enumerate(said.texts):
        for found in HASHTAG.finditer(without_addresses(text)):
            right = known.get(flat(found[1]))
            one_word = found[1].islower() and len(found[1]) >= LONG
            if (right and right != found[0]) or (not right and one_word):
                yield Passage(part, *found.span(), _("Give each of its words a capital: #OpenDays."), right)


def hashtags_of_ours(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> rule = Asked("hashtag_known", words=("UBN", "PortesOuvertes"))
    >>> [found.start for found in hashtags_of_ours(rule, Said(("#UBN #Motivation",)))]
    [5]
    """
    known = {flat(word).lstrip("#") for word in asked.words}
    for part, text in enumerate(said.texts):
        for found in HASHTAG.finditer(without_addresses(text)):
            if flat(found[1]) not in known:
                yield Passage(part, *found.span(), _("This hashtag is not one of those that we use."), None)
