"""The guide that goes with an export, in French and in English: somebody who has never seen Lierre reads it."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.utils import translation

from lierre.people.exporting.tables import what_stays


def stays_in_words(language: str) -> str:
    with translation.override(language):
        return "\n".join(f"- `{label}` : {why}" if language == "fr" else f"- `{label}`: {why}"
                         for label, why in what_stays().items())  # fmt: skip


FRENCH: Final = """\
# Tout ce que contient cette maison : {institution}

Cette archive est complète et ouverte : rien n’y demande Lierre pour être lu.

- `persons/schema.org.jsonl` : une personne par ligne, en schema.org (JSON-LD).
- `persons/jsonresume.jsonl` : une personne par ligne, au format JSON Resume 1.0.0.
- `csv/` : à ouvrir dans un tableur. `persons.csv`, `studies.csv`, `positions.csv`, `contact_points.csv` disent les
  personnes en toutes lettres ; les autres fichiers sont les tables de même nom. UTF-8, point-virgule, guillemets
  doubles ; une apostrophe précède ce qu’un tableur prendrait pour une formule.
- `tables/*.jsonl` : chaque table, une ligne JSON par rangée, sans aucune perte. C’est ce que relit `lierre restore`.
  Les moments sont en temps universel ; `null` veut dire inconnu.
- `tables/people.record.jsonl` : les témoignages. `raw` est la ligne telle qu’elle est venue, `facts` ce qui en a été
  compris, `asserted` le nombre de jours depuis le 1er janvier 1970, `source_id` qui parle, `person_id` de qui.
- `files/imports/` : les fichiers livrés, tels qu’ils sont venus, par numéro d’import. `files/media/` : les pièces jointes.
- `manifest.json` : la liste de tout, avec le nombre de lignes, la taille et l’empreinte SHA-256 de chaque fichier.

Les tables marquées `folded` dans le manifeste (études, postes, coordonnées) et les valeurs des personnes se déduisent
des témoignages : elles sont là pour être lues et comparées.

Pour refaire la maison ailleurs : installez Lierre, puis `lierre restore` suivi du nom de cette archive. La base doit
être vide. Chacun y choisit un nouveau mot de passe.

## Ce qui reste, et pourquoi

{stays}

## À savoir

Cette archive contient des données personnelles en clair. Chiffrez-la pour la transporter, et détruisez-la dès qu’elle a
servi.
"""

ENGLISH: Final = """\
# All that this house holds: {institution}

This archive is complete and open: nothing in it needs Lierre to be read.

- `persons/schema.org.jsonl`: one person a line, in schema.org (JSON-LD).
- `persons/jsonresume.jsonl`: one person a line, in JSON Resume 1.0.0.
- `csv/`: for a spreadsheet. `persons.csv`, `studies.csv`, `positions.csv`, `contact_points.csv` tell persons in words;
  the other files are the tables of the same name. UTF-8, semicolons, double quotes; an apostrophe stands before what a
  spreadsheet would take for a formula.
- `tables/*.jsonl`: each table, one line of JSON for each row, without any loss. This is what `lierre restore` reads.
  Moments are in universal time; `null` means unknown.
- `tables/people.record.jsonl`: the records. `raw` is the line as it came, `facts` what was understood of it, `asserted`
  the number of days since 1 January 1970, `source_id` who speaks, `person_id` of whom.
- `files/imports/`: the files that were delivered, as they came, by number of import. `files/media/`: attachments.
- `manifest.json`: the list of everything, with the number of lines, the size and the SHA-256 of each file.

Tables that are marked `folded` in the manifest (studies, positions, contact points) and the values of persons follow
from the records: they are there to be read and compared.

To build the house again elsewhere: install Lierre, then run `lierre restore` with the name of this archive. The base must be
empty. Everyone chooses a new password there.

## What stays, and why

{stays}

## Beware

This archive holds personal data in clear. Encrypt it to carry it, and destroy it as soon as it has served.
"""

TEXTS: Final = {"fr": FRENCH, "en": ENGLISH}


def text(language: str) -> str:
    return TEXTS[language].format(institution=settings.INSTITUTION, stays=stays_in_words(language))


GUIDES: Final[dict[str, tuple[str, Callable[[str], str]]]] = {"fr": ("LISEZMOI.md", text), "en": ("README.md", text)}
