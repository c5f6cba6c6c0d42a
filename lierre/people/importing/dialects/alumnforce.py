"""AlumnForce, an alumni platform: the full export of its back office, and the five tables that it sends every night."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.people.importing.dialects.columned import Columned

NOTHING: Final = frozenset({"0", "Non renseigné", "Non renseignée", "non renseigné"})
HOME: Final = {
    **{f"adresse personnelle {name}": "contacts.address" for name in ("ligne 1", "ligne 2", "ligne 3", "ligne 4")},
    "adresse personnelle ville": "contacts.city", "adresse personnelle code postal": "contacts.postcode",
    "adresse personnelle cedex": "cedex", "adresse personnelle pays": "contacts.country",
    "adresse personnelle npai": "contacts.refused",
    "npai": "contacts.refused",
}  # fmt: skip
WORK: Final = {
    "adresse professionnelle ville": "positions.city", "adresse professionnelle code postal": "positions.postcode",
    "adresse professionnelle pays": "positions.country", "email professionnel": "contacts.email_work",
    "telephone fixe professionnel": "contacts.phone_work", "telephone mobile professionnel": "contacts.phone_work",
    "type de contrat": "positions.contract",
}  # fmt: skip
DIALLING: Final = ("indicateur telephone fixe professionnel", "indicateur telephone mobile professionnel")
PERSON: Final = {
    "identifiant ecole": "student_number", "prenom": "given", "nom d etat civil": "family", "nom d usage": "usage",
    "civilite": "sex", "date de naissance": "born", "telephone fixe personnel": "contacts.phone_personal",
    "telephone mobile personnel": "contacts.phone_personal", "email personnel 1": "contacts.email_personal",
    "email personnel 2": "contacts.email_personal", "nationalite": "nationality", "date de deces": "died_on",
    **HOME,
}  # fmt: skip
FULL: Final = {
    **PERSON, **WORK, "identifiant (alumnforce)": "identifier", "identifiant (ecole)": "student_number",
    "compte active": "activated", "membre decede": "died", "email d identification": "contacts.email",
    "derniere mise a jour": "asserted_on",
    "reference du diplome": "studies.code", "filiere": "studies.degree", "specialisation": "studies.discipline",
    "a obtenu son diplome ?": "studies.obtained", "date de promotion": "studies.year", "poste actuel": "positions.title",
    "code fontion / metier": "positions.rome", "code fonction / metier": "positions.rome",
    "entreprise nom": "positions.employer", "entreprise secteur d activite": "positions.sector",
    "entreprise code siret": "positions.siret", "debut de l experience": "positions.started",
    "fin de l experience": "positions.ended", "fonction / metier": "function", "email de notification": "contacts.email",
    "j accepte de recevoir les mails de l association": "contactable",
}  # fmt: skip
LMD: Final = {"L": "licence", "M": "master", "D": "doctorate"}


def as_the_account_says(facts: dict[str, Any], labels: Mapping[str, str]) -> None:  # noqa: ARG001 - as every finish
    """
    The address that opens an account is proven once the account was activated, and not before.

    Where “Filière” holds the letter of a cycle only, the degree is what its reference says.
    """
    if not facts.pop("activated", False):
        for contact in facts.get("contacts", ()):
            contact.pop("confirmed", None)
    study = facts.get("study", {})
    if level := LMD.get(study.get("degree", "").upper()):
        study["level"] = level
        del study["degree"]
        if "code" in study:
            study["degree"] = study["code"]


def nightly(kind: str, targets: dict[str, str], signature: set[str], order: int, label: Any) -> Columned:
    return Columned(
        f"alumnforce-{kind}", label, "platform", targets, frozenset(signature), order=order, prefixes=True,
        required="identifier", nothing=NOTHING,
    )  # fmt: skip


BY_ACCOUNT: Final = {"identifiant af": "identifier", "identifiant ecole": "student_number"}
EXPORT: Final = Columned(
    "alumnforce", _("AlumnForce, full export"), "platform", FULL,
    frozenset({"identifiant (alumnforce)", "prenom", "nom d etat civil", "statut", "compte active"}),
    order=10, prefixes=True, proven_emails=frozenset({"email d identification"}), finish=as_the_account_says,
    required="identifier", nothing=NOTHING,
)  # fmt: skip
USERS: Final = nightly(
    "users", {"identifiant af": "identifier", **PERSON, "decede": "died"},
    {"identifiant af", "identifiant ecole", "prenom", "nom d etat civil", "npai"}, 10, _("AlumnForce, users of the night"),
)  # fmt: skip
GROUPS: Final = Columned(
    "alumnforce-groups", _("AlumnForce, groups of the night"), "platform", {},
    frozenset({"url du groupe", "nom du groupe", "categorie du groupe"}), order=20, silent=True,
)  # fmt: skip
MEMBERS: Final = nightly(
    "groupmembers", {"identifiant af utilisateur": "identifier"},
    {"identifiant af utilisateur", "identifiant af groupe", "role dans le groupe"}, 30,
    _("AlumnForce, members of groups of the night"),
)  # fmt: skip
DEGREES: Final = nightly(
    "userdegrees",
    {
        **BY_ACCOUNT, "reference du diplome": "studies.degree", "a obtenu son diplome ?": "studies.obtained",
        "date d obtention du diplome": "studies.year", "cycle": "cycle",
    },
    {"identifiant af", "reference du diplome", "mode de formation", "cycle"}, 40, _("AlumnForce, degrees of the night"),
)  # fmt: skip
JOBS: Final = nightly(
    "userjobs",
    {
        **BY_ACCOUNT, **WORK, **dict.fromkeys(DIALLING, "phone_prefix"), "fonction dans l entreprise": "function",
        "titre du poste": "positions.title", "nom de l entreprise": "positions.employer",
        "date de debut de l experience": "positions.started", "date de fin de l experience": "positions.ended",
        "poste actuel ?": "positions.current",
    },
    {"identifiant af", "titre du poste", "nom de l entreprise", "poste actuel ?"}, 50, _("AlumnForce, jobs of the night"),
)  # fmt: skip
ALL: Final = (EXPORT, USERS, GROUPS, MEMBERS, DEGREES, JOBS)
