"""Everything leaves in open formats, and comes back into an empty house as it was."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import Entry
from lierre.foundation.models.work import Work
from lierre.people.exporting import duties
from lierre.people.exporting import tables as going
from lierre.people.exporting.bundle import Held
from lierre.people.exporting.comparing import compare
from lierre.people.exporting.facing import face
from lierre.people.exporting.loading import Loader, read_manifest, restore
from lierre.people.exporting.long_works import REHEARSE
from lierre.people.exporting.reading import Reading
from lierre.people.exporting.restoring import RESTORE
from lierre.people.exporting.spelling import READ, SPELL
from lierre.people.exporting.writing import export
from lierre.people.models import ContactPoint, ExitRehearsal, Export, Person, Record, Source
from lierre.people.tests.townsfolk import AMELIE, settle
from lierre.people.tests.witnesses import amelie

pytestmark = pytest.mark.django_db


@pytest.fixture
def packed(tmp_path: Path, solenn: User) -> Path:
    person = amelie()
    Person.objects.filter(pk=person.pk).update(account=solenn)
    export(tmp_path / "house.zip")
    return tmp_path / "house.zip"


# The base refuses that the journal be erased, so the guard steps aside until the transaction of the test ends.
FORGET_THE_JOURNAL = {
    "sqlite": ["DROP TRIGGER journal_is_never_erased", "DELETE FROM foundation_entry"],
    "postgresql": ["DROP TRIGGER journal_is_append_only ON foundation_entry", "DELETE FROM foundation_entry"],
}


def read(path: Path, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as held:
        return [json.loads(line) for line in held.read(name).splitlines()]


def empty_the_house() -> None:
    """As a house is when its migrations have just run."""
    with connection.cursor() as cursor:
        for table in ("people_recordkey", "people_directoryentry", "people_directorychange"):
            cursor.execute(f"DELETE FROM {table}")
        for statement in FORGET_THE_JOURNAL[connection.vendor]:
            cursor.execute(statement)
    for table in reversed(going.tables()):
        table.model._default_manager.all().delete()


def test_each_table_goes_or_it_is_said_why_it_stays():
    labels = {table.label for table in going.tables()}

    assert {"people.record", "people.decision", "people.merge", "people.quarantinedline", "people.judgement"} <= labels
    assert {"accounts.unit", "accounts.role", "privacy.consent", "privacy.purpose", "community.ask"} <= labels
    assert labels & going.what_stays().keys() == set()
    assert all(going.what_stays().values())


def test_what_a_table_points_at_goes_before_it():
    labels = [table.label for table in going.tables()]

    assert labels.index("accounts.user") < labels.index("people.person") < labels.index("people.record")


def test_records_go_as_they_came(packed: Path):
    records = read(packed, "tables/people.record.jsonl")

    assert [each["raw"] for each in records] == list(Record.objects.order_by("pk").values_list("raw", flat=True))
    assert {each["source_id"] for each in records} <= set(Source.objects.values_list("pk", flat=True))


def test_no_password_goes(packed: Path, solenn: User):
    with zipfile.ZipFile(packed) as held:
        everything = b"".join(held.read(name) for name in held.namelist())

    assert solenn.email.encode() in everything
    assert solenn.password.encode() not in everything


def test_a_person_is_told_in_words_that_other_tools_know(packed: Path):
    (said,) = read(packed, "persons/schema.org.jsonl")
    (resume,) = read(packed, "persons/jsonresume.jsonl")

    assert (said["@context"], said["@type"], said["givenName"]) == ("https://schema.org", "Person", "Amélie")
    assert resume["basics"]["name"] == said["name"]


def test_what_somebody_says_of_themselves_goes_in_the_words_of_other_tools(tmp_path: Path):
    spoken = {"languages": [{"name": "breton", "level": "C1"}], "certifications": ["PIX, Pix, 2021"], "skills": ["R"]}
    settle(AMELIE | spoken, {"given": "Erwan", "family": "Bellec"})

    export(tmp_path / "house.zip")

    said, _erwan = read(tmp_path / "house.zip", "persons/schema.org.jsonl")
    resume, erwan = read(tmp_path / "house.zip", "persons/jsonresume.jsonl")
    assert resume["languages"] == [{"language": "breton", "fluency": "C1"}]
    assert (resume["certificates"], resume["skills"]) == ([{"name": "PIX, Pix, 2021"}], [{"name": "R"}])
    assert (said["knowsLanguage"], said["hasCredential"][-1]["name"]) == (["breton"], "PIX, Pix, 2021")
    assert "languages" not in erwan


def test_the_guide_is_in_both_languages_and_the_manifest_tells_every_file(packed: Path):
    with zipfile.ZipFile(packed) as held:
        names = set(held.namelist())
        manifest = json.loads(held.read("manifest.json"))
        assert "Chiffrez-la" in held.read("LISEZMOI.md").decode()
        assert "Encrypt it" in held.read("README.md").decode()

    told = {table["path"] for table in manifest["tables"]} | manifest["files"].keys() | manifest["readable"].keys()
    assert told == names - {"LISEZMOI.md", "README.md", "manifest.json"}


def test_an_empty_house_gets_everything_back(packed: Path):
    before = {person.pk: (str(person), person.public_id, person.account_id) for person in Person.objects.all()}
    points = set(ContactPoint.objects.values_list("person", "kind", "value"))
    empty_the_house()

    restore(packed)

    assert {person.pk: (str(person), person.public_id, person.account_id) for person in Person.objects.all()} == before
    assert set(ContactPoint.objects.values_list("person", "kind", "value")) == points
    assert compare(packed).differences == 0


def test_a_folder_holds_the_same_as_a_file(tmp_path: Path, packed: Path):
    export(tmp_path / "house")
    empty_the_house()

    restore(tmp_path / "house")

    assert compare(packed).differences == 0


def test_what_was_lost_is_said_by_table_and_column_and_never_by_value(packed: Path):
    person = Person.objects.exclude(family="").get()
    Person.objects.filter(pk=person.pk).update(family="Autre")
    Source.objects.create(name="Venue depuis", kind="school", siglum="V")

    found = compare(packed)

    assert found.by_table == {"people.person": 2, "people.source": 1}
    (changed,) = [each for each in found.examples if each.table == "people.person"]
    assert (changed.key, changed.lost, changed.added, changed.columns) == ([person.pk], 1, 1, ["family"])
    assert "Autre" not in json.dumps(found.as_json())


def test_two_exports_of_one_house_are_the_same_face_to_face(packed: Path, tmp_path: Path):
    export(tmp_path / "again")

    assert face(packed, tmp_path / "again", exactly=True).differences == 0


def test_two_exports_that_differ_say_where_and_never_what(packed: Path, tmp_path: Path):
    person = Person.objects.exclude(family="").get()
    Person.objects.filter(pk=person.pk).update(family="Autre", public_id="bcdfghjkmnpq")
    export(tmp_path / "after.zip")

    found, exactly = (face(packed, tmp_path / "after.zip", exactly=exactly) for exactly in (False, True))

    assert found.by_table.pop("people.person") == 2
    assert found.by_table.keys() == {"csv/persons.csv", "persons/schema.org.jsonl"}
    assert [each.columns for each in found.examples] == [["family"]]
    assert [each.columns for each in exactly.examples] == [["public_id", "family"]]
    assert "Autre" not in json.dumps(exactly.as_json())


def test_a_restoration_that_stopped_goes_on_and_is_told_once(packed: Path):
    before = {person.pk: (str(person), person.public_id) for person in Person.objects.all()}
    empty_the_house()

    def stop(done: int, _total: int) -> None:
        if Person.objects.exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(packed, stop)
    work = Work.objects.get(name=RESTORE)
    assert (work.state, Entry.objects.of_verb("everything.restored").exists()) == ("failed", False)
    restore(packed).end(by="the tests")

    assert {person.pk: (str(person), person.public_id) for person in Person.objects.all()} == before
    assert Work.objects.get(name=RESTORE).state == "done"
    assert Entry.objects.of_verb("everything.restored").count() == 1


def test_another_export_is_refused_until_the_first_is_whole(packed: Path, tmp_path: Path):
    export(tmp_path / "other")
    manifest = json.loads((tmp_path / "other" / "manifest.json").read_text()) | {"made_at": "2026-01-01T00:00:00+00:00"}
    (tmp_path / "other" / "manifest.json").write_text(json.dumps(manifest))
    empty_the_house()
    restore(packed)

    with pytest.raises(Refused, match="interrupted here"):
        restore(tmp_path / "other")


def test_numbers_that_were_given_are_never_given_again(packed: Path):
    last = Source.objects.order_by("pk").last()
    assert last
    empty_the_house()
    restore(packed)

    assert Source.objects.create(name="La suivante", kind="school", siglum="S").pk > last.pk


def test_a_house_that_is_not_empty_refuses(packed: Path):
    with pytest.raises(Refused, match="not empty"):
        restore(packed)

    assert Person.objects.exclude(family="").count() == 1


def test_a_file_that_was_damaged_is_refused(packed: Path, settings: Any):
    held = Held(packed)
    manifest = read_manifest(held) | {"files": {"files/imports/0/01": {"size": 1, "sha256": "0"}}}

    with pytest.raises(Refused, match="missing"):
        Loader(held, manifest, lambda _done, _total: None).put(
            "files/imports/0/01", manifest["files"]["files/imports/0/01"]
        )


@pytest.mark.parametrize("name", ["files/imports/../../lierre.sqlite3", "files/elsewhere/1", "files/imports"])
def test_a_file_cannot_climb_out_of_its_folder(packed: Path, name: str):
    held = Held(packed)

    with pytest.raises(Refused, match="no place"):
        Loader(held, read_manifest(held), lambda _done, _total: None).put(name, {"sha256": ""})


def test_an_export_that_is_interrupted_leaves_no_file(tmp_path: Path, solenn: User):
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(tmp_path / "house.zip", stop)

    assert list(tmp_path.iterdir()) == []


def test_the_direction_asks_for_everything_and_takes_it(client: Client, helene: User):
    amelie()
    client.force_login(helene)

    client.post(reverse("people:ask_export"), {"reason": "Changement de prestataire"})
    asked = Export.objects.get()
    work = asked_work(asked)
    work.run_now()
    answer = client.get(reverse("people:take_export", args=[asked.pk]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]

    assert content[:2] == b"PK"
    said = list(Entry.objects.about(asked).order_by("pk").values_list("verb", flat=True))
    assert said == ["everything.asked", "everything.exported", "everything.taken"]
    client.post(reverse("people:destroy_export", args=[asked.pk]))
    assert not asked.path.exists()
    assert client.get(reverse("people:take_export", args=[asked.pk])).status_code == 303


def asked_work(asked: Export) -> Any:
    return Work.objects.get(pk=asked.work_id)


def test_everything_is_not_asked_for_without_a_reason(client: Client, helene: User):
    client.force_login(helene)

    page = client.post(reverse("people:ask_export"), {"reason": " "})

    assert page.status_code == 422
    assert "Say why" in page.text
    assert not Export.objects.exists()


def test_one_export_at_a_time_and_few_a_day(malo: User):
    first = Export.objects.ask("Archive", by=malo)

    with pytest.raises(Refused, match="being packed already"):
        Export.objects.ask("Archive", by=malo)
    asked_work(first).cancel(by=malo)
    for _each in range(2):
        asked_work(Export.objects.ask("Archive", by=malo)).cancel(by=malo)
    with pytest.raises(Refused, match="3 times today"):
        Export.objects.ask("Archive", by=malo)


def test_a_file_that_has_served_is_destroyed(malo: User):
    asked = Export.objects.ask("Archive", by=malo)
    asked_work(asked).run_now()
    Export.objects.update(made_at=timezone.now() - timedelta(days=8))

    duties.destroy_exports()

    asked.refresh_from_db()
    assert asked.gone_at is not None
    assert not asked.path.exists()
    assert Entry.objects.about(asked).first().verb == "everything.destroyed"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("often", "days", "asked"), [("nightly", 1, 1), ("weekly", 3, 0), ("weekly", 7, 1), ("never", 9, 0)]
)
def test_the_exit_is_rehearsed_as_often_as_was_decided(settings: Any, often: str, days: int, asked: int):
    settings.EXIT_REHEARSAL = often
    ended = timezone.now() - timedelta(days=days)
    ExitRehearsal.objects.create(state="held", ended_at=ended)

    duties.ask_rehearsal()
    duties.ask_rehearsal()

    assert Work.objects.filter(name=REHEARSE).count() == asked


def test_a_column_that_opens_doors_stays_even_when_nobody_thought_of_it():
    for table in going.tables():
        assert not [name for name in table.columns if "password" in name or "secret" in name], table.label


def test_the_page_teaches_before_the_first_rehearsal_and_tells_the_last(client: Client, malo: User):
    client.force_login(malo)
    assert "has not been rehearsed yet" in client.get(reverse("people:everything")).text

    done = ExitRehearsal.objects.create()
    report = {"persons": 12, "rows": 90, "files": 2, "lost": 0, "added": 0, "by_table": {}, "examples": []}
    done.end(report, size=1, by="duty")

    assert "Nothing lost: 12 persons" in client.get(reverse("people:everything")).text


def test_reading_is_steady_inside_a_transaction(solenn: User):
    assert Reading(connection).number("SELECT count(*) FROM accounts_user") == 1


def test_every_column_of_the_house_can_be_spelled_and_read_back_even_where_nothing_is_yet():
    """A table that is empty in the tests is full somewhere."""
    for table in going.tables():
        assert table.spelled is not None, table
        assert table.read_back is not None, table


def test_a_key_drawn_at_random_comes_back_as_the_base_keeps_it():
    drawn = uuid4()

    assert SPELL["UUIDField"](drawn.hex) == SPELL["UUIDField"](drawn) == str(drawn)
    assert READ["UUIDField"](str(drawn)) == drawn.hex
