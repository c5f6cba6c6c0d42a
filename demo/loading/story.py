"""What no file delivers: Solenn on the telephone, Amélie in her own words, the accounts of those who sign in."""

from datetime import date
from typing import Any, Final

from django.db import transaction

from demo.characters import AMELIE, ERWAN, INES, LENA, MAMADOU, NOLWENN, TRISTAN, YANN
from demo.graduate import Graduate
from demo.loading.house import BY, source, user
from lierre.foundation.models.journal import record
from lierre.people.matching.keys import Key
from lierre.people.models import Person, Record, RecordKey
from lierre.people.models.imports import EPOCH
from lierre.people.saying import say

HER_MAIL: Final = {"kind": "email", "value": AMELIE.email, "use": "personal", "confirmed": True}
REFUSED: Final = {"kind": "email", "value": AMELIE.student_email, "refused": True}
EVERYBODY_HERE: Final = ["class", "graduates", "students", "recruiters"]
ARMOR: Final = {"employer": "Armor Énergies", "city": "Brest", "department": "29", "country": "FR"}

# Witness, day, what is said, why: in the order in which Amélie's page tells them.
SAID: Final[tuple[tuple[str, str, date, dict[str, Any], str], ...]] = (
    ("school", "Solenn Kerbrat", date(2015, 3, 3), {"contacts": [REFUSED]}, "Courrier refusé par le serveur."),
    ("member", "Amélie Hervé", date(2021, 6, 21), {"contacts": [HER_MAIL]}, ""),
    (
        "staff",
        "Solenn Kerbrat",
        date(2025, 9, 2),
        {"headline": "Énergie, science des données", "skills": ["Énergie", "Science des données"]},
        "Au téléphone.",
    ),
    (
        "member",
        "Amélie Hervé",
        date(2026, 3, 12),
        {
            "usage": "Hervé-Cariou",
            "positions": [
                {"title": "Responsable données", **ARMOR, "started": "2023-01", "rome": "M1423"},
                {"title": "Data engineer", **ARMOR, "started": "2018-09", "ended": "2022-12", "rome": "M1811"},
            ],
        },
        "",
    ),
    (
        "member",
        "Amélie Hervé",
        date(2026, 3, 12),
        {
            "audience_name": EVERYBODY_HERE,
            "audience_study": EVERYBODY_HERE,
            "audience_position": EVERYBODY_HERE,
            "audience_place": ["class", "graduates"],
            "audience_contact": ["class"],
        },
        "",
    ),
    ("member", "Amélie Hervé", date(2026, 11, 2), {"contacts": [HER_MAIL]}, "A répondu à une invitation."),
)

# Who opens their page to recruiters, the day, and what they say that no file knew.
EVERYTHING_SHOWN: Final = {
    f"audience_{family}": EVERYBODY_HERE for family in ("name", "study", "position", "place", "contact")
}
OPEN: Final[tuple[tuple[Graduate, date, dict[str, Any]], ...]] = (
    (
        NOLWENN, date(2026, 10, 6),
        {"headline": "Éolien en mer : du permis au premier tour de pale", "skills": ["Droit de l’énergie", "Éolien en mer"]},
    ),
    (ERWAN, date(2026, 9, 18), {"headline": "Réseaux électriques d’un territoire", "skills": ["Réseaux", "Stockage"]}),
    (INES, date(2026, 8, 27), {"headline": "Prix de l’électricité, à l’heure près", "skills": ["Économétrie", "Marchés"]}),
    (MAMADOU, date(2026, 10, 21), {"headline": "Hydroliennes : ce que dit la houle", "skills": ["Mécanique des fluides"]}),
    (TRISTAN, date(2025, 12, 2), {"headline": "L’énergie des petites communes", "skills": ["Thermique", "Écoles, salles"]}),
)  # fmt: skip


def person_of(graduate: Graduate) -> Person:
    """The person that the school's file made of a character."""
    keys = RecordKey.objects.filter(hash=Key("student_number", graduate.student_number).hash)
    found = (
        Record.objects.filter(id__in=keys.values("record_id"), person__isnull=False).select_related("person").first()
    )
    if found is None or found.person is None:
        raise LookupError(f"{graduate.given} {graduate.family} is not in the base: was the school's file brought?")
    return found.person


@transaction.atomic
def tell() -> None:
    """Say what was said, once."""
    amelie = person_of(AMELIE)
    for witness, by, day, facts, reason in SAID:
        speaker = source(witness)
        said = Record.objects.filter(person=amelie, source=speaker, delivery=None, asserted=(day - EPOCH).days)
        if not any(each.said == facts for each in said):
            chosen = any(name.startswith("audience_") for name in facts)
            verb = "person.told" if witness != "member" else "person.chose" if chosen else "person.spoke"
            say(facts, source=speaker, by=user(by), person=amelie, asserted_on=day, reason=reason, verb=verb)


@transaction.atomic
def open_their_pages() -> None:
    """Those whose story is told and who look for more: in their own words, once."""
    member = source("member")
    for graduate, day, words in OPEN:
        person, facts = person_of(graduate), {**words, **EVERYTHING_SHOWN}
        said = Record.objects.filter(person=person, source=member, delivery=None)
        if not any(each.said == facts for each in said):
            say(facts, source=member, by=BY, person=person, asserted_on=day, verb="person.spoke")


@transaction.atomic
def link_accounts() -> None:
    """Say which person each log-in is, for those who studied here."""
    for graduate, name in ((AMELIE, "Amélie Hervé"), (YANN, "Yann Le Goff"), (LENA, "Lena Cadiou")):
        person, account = person_of(graduate), user(name)
        if person.account_id != account.pk:
            person.account = account
            person.save(update_fields=["account"])
            record("person.account_linked", person, by=BY, why="La même personne que le compte.")
