"""The same employer, city or degree, in the words of another file."""

from collections.abc import Sequence
from random import Random
from typing import Final

from demo.spelling import plain

LEVELS: Final[dict[str, Sequence[str]]] = {
    "Master": ("Master", "Master 2", "M2", "Master's degree,", "Maîtrise", "Master mention", "MSc"),
    "Licence": ("Licence", "Licence,", "L3", "Bachelor", "Bac +3", "Licence mention", "Bachelor's degree,"),
    "Diplôme d’ingénieur": ("Diplôme d’ingénieur", "Ingénieur", "Diplôme d'ingénieur", "Engineer's degree,"),
    "Doctorat": ("Doctorat", "Thèse", "PhD,", "Doctor of Philosophy - PhD,", "Doctorat en"),
    "BUT": ("BUT", "DUT", "Bac +2", "IUT"),
    "DESS": ("DESS", "DESS", "Master 2", "D.E.S.S."),
}
LEGAL: Final = (" SAS", " SA", " SARL", " France", " Group", " & Associés")


def reworded_employer(name: str, chance: Random) -> str:
    """
    With or without its legal form, its group, its capitals.

    >>> reworded_employer("Armor Énergies", Random(2)), reworded_employer("Armor Énergies", Random(4))
    ('Groupe Armor Énergies', 'ARMOR ENERGIES')
    """
    way = chance.randrange(6)
    if way == 0:
        return f"Groupe {name}"
    if way == 1:
        return plain(name).upper()
    if way == 2:
        return name + chance.choice(LEGAL)
    words = name.split()
    if way == 3 and len(words) > 2:
        return "".join(word[0] for word in words if word[0].isupper()) or name
    if way == 4 and len(words) > 1:
        return " ".join(words[:-1])
    return plain(name)


def reworded_city(name: str, postcode: str, chance: Random) -> str:
    """
    As a profile, a form or a letter says it.

    >>> [reworded_city("Saint-Malo", "35400", Random(seed)) for seed in (1, 3, 5)]
    ['Saint-Malo et périphérie', 'SAINT-MALO', 'Greater Saint-Malo Area']
    """
    return chance.choice(
        (
            f"{name}, France", f"{postcode} {name}", f"{name} et périphérie", plain(name).upper(),
            f"Greater {plain(name)} Area", f"Région de {name}, France", f"{name} ({postcode[:2]})",
            plain(name).replace("Saint-", "St ").replace("Sainte-", "Ste ").replace("-", " "),
        )
    )  # fmt: skip


def reworded_degree(level: str, subject: str, chance: Random) -> str:
    """
    The level in the words of the source, sometimes the level or the subject alone.

    >>> reworded_degree("Master", "Histoire", Random(1)), reworded_degree("Master", "Histoire", Random(8))
    ('Master (Histoire)', 'Master Histoire')
    """
    draw = chance.random()
    if draw < 0.05:
        return level
    if draw < 0.1:
        return subject
    if draw < 0.16:
        return f"{level} ({subject})"
    if draw < 0.55:
        return f"{level} {subject}"
    return f"{chance.choice(LEVELS.get(level, (level,)))} {subject}"
