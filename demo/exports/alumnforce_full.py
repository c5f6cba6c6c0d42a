"""The full export that the back office of AlumnForce gives: one CSV, comma, ISO-8859-15, a line per account.

The header is the real one, its enumerations inside it. The traps of such files are there: `0` and `Non renseigné` where
nothing is known, `M` and `M.`, an address of ten years ago with its box “gone” (NPAI), jobs left since,
accounts that nobody linked to the school, accounts opened twice by one person. One line in 3 000 lost a
field when somebody opened the file in a spreadsheet (see `BAD`); one in 4 000 was born on a day that does not exist.
"""

from functools import cache
from pathlib import Path
from typing import Final

from demo.chance import stream
from demo.employers import EMPLOYER, SECTOR
from demo.exports.platform import Account, account_of, day, spaced, work_email
from demo.graduate import Graduate
from demo.membership import lot
from demo.places import COMMUNE
from demo.spelling import fitting, mistyped

ENCODING: Final = "iso-8859-15"
COLUMNS: Final = (
    (Path(__file__).parent / "headers" / "alumnforce_full_export_columns.txt").read_text(encoding="utf-8").splitlines()
)
BAD: Final = {"short": 3000, "date": 4000}  # one account in so many has such a line


def at(beginning: str) -> int:
    """The position of the column that begins so."""
    return next(number for number, column in enumerate(COLUMNS) if column.startswith(beginning))


