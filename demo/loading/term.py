"""What the institution says from September to December, around the weeks that presence.py tells in detail."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

# Days from the first Monday of September, hour, networks, text.
SAID: Final = (
    (0, 9, "linkedin facebook mastodon bluesky", "Bonne rentrée : 21 400 étudiants, 34 laboratoires, une université."),
    (1, 12, "facebook", "Cartes d’étudiant : où, quand, avec quelle pièce d’identité."),
    (2, 17, "mastodon", "Notre charte de la science ouverte a un an. Ce qui a changé, ce qui résiste."),
    (3, 9, "linkedin", "Ils arrivent : quarante-deux enseignants-chercheurs rejoignent nos équipes."),
    (7, 12, "facebook mastodon", "Le guide de la vie étudiante est en ligne, en trois langues."),
    (8, 9, "linkedin bluesky", "Alternance : cent quatre entreprises cherchent encore. Les offres de la semaine."),
    (10, 18, "facebook", "Journée d’accueil des étudiants internationaux : merci aux cent vingt parrains."),
    (14, 9, "linkedin", "Dix ans de l’ENSIB : que sont devenus les premiers diplômés ?"),
    (15, 12, "mastodon bluesky", "Une thèse en algues : les marées vertes vues de l’espace."),
    (17, 17, "facebook bluesky", "Journées du patrimoine : la bibliothèque ouvre sa réserve."),
    (21, 9, "linkedin facebook", "Semaine de la mobilité : venir sans voiture, mode d’emploi."),
    (22, 12, "mastodon", "Logiciels libres à l’université : la carte de ceux que nos équipes maintiennent."),
    (24, 9, "linkedin", "Le bureau des diplômés cherche des jurés pour les soutenances de master."),
    (28, 9, "linkedin bluesky", "Fête de la science : le programme des huit sites."),
    (29, 17, "facebook", "Élections étudiantes : qui vote, pour quoi, jusqu’à quand."),
    (31, 12, "mastodon bluesky", "Ce que la houle dit du climat : trois minutes avec une océanographe."),
    (35, 9, "linkedin facebook", "Fête de la science : 6 200 visiteurs, et beaucoup de questions."),
    (36, 12, "bluesky", "Le breton à l’université : cinq idées fausses."),
    (38, 9, "linkedin", "Insertion : 91 % de nos diplômés de master en emploi dix-huit mois après."),
    (42, 9, "linkedin mastodon", "Un jumeau numérique de la rade : la chaire énergie présente ses résultats."),
    (43, 18, "facebook", "Vacances d’automne : les horaires des bibliothèques."),
    (45, 9, "linkedin bluesky", "Recrutement : vingt contrats doctoraux ouverts au concours."),
    (49, 12, "mastodon", "Données ouvertes : nos relevés de salinité depuis 1998."),
    (51, 9, "linkedin facebook", "Octobre rose : l’équipe du centre de santé vous attend hall A."),
    (91, 9, "linkedin facebook", "Remise des prix de l’innovation pédagogique."),
    (92, 12, "mastodon bluesky", "Bibliothèque numérique : mille manuscrits de plus."),
    (94, 9, "linkedin", "Les métiers de la donnée racontés par ceux qui les font."),
    (98, 9, "linkedin bluesky", "Parcoursup : nos portes ouvertes, formation par formation."),
    (99, 17, "facebook", "Chorale de Noël dans l’amphithéâtre : entrée libre."),
    (101, 12, "mastodon", "Bilan de l’année : ce que nos équipes ont publié, en accès ouvert."),
    (105, 9, "linkedin facebook mastodon bluesky", "Fermeture de fin d’année : ce qui reste ouvert, et comment nous joindre."),
)  # fmt: skip


def term(today: date, before: date, after: date) -> Iterator[tuple[date, int, str, str, str]]:
    """Day, hour, networks, text and what becomes of it, without the days from `before` to `after`, told elsewhere."""
    year = today.year if today.month >= 9 else today.year - 1
    first = date(year, 9, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    for days, hour, networks, text in SAID:
        day = monday + timedelta(days=days)
        if not before <= day <= after:
            yield day, hour, networks, text, "sent" if day < today else "ready"
