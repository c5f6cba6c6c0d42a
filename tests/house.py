"""A whole house in small: one person of each role, and one of each thing that a page can be about.

Written by the product's own verbs and by its importer, so that every address leads to something true.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from demo.characters import CHARACTERS
from demo.exports import apogee
from lierre.accounts.models import Invitation, Role, Unit, User
from lierre.foundation.models import Duty, Work, Worker
from lierre.people import linking
from lierre.people.importing.receiving import receive
from lierre.people.models import Decision, Delivery, Import, Person, QuarantinedLine, Record, SavedSearch, Source
from lierre.people.saying import say, staff_source
from lierre.people.tests.witnesses import amelie
from tests.passkey import credential

PASSWORD = "ivy on the old wall"
# In the order of the table of access.
NAMES = {
    "communication": "Gwenaël Riou",
    "alumni_office": "Solenn Kerbrat",
    "hr": "Ronan Cloarec",
    "direction": "Hélène Morvan",
    "data_protection": "Maïwenn Tanguy",
    "it": "Malo Quéré",
    "recruiter_relations": "Klervi Madec",
    "ambassador": "Yann Le Goff",
    "graduate": "Amélie Hervé",
    "student": "Lena Cadiou",
    "recruiter": "Hugo Ferrand",
}
NOBODY_KNOWS = "Nom;Prénom;Lieu-dit\nTanguy;Gaëlle;Kerbihan\nQuéré;Nolwenn;Le Ster\n"


@dataclass
class Belongings:
    """What someone brought, asked or kept themselves: open to them, and to nobody of their kind."""

    person: Person
    imported: Import
    work: Work
    search: SavedSearch
    key: Authenticator | None = None


@dataclass
class House:
    university: Unit
    school: Unit
    closed: Unit
    users: dict[str, User]
    everybody: User  # holds every role, as no real person does
    person: Person
    record: Record
    decision: Decision
    applied: Import
    rehearsed: Import
    received: Import
    line: QuarantinedLine
    to_decide: QuarantinedLine
    work: Work
    search: SavedSearch
    source: Source
    invitation: Invitation
    role: Role
    belongings: dict[int, Belongings] = field(default_factory=dict)


def build(*, second_factors: bool = True) -> House:
    """Everything, in a base that is empty. Without `second_factors`, the roles sign in with their password alone."""
    Worker.objects.arrive("the tests")
    Duty.objects.write_down()
    university = Unit.objects.create(
        code="UBN", name="Université de Bretagne-Nord", kind="institution", path="/UBN/"
    )  # fmt: skip
    school = Unit.objects.create(
        code="IUTM", name="IUT de Morlaix", kind="school", parent=university, path="/UBN/IUTM/"
    )
    closed = Unit.objects.create(
        code="LEM", name="Laboratoire de la mer", kind="laboratory", parent=university, path="/UBN/LEM/",
        closed_on=date(2024, 8, 31),
    )  # fmt: skip
    users = {kind: someone(name, kind, university) for kind, name in NAMES.items()}
    everybody = someone("Nolwenn Toutes-Portes", "alumni_office", university)
    for kind in NAMES.keys() - {"alumni_office"}:
        Role.objects.create(user=everybody, unit=university, kind=kind)
    solenn = users["alumni_office"]

    person = amelie()
    applied = apogee_file(solenn, broken=True)
    applied.ask_apply(by=solenn).run_now()
    applied.refresh_from_db()
    known = Record.objects.filter(person=person).order_by("pk")
    decision = linking.separate(known[1], by=solenn, reason="Une autre personne du même nom.")
    rehearsed = apogee_file(solenn, suffix="B")
    received = receive([("liste.csv", BytesIO(NOBODY_KNOWS.encode()))], by=solenn)
    to_decide = QuarantinedLine.objects.create(
        delivery=applied.deliveries.get(), line=99, code=QuarantinedLine.TO_DECIDE, raw='["Hervé", "Amélie"]',
        candidates=list(Person.objects.order_by("pk").values_list("pk", flat=True)[:2]),
    )  # fmt: skip
    house = House(
        university, school, closed, users, everybody, person, known[0], decision, applied, rehearsed, received,
        QuarantinedLine.objects.refused().filter(delivery__imported=applied).latest("pk"), to_decide,
        Work.objects.asked_by(solenn).latest("pk"),
        SavedSearch.objects.keep("Masters de 2014", "promotion=2014", by=solenn),
        Source.objects.get(name="Scolarité"),
        Invitation.invite("gurvan.salaun@courriel.example", "graduate", school, by=solenn),
        Role.objects.get(user=users["ambassador"]),
    )  # fmt: skip
    for user in (*users.values(), everybody):
        house.belongings[user.pk] = belongings(user)
        if second_factors or user == everybody:
            house.belongings[user.pk].key = keys_of(user)
    return house


def someone(name: str, kind: str, unit: Unit) -> User:
    address = name.lower().translate(str.maketrans("éèïëæ ", "eeiea.")) + "@ubn.example"
    user: User = User.objects.create(email=address, password=hashed_once(), name=name)
    Role.objects.create(user=user, unit=unit, kind=kind)
    return user


@cache
def hashed_once() -> str:
    return make_password(PASSWORD)


def apogee_file(by: User, *, broken: bool = False, suffix: str = "") -> Import:
    """An extract of the school system about the characters, rehearsed. `broken`: a day that no calendar has."""
    lines = [line for person in CHARACTERS for line in apogee.lines_of(person)]
    if suffix:
        lines = [line.replace("Rue", "Quai").replace("rue", f"quai {suffix}") for line in lines]
    if broken:
        cells = lines[-1].split(";")
        cells[9] = "31/02/1994"
        lines.append(";".join(cells))
    content = "\r\n".join([apogee.HEADER, *lines, ""]).encode(apogee.ENCODING)
    source = Source.objects.get(name="Scolarité")
    imported = receive(
        [(f"IND_{suffix or 'A'}.csv", BytesIO(content))], by=by, source=source, asserted_on=date(2026, 10, 15)
    )
    imported.ask_rehearsal(by=by).run_now()
    imported.refresh_from_db()
    return imported


def belongings(user: User) -> Belongings:
    """Their own record, the archive they brought, the work they asked for, the search they keep."""
    given, _, family = user.name.partition(" ")
    facts = {"given": given, "family": family, "positions": [{"employer": "Armor Énergies", "title": "Archiviste"}]}
    person = say(facts, source=staff_source(), by="the tests").person
    assert person is not None
    person.account = user
    person.save(update_fields=["account"])
    imported = Import.objects.create(
        source=Source.objects.get_or_create(name="Archive", defaults={"kind": "archive", "siglum": "L"})[0],
        state="rehearsed", by_name=user.name, member_id=person.pk, rehearsal=EMPTY,
    )  # fmt: skip
    Delivery.objects.create(imported=imported, name="archive.zip", file="01", sha256="", size=1, dialect="linkedin")
    work = Work.ask("people.rehearse", by=user, title="archive.zip", on=imported, import_id=imported.pk)
    work.cancel(by=user)
    search = SavedSearch.objects.keep("Ma promotion", "promotion=2014", by=user)
    return Belongings(person, imported, work, search)


def keys_of(user: User) -> Authenticator:
    """An application, recovery codes and a passkey; the passkey is given back."""
    for kind, held in closed_keys().items():
        Authenticator.objects.create(user=user, type=kind, data=held)
    passkey = {"name": "Clé du bureau", "passwordless": True, "credential": credential()}
    return Authenticator.objects.create(user=user, type="webauthn", data=passkey)


@cache
def closed_keys() -> dict[str, Any]:
    """Encrypted once for everybody: it is slow, as it must be."""
    adapter = get_adapter()
    return {
        "totp": {"secret": adapter.encrypt("JBSWY3DPEHPK3PXP")},
        "recovery_codes": {"seed": adapter.encrypt("a seed of the tests"), "used_mask": 0},
    }


EMPTY: dict[str, Any] = {
    "lines": 1, "persons": {}, "values": {}, "samples": {}, "doubts": [], "doubt_samples": [], "seconds": 0.1,
    "counts": {"new": 0, "enriched": 1, "confirmed": 0, "unchanged": 0, "to_decide": 0, "rejected": 0},
}  # fmt: skip
