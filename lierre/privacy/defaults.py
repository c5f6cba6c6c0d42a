"""What a French institution begins with: two controllers, their purposes. The data protection officer reads and corrects them.

Written in French because it is content, shown to the persons concerned, and edited afterwards; no sentence of the software.
"""

from typing import Any, Final

CONTROLLERS: Final[tuple[dict[str, Any], ...]] = (
    {"key": "ecole", "kind": "school", "name": "L’établissement", "represented_by": "la présidence de l’établissement"},
    {
        "key": "association", "kind": "association", "name": "L’association des diplômés",
        "represented_by": "la présidence de l’association",
    },
)  # fmt: skip
OFFICE: Final = "Le bureau des diplômés ; les services qui organisent la vie du réseau."
ASSOCIATION: Final = "Le secrétariat de l’association, ses bénévoles tenus au secret."
WEIGHED_GIFTS: Final = (
    "Intérêt poursuivi : financer des bourses et des projets par les dons de celles et ceux qui ont étudié ici. "
    "Nécessité : écrire aux diplômés est le seul moyen de les solliciter. Attentes raisonnables : un ancien élève "
    "s’attend à être sollicité par son école, de loin en loin. Garanties : deux sollicitations par an au plus, tous "
    "services réunis, opposition en un clic et sans connexion, aucune donnée sensible, aucun profilage de richesse, "
    "aucune cession. Conclusion : l’intérêt n’est pas dépassé par ceux des personnes."
)
WEIGHED_MENTORING: Final = (
    "Intérêt poursuivi : mettre en relation des étudiants et des diplômés qui acceptent d’être sollicités. "
    "Nécessité : le métier et la promotion suffisent. Garanties : les coordonnées ne sont pas montrées, chacun peut "
    "se retirer à tout moment. Conclusion : l’intérêt n’est pas dépassé par ceux des personnes."
)
WEIGHED_RECRUITERS: Final = (
    "Intérêt poursuivi : tenir à jour les relations avec les recruteurs qui déposent des offres. Nécessité : un nom, "
    "une fonction et une adresse professionnelle. Garanties : rien d’autre n’est conservé, opposition en un clic. "
    "Conclusion : l’intérêt n’est pas dépassé par ceux des personnes."
)
IDENTITY: Final = ["identity", "studies", "contacts"]
CAREER: Final = ["identity", "studies", "positions", "contacts"]


def purpose(
    key: str, population: str, controller: str, basis: str, label: str, why: str, **more: Any
) -> dict[str, Any]:
    """One line, with what most of them share."""
    usual = {
        "families": CAREER, "recipients": OFFICE, "retention_months": 36, "counted_from": "contact", "channel": "email",
        "is_ask": False, "is_topic": True, "balance_test": "",
    }  # fmt: skip
    named = {"key": key, "population": population, "controller": controller, "legal_basis": basis}
    return {**usual, **named, "label": label, "why": why, **more}