@cache
def cell(text: str) -> str:
    """A text in one cell of that encoding."""
    fitted = fitting(text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"), ENCODING)
    return '"' + fitted.replace('"', '""') + '"' if "," in fitted or '"' in fitted else fitted


HEADER: Final = ",".join(cell(column) for column in COLUMNS)

IDENTITY: Final = (
    *(at(name) for name in ("Identifiant (AlumnForce)", "Identifiant (École)", "Prénom", "Nom d'état-civil")),
    *(at(name) for name in ("Nom d'usage", "Civilité", "Date de naissance", "Email personnel 1")),
    *(at(name) for name in ("Téléphone mobile personnel", "Statut (", "Compte activé", "Type utilisateur")),
    *(at(name) for name in ("Dernière mise à jour", "Email d'identification", "Nationalité")),
)
HOME: Final = tuple(
    at(f"Adresse personnelle - {name}") for name in ("Ligne 1", "Ville", "Code postal", "Pays (ISO)", "NPAI")
)
STUDIES: Final = (
    *(at(name) for name in ("Référence du diplôme", "Ecole", "Filière", "Spécialisation")),
    *(at(name) for name in ("Niveau d'étude", "A obtenu", "Date de promotion")),
)
WORK: Final = (
    *(at(name) for name in ("Situation actuelle", "Poste actuel", "Code Fontion", "Fonction / Métier")),
    *(at(f"Entreprise - {name}") for name in ("Nom", "Secteur", "Code SIRET")),
    *(at(f"Adresse professionnelle - {name}") for name in ("Ville", "Code postal", "Pays (ISO)")),
    *(at(name) for name in ("Email professionnel", "Début de l'expérience", "Fin de l'expérience", "Type de contrat")),
)
DIED, DAY_OF_DEATH, WANTS_MAIL = at("Membre décédé"), at("Date de décès"), at("J'accepte de recevoir les mails")
YEARS_AFTER_BAC: Final = {
    "dut": 2,
    "licence": 3,
    "licence_pro": 3,
    "but": 3,
    "master": 5,
    "engineer": 5,
    "doctorate": 8,
}


def lines_of(person: Graduate) -> list[str]:
    """The lines of one person: none for most, two for the few who opened a second account."""
    account = account_of(person)
    if account is None:
        return []
    found = [_spoilt(_cells(account), person)]
    if person.number >= 0 and lot(person, "second account", 150) == 0:
        again = _cells(account)
        again[IDENTITY[0]], again[IDENTITY[1]] = f"9{account.identifier}", ""
        again[IDENTITY[3]] = cell(mistyped(person.shown(), stream(person.number, "second account")))
        again[IDENTITY[7]] = again[IDENTITY[13]] = f"{account.identifier}.{account.email}"
        found.append(again)
    return [",".join(cells) for cells in found]


def _cells(account: Account) -> list[str]:
    person = account.person
    cells = [""] * len(COLUMNS)
    draw = lot(person, "account", 1009) / 1009
    women, men = ("Mme", ("M." if draw < 0.9 else "M"))
    for where, value in zip(
        IDENTITY,
        (
            account.identifier,
            account.school_identifier,
            cell(person.given),
            cell(person.family),
            cell(person.usage(account.seen.year)),
            women if person.sex == "f" else men,
            day(person.born),
            account.email,
            spaced(person.phone) if draw < 0.6 else "0" if draw > 0.97 else "",
            account.state,
            "1" if account.state == "3" else "0",
            "1",
            day(account.seen),
            account.email if account.state == "3" else "",
            person.nationality if draw < 0.7 else "Non renseigné" if draw > 0.95 else "",
        ),
        strict=True,
    ):
        cells[where] = value
    _studies(cells, person)
    _home(cells, person, account, draw)
    _work(cells, account)
    if person.died and draw < 0.6:
        cells[DIED], cells[DAY_OF_DEATH] = "1", day(person.died)
    cells[WANTS_MAIL] = "0" if person.do_not_contact else "1"
    return cells


def _studies(cells: list[str], person: Graduate) -> None:
    degree = person.last.degree
    for where, value in zip(
        STUDIES,
        (
            degree.code,
            "Université de Bretagne-Nord",
            cell(degree.label),
            cell(degree.discipline),
            str(YEARS_AFTER_BAC.get(degree.level, 4)),
            "1" if person.last.obtained else "0",
            str(person.last.year),
        ),
        strict=True,
    ):
        cells[where] = value


def _home(cells: list[str], person: Graduate, account: Account, draw: float) -> None:
    # Where they lived when they last came: near the job of that time, or at their parents'.
    job = account.job
    commune = COMMUNE.get(job.city) if job and job.country == "FR" else None if job else person.origin
    refused = "1" if draw < 0.06 else "0"
    if job and job.country != "FR":
        values = ("", cell(job.city), "", job.country, "0")
    elif commune is None or draw > 0.75:
        return
    else:
        values = (cell(person.street), cell(commune.name), commune.postcode, "FR", refused)
    for where, value in zip(HOME, values, strict=True):
        cells[where] = value


def _work(cells: list[str], account: Account) -> None:
    job = account.job
    if job is None:
        cells[WORK[0]] = "Non renseigné" if lot(account.person, "unsaid", 3) == 0 else "En recherche d'emploi"
        return
    employer, commune = EMPLOYER.get(job.employer), COMMUNE.get(job.city)
    for where, value in zip(
        WORK,
        (
            "En activité",
            cell(job.title),
            job.rome,
            cell(job.title),
            cell(job.employer),
            cell(SECTOR[employer.section]) if employer else "",
            employer.siret if employer and lot(account.person, "siret", 2) else "",
            cell(job.city),
            commune.postcode if commune and job.country == "FR" else "",
            job.country,
            work_email(account.person, job.domain) if lot(account.person, "work mail", 3) == 0 else "",
            f"01/{job.started[1]:02d}/{job.started[0]}",
            "",
            cell(job.contract),
        ),
        strict=True,
    ):
        cells[where] = value


def _spoilt(cells: list[str], person: Graduate) -> list[str]:
    if person.number > 0 and person.number % BAD["short"] == 240:
        return cells[:80]
    if person.number > 0 and person.number % BAD["date"] == 320:
        cells[IDENTITY[6]] = f"31/11/{person.born.year}"
    return cells
