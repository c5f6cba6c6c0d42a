"""What AlumnForce drops every night by FTPS: five files of tabs, of the accounts that changed since the day before.

UTF-8, CRLF, no quotes, `\\` before a tab, booleans `0`, `1` or nothing. When a job changes, all the jobs of that person
are sent again, so these know the present where the full export still says the past. The trap of this night: a line of
the users that lost its last column, which the file of the next night would repair, and a group role nobody foresaw.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from demo.exports.platform import Account, account_of, day, spaced
from demo.exports.tables import save_tabs
from demo.graduate import Graduate, Job
from demo.membership import lot
from demo.places import COMMUNE
from demo.spelling import compact

NIGHT: Final = "20261120"
KINDS: Final = ("users", "groups", "groupmembers", "userdegrees", "userjobs")
FILES: Final = tuple(f"export{kind}-afbo-UBN-{NIGHT}.csv" for kind in KINDS)
CHANGED: Final = 60  # one account in so many


def header(kind: str) -> str:
    """The real header of one of the five."""
    return (Path(__file__).parent / "headers" / f"alumnforce_{kind}.tsv").read_text(encoding="utf-8").rstrip("\r\n")


HEADERS: Final = {kind: header(kind) for kind in KINDS}
GROUPS: Final = (
    ("51", "Promotion Statistique et société", "Promotions"),
    ("52", "Diplômés de l’IUT de Morlaix", "Composantes"),
    ("53", "Bretons de Paris", "Groupes géographiques"),
    ("54", "Énergies marines", "Groupes professionnels"),
    ("55", "Rennes et alentours", "Groupes géographiques"),
)
ROLES: Final = ("membre", "membre", "membre", "modérateur", "responsable", "invité", "désinscrit", "sur liste")


def takes(person: Graduate) -> bool:
    """Whether the account of this person changed that night."""
    if account_of(person) is None or person.died:
        return False
    return person.family == "Bellec" if person.number < 0 else lot(person, "night", CHANGED) == 0


def write(persons: Sequence[Graduate], folder: Path) -> None:
    """Write the five files."""
    accounts = [account for account in map(account_of, persons) if account]
    rows: dict[str, list[tuple[str, ...]]] = {
        "users": [_user(account) for account in accounts],
        "groups": [(number, "", f"/group/{compact(name)}/{number}", name, kind) for number, name, kind in GROUPS],
        "groupmembers": [_member(account) for account in accounts],
        "userdegrees": [row for account in accounts for row in _degrees(account)],
        "userjobs": [row for account in accounts for row in _jobs(account)],
    }
    if len(rows["users"]) > 3:
        rows["users"][3] = rows["users"][3][:-1]
        rows["groupmembers"][3] = (*rows["groupmembers"][3][:3], "banni")
    for kind, file in zip(KINDS, FILES, strict=True):
        save_tabs(folder / file, HEADERS[kind], rows[kind])


def _filled(kind: str, values: dict[str, str]) -> tuple[str, ...]:
    columns = HEADERS[kind].split("\t")
    unknown = values.keys() - set(columns)
    if unknown:
        raise ValueError(f"No such column: {sorted(unknown)}")
    return tuple(values.get(column, "") for column in columns)


def _user(account: Account) -> tuple[str, ...]:
    person, home = account.person, account.person.home
    return _filled(
        "users",
        {
            "Identifiant AF": account.identifier,
            "Identifiant école": account.school_identifier,
            "Prénom": person.given,
            "Nom d'état civil": person.family,
            "Nom d'usage": person.usage(),
            "Civilité": "Mme" if person.sex == "f" else "M",
            "Date de naissance": day(person.born),
            "Adresse personnelle - Ligne 1": person.street if home else "",
            "Adresse personnelle - Code Postal": home.postcode if home else "",
            "Adresse personnelle - Ville": home.name if home else "",
            "Adresse personnelle - Pays": "FR" if home else "",
            "NPAI": "0" if home else "",
            "Téléphone mobile personnel": spaced(person.phone),
            "Email personnel 1": person.email,
            "Email personnel 2": account.email if account.email != person.email else "",
            "Nationalité": person.nationality,
            "Décédé": "0",
            "Type d'utilisateur": "1",
            "Réception courrier": "0" if person.do_not_contact else "1",
        },
    )


def _member(account: Account) -> tuple[str, ...]:
    group = GROUPS[lot(account.person, "group", len(GROUPS))][0]
    return account.identifier, "", group, ROLES[lot(account.person, "role", len(ROLES))]


def _degrees(account: Account) -> Iterator[tuple[str, ...]]:
    for diploma in account.person.diplomas:
        yield _filled(
            "userdegrees",
            {
                "Identifiant AF": account.identifier,
                "Identifiant école": account.school_identifier,
                "Référence du diplôme": diploma.degree.label,
                "A obtenu son diplôme ?": "1" if diploma.obtained else "0",
                "Date d'obtention du diplôme": f"30/09/{diploma.year}",
                "Mode de formation": "Formation initiale",
                "Cycle": diploma.degree.discipline,
            },
        )


def _jobs(account: Account) -> Iterator[tuple[str, ...]]:
    for job in account.person.jobs[-3:]:
        yield _filled("userjobs", _job(account, job))


def _job(account: Account, job: Job) -> dict[str, str]:
    commune = COMMUNE.get(job.city) if job.country == "FR" else None
    return {
        "Identifiant AF": account.identifier,
        "Identifiant école": account.school_identifier,
        "Titre du poste": job.title,
        "Fonction dans l'entreprise": job.title,
        "Nom de l'entreprise": job.employer,
        "Adresse professionnelle - Code postal": commune.postcode if commune else "",
        "Adresse professionnelle - Ville": job.city,
        "Adresse professionnelle - Pays": job.country,
        "Date de début de l'expérience": f"01/{job.started[1]:02d}/{job.started[0]}",
        "Date de fin de l'expérience": f"01/{job.ended[1]:02d}/{job.ended[0]}" if job.ended else "",
        "Type de contrat": job.contract,
        "Poste actuel ?": "0" if job.ended else "1",
        "J'ai créé cette entreprise ?": "0",
        "J'ai repris cette entreprise ?": "0",
    }
