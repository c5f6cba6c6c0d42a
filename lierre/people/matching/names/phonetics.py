"""How a French name sounds: a key that silent letters, double letters and rival spellings leave unchanged."""

import re
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
DOUBLE: Final = re.compile(r"(.)\1+")
ENDING: Final = re.compile(
    r"(?<=[oe]u)x$|(?<=au)x$|(?<=oi)x$|(?<=au)l[tdx]s?$|(?<=au)[tdx]s?$|(?<=er)c[qk]?$|(?<=om)b$|(?<=am)ps?$"
)
SILENT: Final = re.compile(r"(?<=..)[dts]+$")
NASAL: Final = re.compile(r"(?:[ae]?i|[aeou])[nm](?![aeiounmNE])")
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
    letters = compact(text)
    letters = stands_for().get(letters, letters)
    return said(letters) if letters.isascii() else letters


@cache
def stands_for() -> dict[str, str]:
    return {compact(spelling): compact(name) for spelling, name in spellings().items()}


def said(letters: str) -> str:
    """
    The rules, on letters a to z.

    >>> said("renault"), said("leclercq"), said("guenhael"), said("dumoulin"), said("stephane"), said("christiane")
    ('reno', 'lekler', 'genael', 'dumulI', 'stefA', 'kristiA')
    """
    spelt = ENDING.sub("", letters)
    spelt = f"{spelt[:-4]}aN" if spelt.endswith("anne") else spelt[:-1] if spelt.endswith("ane") else spelt
    for group, sound in GROUPS:
        if group in spelt:
            spelt = spelt.replace(group, sound)
    if "h" in spelt:
        spelt = ASIDE.sub("", spelt)
    spelt = DOUBLE.sub(r"\1", spelt)
    heard = SILENT.sub("", spelt)
    mute = heard[-1:] == "e" and (heard == spelt or heard + "s" == spelt)
    heard = vowels(heard[:-1] if mute and len(heard) > LEAST else heard, mute)
    return heard if len(heard) >= LEAST else vowels(spelt)


def vowels(spelt: str, mute: bool = False) -> str:
    """
    Nasal and open vowels said with one sign each. Before a mute e, nothing is nasal.

    >>> vowels("vinsen"), vowels("martin", mute=True), vowels("adelain"), vowels("mohame")
    ('vIsA', 'martin', 'adelI', 'moame')
    """
    last = len(spelt) - 1 if mute else len(spelt)
    heard = NASAL.sub(lambda found: NASALS[found[0][-2]] if found.end() <= last else found[0], spelt)
    heard = CLEAR.sub("e", heard)
    return DOUBLE.sub(r"\1", heard.replace("h", ""))
