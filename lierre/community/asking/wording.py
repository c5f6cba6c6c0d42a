"""The question, in words: one sentence, about one thing, as one would ask it of an acquaintance."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from lierre.community.models.candidate import Kind
from lierre.people.fold.text import folded

# One works "chez Airbus" and "au centre hospitalier": behind a common noun, the name is set apart by a comma instead.
COMMON_NOUNS: Final = frozenset(
    {
        "academie", "agence", "antenne", "archives", "association", "assemblee", "banque", "bibliotheque",
        "bureau", "cabinet", "caisse", "centre", "chambre", "chantiers", "clinique", "college", "comite",
        "commissariat", "communaute", "compagnie", "conseil", "conservatoire", "cour", "coordination",
        "cooperative", "departement", "direction", "ecole", "etablissement", "faculte", "federation",
        "fondation", "gendarmerie", "groupe", "hopital", "hopitaux", "inspection", "institut", "laboratoire",
        "laboratoires", "ligue", "lycee", "maison", "mairie", "metropole", "ministere", "musee", "mutuelle",
        "observatoire", "office", "ordre", "orchestre", "parc", "pole", "port", "prefecture", "region",
        "reseau", "residence", "scene", "secretariat", "service", "services", "societe", "syndicat", "theatre",
        "tribunal", "union", "universite", "ville",
    }
)  # fmt: skip


def question(kind: str, about: Mapping[str, Any]) -> str:
    """In the language of the moment. `about`: the position as a record says it."""
    title, employer = in_a_sentence(about.get("title", "")), about.get("employer", "")
    if kind == Kind.STILL and title and employer:
        if names_an_institution(employer):
            return _("Still %(title)s, %(employer)s?") % {"title": title, "employer": employer}
        return _("Still %(title)s at %(employer)s?") % {"title": title, "employer": employer}
    if kind == Kind.STILL and employer:
        if names_an_institution(employer):
            return _("Still working there: %(employer)s?") % {"employer": employer}
        return _("Still at %(employer)s?") % {"employer": employer}
    if kind == Kind.STILL and title:
        return _("Still %(title)s?") % {"title": title}
    return _("What do you do today?")


def names_an_institution(employer: str) -> bool:
    """
    >>> names_an_institution("Centre hospitalier du Ponant"), names_an_institution("Armor Énergies")
    (True, False)
    """
    return folded(employer).partition(" ")[0] in COMMON_NOUNS


def in_a_sentence(title: str) -> str:
    """
    A title inside a sentence loses its capital, unless it is an abbreviation.

    >>> in_a_sentence("Ingénieure qualité"), in_a_sentence("DRH"), in_a_sentence("")
    ('ingénieure qualité', 'DRH', '')
    """
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
