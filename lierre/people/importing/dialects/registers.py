"""Smaller registers that are tables: ScoDoc, in institutes of technology, and CiviCRM, in associations."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.people.importing.dialects.columned import Columned


def former_is_another(facts: dict[str, Any], labels: Mapping[str, str]) -> None:  # noqa: ARG001 - as every finish
    """Who once bore another name bears the present one by usage."""
    if facts.get("former") and "family" in facts:
        facts["usage"] = facts.pop("family")


SCODOC: Final = Columned(
    "scodoc", _("ScoDoc, students"), "school",
    {
        "code nip": "student_number", "code ine": "ine", "nom": "family", "nom usuel": "usage", "prenom": "given",
        "civilite": "sex", "date naissance": "born", "lieu naissance": "birth_place", "nationalite": "nationality",
        "email": "contacts.email", "emailperso": "contacts.email_personal", "telephone": "contacts.phone",
        "telephonemobile": "contacts.phone_personal", "domicile": "contacts.address",
        "codepostaldomicile": "contacts.postcode", "villedomicile": "contacts.city", "paysdomicile": "contacts.country",
    },
    # Its model writes what a cell may hold beside the name: “civilite(M,F,X)”, “date_naissance(jj/mm/aaaa)”.
    frozenset({"code nip", "code ine", "nom", "prenom", "date naissance"}), order=10, required="student_number",
    prefixes=True,
)  # fmt: skip
CIVICRM: Final = Columned(
    "civicrm", _("CiviCRM, contacts"), "third",
    {
        "contact id": "identifier", "external identifier": "student_number", "first name": "given",
        "middle name": "given_others", "last name": "family", "former name": "former", "gender": "sex",
        "birth date": "born", "street address": "contacts.address", "supplemental address 1": "contacts.address",
        "city": "contacts.city", "postal code": "contacts.postcode", "country": "contacts.country",
        "email": "contacts.email", "website": "website", "phone": "contacts.phone", "job title": "positions.title",
        "current employer": "positions.employer", "deceased": "died", "deceased date": "died_on",
        "opt out": "do_not_contact", "no bulk emails (user opt out)": "do_not_contact",
    },
    frozenset({"first name", "last name", "birth date", "external identifier"}), order=10, date_order="",
    finish=former_is_another,
)  # fmt: skip
ALL: Final = (SCODOC, CIVICRM)