PURPOSES: Final[tuple[dict[str, Any], ...]] = (
    purpose(
        "relations", "graduates", "ecole", "public_task", "Vie du réseau des diplômés",
        "Garder le lien avec les diplômés, les inviter aux rencontres et donner des nouvelles de l’établissement.",
    ),
    purpose(
        "annuaire", "graduates", "ecole", "public_task", "Annuaire des diplômés",
        "Permettre aux diplômés de se retrouver, dans la limite de ce que chacun laisse voir.",
        channel="none", is_topic=False, families=[*CAREER, "profile", "choices"],
        recipients="Les diplômés, selon ce que chacun laisse voir ; le bureau des diplômés.",
    ),
    purpose(
        "diplomes", "graduates", "ecole", "legal_obligation", "Preuve des diplômes délivrés",
        "Conserver la trace des diplômes délivrés et pouvoir en attester.",
        channel="none", is_topic=False, families=["identity", "studies"], counted_from="never", retention_months=600,
        recipients="Le service de la scolarité.",
    ),
    purpose(
        "statistiques", "graduates", "ecole", "public_task", "Enquêtes d’insertion et statistiques",
        "Connaître le devenir des diplômés, comme le code de l’éducation le demande, et publier des chiffres sans nom.",
        is_ask=True, recipients="L’observatoire des études ; aucun nom n’est publié.", families=[*CAREER, "states"],
    ),
    purpose(
        "fiche", "graduates", "ecole", "public_task", "Mise à jour de ma fiche",
        "Demander de loin en loin si les informations connues sont encore exactes.", is_ask=True,
    ),
    purpose(
        "mentorat", "graduates", "ecole", "legitimate_interest", "Mentorat",
        "Proposer à des diplômés d’accompagner des étudiants.", balance_test=WEIGHED_MENTORING, is_ask=True,
    ),
    purpose(
        "dons", "graduates", "ecole", "legitimate_interest", "Appels aux dons",
        "Solliciter le soutien des diplômés pour des bourses et des projets.", balance_test=WEIGHED_GIFTS, is_ask=True,
        families=IDENTITY, recipients="La fondation ou le service chargé des dons.",
    ),
    purpose(
        "emploi", "graduates", "ecole", "consent", "Offres d’emploi",
        "Envoyer les offres d’emploi qui correspondent au parcours.",
        recipients="Le bureau des diplômés ; aucun recruteur ne reçoit les coordonnées.",
    ),
    purpose(
        "partenaires", "graduates", "ecole", "consent", "Messages de nos partenaires",
        "Transmettre des propositions de partenaires. Vos coordonnées ne leur sont pas données.", is_ask=True,
        families=IDENTITY,
    ),
    purpose(
        "photo", "graduates", "ecole", "consent", "Photographie",
        "Montrer la photographie dans l’annuaire.", channel="none", families=["profile"],
    ),
    purpose(
        "lettre-association", "graduates", "association", "consent", "Lettre de l’association",
        "Envoyer les nouvelles de l’association des diplômés.", families=IDENTITY, recipients=ASSOCIATION,
    ),
    purpose(
        "adhesion", "graduates", "association", "contract", "Adhésion à l’association",
        "Gérer les adhésions, les cotisations et les assemblées.", families=IDENTITY, recipients=ASSOCIATION,
        is_topic=False,
    ),
    purpose(
        "relations", "students", "ecole", "public_task", "Vie du réseau",
        "Faire connaître le réseau aux étudiants et préparer leur entrée dans la vie active.",
        families=["identity", "studies", "contacts"],
    ),
    purpose(
        "emploi", "students", "ecole", "public_task", "Stages et premières offres",
        "Envoyer les offres de stage, d’alternance et de premier emploi.", families=IDENTITY,
    ),
    purpose(
        "ambassadeurs", "staff", "ecole", "consent", "Ambassadeurs",
        "Proposer aux personnels volontaires des idées de publications.", families=["identity", "contacts"],
        recipients="Le service de la communication.",
    ),
    purpose(
        "recruteurs", "recruiters", "ecole", "legitimate_interest", "Relations avec les recruteurs",
        "Tenir à jour les contacts des recruteurs et publier leurs offres.", balance_test=WEIGHED_RECRUITERS,
        families=["identity", "positions", "contacts"],
    ),
    *(
        purpose(
            "information", population, "ecole", "legal_obligation", "Informations que nous vous devons",
            "Dire d’où viennent les données, répondre aux demandes, demander si elles peuvent être gardées, prévenir "
            "en cas de violation.",
            is_topic=False, families=["identity", "contacts"],
            recipients="La personne déléguée à la protection des données.",
        )
        for population in ("graduates", "students", "staff", "recruiters")
    ),
)  # fmt: skip


def load(controllers: Any, purposes: Any) -> None:
    """Write what is missing. Given the managers, so that a migration and a test load the same."""
    known = {each["key"]: controllers.get_or_create(key=each["key"], defaults=each)[0] for each in CONTROLLERS}
    for each in PURPOSES:
        values = each | {"controller": known[each["controller"]]}
        purposes.get_or_create(key=each["key"], population=each["population"], defaults=values)
