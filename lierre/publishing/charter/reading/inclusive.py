"""How women and men are both named: the institution chooses, and each text is brought to its choice."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from lierre.publishing.charter.asked import Asked, Said
from lierre.publishing.charter.finding import Passage
from lierre.publishing.charter.flat import without_addresses

DOUBLETS: Final = "doublets"
DOT: Final = "dot"
ENDINGS: Final = "e|ne|le|te|ve|se|rice|trice|euse|ère|sse"
# A full stop is also a full stop: only the endings that nothing else looks like.
MARKED: Final = re.compile(
    rf"(?<!\w)([^\W\d_]{{2,}})(?:[·•⋅‧-](?=(?:{ENDINGS})(?:[·•⋅‧.-]?s)?(?!\w))({ENDINGS})([·•⋅‧.-]?s)?"
    rf"|\.(e|ne|rice|euse|ère)(\.?s)?|\(({ENDINGS})(s?)\)(s?))(?!\w)"
)
MASCULINE: Final = {"rice": "eur", "trice": "teur", "euse": "eur", "ère": "er", "ve": "f", "se": "x"}


def marks_of_gender(asked: Asked, said: Said) -> Iterator[Passage]:
    """
    >>> texts = ("Chers étudiant(e)s, cher·es directeur·rices, vient-elle ?",)
    >>> [found.replacement for found in marks_of_gender(Asked("inclusive", choice="doublets"), Said(texts))]
    ['étudiantes et étudiants', 'cheres et chers', 'directrices et directeurs']
    >>> [found.replacement for found in marks_of_gender(Asked("inclusive", choice="dot"), Said(texts))]
    ['étudiant·es']
    """
    for part, text in enumerate(said.texts):
        for found in MARKED.finditer(without_addresses(text)):
            stem = found[1]
            ending = found[2] or found[4] or found[6]
            plural = any(found[group] for group in (3, 5, 7, 8))
            if "-" in found[0]:  # vient-elle, donne-le: a hyphen is most often a hyphen
                continue
            if asked.choice == DOT:
                right, sentence = f"{stem}·{ending}{'s' if plural else ''}", _("We write it with one middle dot.")
            else:
                right, sentence = both(stem, ending, plural), _("We write both words.")
            if right != found[0]:
                yield Passage(part, *found.span(), sentence, right)


def both(stem: str, ending: str, plural: bool) -> str:
    """
    >>> both("chercheur", "euse", True), both("citoyen", "ne", False), both("sportif", "ve", True)
    ('chercheuses et chercheurs', 'citoyenne ou citoyen', 'sportives et sportifs')
    """
    masculine = MASCULINE.get(ending, "")
    if ending == "rice" and stem.endswith("teur"):
        feminine = stem[:-3] + "rice"
    elif masculine and stem.endswith(masculine):
        feminine = stem[: -len(masculine)] + ending
    else:
        feminine = stem.removesuffix("s") + ending
    if not plural:
        return f"{feminine} ou {stem}"
    several = stem if stem[-1] in "sxz" else f"{stem}s"
    return f"{feminine}s et {several}"
