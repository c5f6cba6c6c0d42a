"""More of everything, so that a list of three and a list of thirty can be compared."""

import json
from datetime import date

from lierre.accounts.models import Invitation, Role, Unit, User
from lierre.foundation.models import Work
from lierre.foundation.models.journal import record
from lierre.people.matching.keys import hashed
from lierre.people.models import Delivery, Import, PolicyVersion, QuarantinedLine, Record, SavedSearch, Source
from lierre.people.refold import fold_again
from lierre.people.tests.witnesses import tell
from tests.house import EMPTY, House
from tests.speaking import speak_up

NAMES = ("Bellec", "Cadiou", "Jaouen", "Kerbrat", "Le Goff", "Morvan", "Prigent", "Quéré", "Riou", "Salaün")


def add(house: House, first: int, last: int) -> None:
    """Number `first` to `last` of each kind of thing."""
    by = house.everybody
    for number in range(first, last):
        family, year = NAMES[number % len(NAMES)], 2000 + number
        person = tell(
            None, "school", date(year, 10, 1), given=f"Erwan{number}", family=family, student_number=f"9{number:07}",
            studies=[{"degree": f"Master {number}", "year": year}],
            positions=[{"employer": f"Atelier {number}", "title": "Ingénieure", "department": "29"}],
        )  # fmt: skip
        heard(house, number)
        unit = Unit.objects.create(
            code=f"L{number}", name=f"Laboratoire {number}", kind="laboratory", parent=house.school,
            path=f"{house.school.path}L{number}/",
        )  # fmt: skip
        user = User.objects.create_user(email=f"erwan.{number}@ubn.example", password=None, name=f"Erwan {family}")
        Role.objects.create(user=user, unit=house.school, kind="ambassador")
        Role.objects.create(user=by, unit=unit, kind="alumni_office")
        Role.objects.create(user=house.users["ambassador"], unit=unit, kind="hr")
        Invitation.invite(f"gaelle.{number}@courriel.example", "graduate", house.school, by=by)
        source = Source.objects.create(name=f"Enquête {number}", kind="survey", siglum="E")
        imported = Import.objects.create(source=source, state="applied", by_name=str(by), rehearsal=EMPTY)
        files = [Delivery(imported=each, name=f"{number}.csv", file="01", sha256="", size=1, dialect="generic", header=["NOM"])
                 for each in (imported, house.received, house.applied)]  # fmt: skip
        Delivery.objects.bulk_create(files)
        for delivery in (*files[::2], house.applied.deliveries.first()):
            fault = {"code": "impossible_date", "column": "NOM", "value": "31/02", "raw": '["31/02"]'}
            QuarantinedLine.objects.create(delivery=delivery, line=1000 + number, **fault)
        work = Work.ask("people.rehearse", by=by, title=f"{number}.csv", on=imported, import_id=imported.pk)
        work.cancel(by=by)
        SavedSearch.objects.keep(f"Recherche {number}", f"promotion={year}", by=by)
        PolicyVersion.objects.create(orders={}, reason=f"Décision {number}", by_name=str(by))
        record("person.corrected", person, by=by, why="Au téléphone.", number=number)
        speak_up(by, f"Sujet {number}")


def heard(house: House, number: int) -> None:
    """One witness more about the person of the house."""
    facts = {
        "positions": [{"employer": f"Atelier {number}", "title": f"Chargée de mission {number}", "started": "2015"}]
    }
    text = json.dumps(facts)
    Record.objects.create(
        person=house.person, source=house.source, asserted=15_000 + number, digest=hashed(text), raw=text, facts=text
    )
    fold_again([house.person.pk])
    record("person.corrected", house.person, by=house.everybody, why="Au téléphone.", number=number)
