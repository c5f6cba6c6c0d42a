"""What a process of its own does, on a base and a folder of its own: someone is known everywhere, then asks to be erased.

Prints what of her stands in the raw bytes of the folder, before and after.
"""

import json
from datetime import date
from pathlib import Path

# Words that nobody else bears, as they are written and as they are searched.
HERS = ("trégastel", "tregastel", "enora.t@", "21999999", "quéménéven", "quemeneven")
ROWS = (
    {
        "NOM": "TRÉGASTEL", "PRENOM": "Enora", "NUMERO": "21999999", "MEL": "enora.t@courriel.example",
        "ANNEE": "2015", "DIPLOME": "Licence",
    },
    {"NOM": "Bellec", "PRENOM": "Erwan", "NUMERO": "21700002", "MEL": "erwan@courriel.example", "ANNEE": "2015"},
)  # fmt: skip


def found_in(folder: Path) -> dict[str, list[str]]:
    """In which files each word stands, whatever the case."""
    found: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace").lower()
            for word in HERS:
                if word in text:
                    found.setdefault(word, []).append(path.name)
    return found


def main(folder: str, way: str) -> None:
    from django.db import connection

    before_and_after = [found_in(Path(folder)) for _step in known_everywhere(way)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE family = 'Bellec'")
        (others,) = cursor.fetchone()
    print(json.dumps({"before": before_and_after[0], "after": before_and_after[1], "others": others}))  # noqa: T201


def known_everywhere(way):  # type: ignore[no-untyped-def]
    from lierre.people.erasing import erase_all
    from lierre.people.models import Person, Source
    from lierre.people.tests.imports import applied
    from lierre.people.tests.witnesses import tell
    from lierre.privacy.contacting import record_contact
    from lierre.privacy.erasing import fulfil
    from lierre.privacy.models import Consent, Letter, Purpose, Request, note_sign

    school = Source.objects.create(name="Scolarité", kind="school", siglum="S")
    applied(ROWS, school, date(2026, 1, 5), by="the tests")
    enora = Person.objects.get(given="Enora")
    tell(enora, "member", date(2026, 3, 1), usage="Quéménéven")
    enora.refresh_from_db()
    letter = Purpose.objects.get(key="lettre-association")
    Consent.write(enora, "yes", purpose=letter, how="mail", words="Oui, signé Enora Trégastel.", by="the tests")
    record_contact(enora, letter, service="association")
    note_sign(enora, "click")
    Letter.objects.create(person=enora, kind="notice", turn=school.pk)
    asked = Request.receive(
        "erasure", name="Enora Trégastel", email="enora.t@courriel.example", message="Trégastel, 21999999", by="the tests"
    )  # fmt: skip
    asked.identify(enora, "address", by="the tests")
    yield
    if way == "request":
        fulfil(asked, by="the tests", answer="C’est fait, madame Quéménéven.")
    elif way == "page":
        by_the_page(enora)
    else:
        erase_all([enora, tell(None, "school", date(2026, 1, 1), given="Lena", family="Cadiou")], by="x", reason="x")
    yield


def by_the_page(enora):  # type: ignore[no-untyped-def]
    """As the data protection officer does it, in their browser."""
    from django.test import Client
    from django.urls import reverse

    from lierre.accounts.models import Role, Unit, User

    unit = Unit.objects.create(code="UBN", name="Université de Bretagne-Nord", kind="institution", path="/UBN/")
    maiwenn = User.objects.create_user("maiwenn@ubn.example", "ivy on the old wall", name="Maïwenn Tanguy")
    Role.objects.create(user=maiwenn, unit=unit, kind="data_protection")
    client = Client(SERVER_NAME="localhost")
    client.force_login(maiwenn)
    said = {"name": str(enora), "reason": "Demande de Mme Trégastel.", "on_request": "on"}
    answer = client.post(reverse("people:erase", args=[enora.public_id]), said)
    assert answer.status_code == 303, answer
