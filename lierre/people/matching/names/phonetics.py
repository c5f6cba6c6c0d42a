"""How a French name sounds: a key that silent letters, double letters and rival spellings leave unchanged."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from lierre.people.matching.names.forms import spellings
from lierre.people.matching.names.letters import compact

# In this order. A capital is a sound without a letter of its own: A an, I in, O on, E eu, S ch, G a hard g, N as in Anne.
GROUPS: Final = (
    ("sch", "S"), ("tch", "S"), ("chr", "kr"), ("chl", "kl"), ("chn", "kn"), ("sh", "S"), ("ch", "S"),
    ("ph", "f"), ("gn", "n"), ("cqu", "k"), ("ck", "k"), ("qu", "k"), ("cq", "k"), ("q", "k"),
    ("gue", "Ge"), ("gui", "Gi"), ("guy", "Gi"), ("gea", "ja"), ("geo", "jo"), ("geu", "jE"), ("ge", "je"),
    ("gi", "ji"), ("gy", "ji"), ("G", "g"), ("dj", "j"), ("ancoi", "ansoi"), ("sc", "c"), ("ce", "se"), ("ci", "si"),
    ("cy", "si"), ("c", "k"), ("itia", "isia"), ("tion", "sion"), ("x", "ks"), ("tz", "s"), ("ts", "s"), ("z", "s"),
    ("w", "v"), ("oua", "va"), ("oeu", "E"), ("eau", "o"), ("au", "o"), ("ou", "u"), ("eu", "E"), ("y", "i"),
)  # fmt: skip
MUTE: Final = "\x02"  # after a last letter that a mute e follows
DOUBLE: Final = re.compile(r"(.)\1+")
ENDING: Final = re.compile(
    r"(?:(?<=[oe]u)x|(?<=au)x|(?<=oi)x|(?<=au)l[tdx]s?|(?<=au)[tdx]s?|(?<=er)c[qk]?|(?<=om)b|(?<=am)ps?)$", re.MULTILINE
)
ANNE: Final = re.compile(r"a(n?)ne$", re.MULTILINE)
SILENT: Final = re.compile(r"(?<=..)[dts]+$", re.MULTILINE)
NASAL: Final = re.compile(rf"(?:[ae]?i|[aeou])[nm](?![aeiounmNE{MUTE}])")
CLEAR: Final = re.compile(r"[ae]i(?![aeiouE])")
ASIDE: Final = re.compile(r"(?<![aeiouy])h|h(?![aeiouy])")  # an h that keeps no two vowels apart
LEAST: Final = 3  # sounds; a shorter name keeps its last letters
NASALS: Final = {"a": "A", "e": "A", "i": "I", "u": "I", "o": "O"}


def sounds(text: str) -> str:
    """
    A key: two names with one key are said the same way, or nearly. What is not in Latin letters stays as it is.

    >>> len({sounds(name) for name in ("Thibaut", "Thibault", "THIBAUD", "Tibo")}), sounds("Philippe")
    (1, 'filip')
    >>> sounds("Le Goff") == sounds("LEGOF"), sounds("Mohammed") == sounds("Muhammad"), sounds("Julien"), sounds("Julie")
    (True, True, 'juliA', 'juli')
    >>> sounds("Jean") == sounds("Jeanne"), sounds("Martin") == sounds("Martine"), sounds("李小龍")
    (False, False, '李小龍')
    """
    return sounds_each([compact(text)])[0]


def sounds_each(names: Sequence[str]) -> list[str]:
    """
    The same of many names, each in one run of letters: laid one under the other and read together, since each rule is a
    passage over all of them.
    """
    known = stands_for()
    found = [known.get(letters, letters) for letters in names]
    plain = [rank for rank, letters in enumerate(found) if letters.isascii()]
    for rank, sound in zip(plain, _each(said, [found[rank] for rank in plain]), strict=True):
        found[rank] = sound
    return found


def _each(rule: Callable[[str], str], names: list[str]) -> list[str]:
    return rule("\n".join(names)).split("\n") if names else []


@cache
def stands_for() -> dict[str, str]:
    return {compact(spelling): compact(name) for spelling, name in spellings().items()}


def said(letters: str) -> str:
    """
    The rules, on letters a to z: a name on each line.

    >>> said("renault"), said("leclercq"), said("guenhael"), said("dumoulin"), said("stephane\\nchristiane")
    ('reno', 'lekler', 'genael', 'dumulI', 'stefA\\nkristiA')
    """
    spelt = ENDING.sub("", letters)
    spelt = ANNE.sub(lambda found: "aN" if found[1] else "an", spelt)
    for group, sound in GROUPS:
        spelt = spelt.replace(group, sound)
    spelt = DOUBLE.sub(r"\1", ASIDE.sub("", spelt) if "h" in spelt else spelt)
    wholes = spelt.split("\n")
    found = _each(vowels, [_ended(*name) for name in zip(SILENT.sub("", spelt).split("\n"), wholes, strict=True)])
    short = [rank for rank, name in enumerate(found) if len(name) < LEAST]
    for rank, name in zip(short, _each(vowels, [wholes[rank] for rank in short]), strict=True):
        found[rank] = name
    return "\n".join(found)


def _ended(name: str, whole: str) -> str:
    """A mute e at the end is not said, but keeps what is before it from being nasal."""
    if name[-1:] != "e" or (name != whole and name + "s" != whole):
        return name
    return (name[:-1] if len(name) > LEAST else name) + MUTE


def vowels(spelt: str) -> str:
    """
    Nasal and open vowels said with one sign each. Before a mute e, nothing is nasal.

    >>> vowels("vinsen"), vowels("martin" + MUTE), vowels("adelain"), vowels("mohame")
    ('vIsA', 'martin', 'adelI', 'moame')
    """
    heard = NASAL.sub(lambda found: NASALS[found[0][-2]], spelt).replace(MUTE, "")
    heard = CLEAR.sub("e", heard)
    return DOUBLE.sub(r"\1", heard.replace("h", ""))
