"""What the school knows of me: the history, what I take away, the pause, the archive I bring."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from demo.characters import AMELIE
from demo.exports import linkedin
from lierre.foundation.models import Entry
from lierre.people import bringing
from lierre.people.directory.viewer import Viewer
from lierre.people.models import Import, Person, Record
from lierre.people.pausing import pause, pause_among, resume
from lierre.people.readings.own_copy import everything, readings, table
from lierre.people.readings.own_copy import resume as curriculum
from lierre.people.readings.sheet import Sheet
from lierre.people.tests.witnesses import amelie, tell

pytestmark = pytest.mark.django_db
HERS = "amelie.herve@courriel.example"


@pytest.fixture
def her(amelie_user) -> Person:
    person = amelie()
    Person.objects.filter(pk=person.pk).update(account=amelie_user)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def archive(tmp_path: Path) -> bytes:
    linkedin.write([AMELIE], tmp_path)
    return (tmp_path / linkedin.FILES[0]).read_bytes()


def sheet_of(person: Person) -> Sheet:
    return Sheet.for_everyone_to_know(person)


def state_of(person: Person) -> Any:
    sheet = sheet_of(person)
    return sheet.folded.values, sheet.folded.studies, sheet.folded.positions, sheet.folded.contacts


def bring(client: Any, content: bytes, name: str = "archive.zip") -> Any:
    return client.post(reverse("people:own_archive"), {"file": SimpleUploadedFile(name, content)})


def keep(client: Any, page: Any, *numbers: int) -> Any:
    return client.post(
        reverse("people:own_archive_keep"),
        {"sealed": page.context["sealed"], "keep": [str(number) for number in numbers]},
    )


def lines(page: Any) -> dict[int, str]:
    return {each.number: " ".join(line.after for line in told) for each, told in page.context["lines"]}


def test_each_value_says_who_sees_it(client, amelie_user, her):
    tell(
        her,
        "member",
        her.heard_on,
        audience_name=["graduates"],
        audience_contact=["class"],
        audience_email=["graduates"],
    )
    client.force_login(amelie_user)

    page = client.get(reverse("people:own_record")).content.decode()

    assert "Seen by: my class, graduates" in page or "Seen by: graduates" in page
    assert "staff only" in page


def test_the_pause_hides_and_silences_and_is_taken_back_whole(client, amelie_user, her):
    tell(her, "member", her.heard_on, audience_name=["graduates", "recruiters"], audience_position=["recruiters"])
    client.force_login(amelie_user)
    before = state_of(her)

    client.post(reverse("people:own_pause", args=["arreter"]))
    her.refresh_from_db()
    paused, seen = her.do_not_contact, Sheet(her, Viewer.among("graduates", "recruiters", years=[2014])).exists
    client.post(reverse("people:own_pause", args=["reprendre"]))

    her.refresh_from_db()
    assert (paused, seen) == (True, False)
    assert state_of(her) == before
    assert not her.do_not_contact
    assert [line.verb for line in Entry.objects.about(her)[:2]] == ["person.resumed", "person.paused"]


def test_what_was_said_during_the_pause_stays_after_it(her):
    pause(her, by="Amélie")
    tell(her, "member", her.heard_on, headline="Statisticienne")

    resume(her, by="Amélie")

    assert sheet_of(her).folded.values["headline"] == "Statisticienne"
    assert pause_among(sheet_of(her).records) is None


def test_two_pauses_are_one(client, amelie_user, her):
    client.force_login(amelie_user)

    for _each in range(2):
        client.post(reverse("people:own_pause", args=["arreter"]))

    assert Entry.objects.of_verb("person.paused").count() == 1


def test_what_she_said_she_takes_back_and_only_that(client, amelie_user, her):
    client.force_login(amelie_user)
    client.post(
        reverse("people:own_add", args=["postes"]), {"title": "Cheffe", "employer": "Armor Énergies", "write": "1"}
    )
    mine = Record.objects.latest("pk")
    school = Record.objects.filter(person=her, source__kind="school").earliest("pk")

    taken = client.post(reverse("people:own_take_back", args=[mine.pk]))
    others = client.post(reverse("people:own_take_back", args=[school.pk]))

    assert (taken.status_code, others.status_code) == (303, 404)
    assert Record.objects.filter(pk=school.pk).exists()
    assert not Record.objects.filter(pk=mine.pk).exists()


def test_the_history_tells_every_testimony_and_who_looked(client, amelie_user, solenn, her):
    tell(her, "member", her.heard_on, audience_name=[])
    client.force_login(solenn)
    client.get(her.get_absolute_url())
    client.force_login(amelie_user)

    page = client.get(reverse("people:own_history"))

    assert len(page.context["history"].heard) == Record.objects.filter(person=her).count()
    assert [look.by_name for look in page.context["history"].looks] == ["Solenn Kerbrat"]
    assert "looked at a person who hides" in page.content.decode()


def test_she_takes_everything_away(client, amelie_user, her):
    client.force_login(amelie_user)

    taken = json.loads(client.get(reverse("people:own_copy", args=["fiche"])).content)
    answer = client.get(reverse("people:own_copy", args=["valeurs"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))

    assert len(taken["testimonies"]) == Record.objects.filter(person=her).count()
    assert {value["value"] for value in taken["values"]} >= {"Hervé-Cariou", "21004412", "Armor Énergies", HERS}
    assert [len(rows), len(taken["values"])] == [
        1 + len(list(readings(sheet_of(her)))),
        len(list(table(sheet_of(her)))),
    ]
    assert Entry.objects.of_verb("person.took_away").about(her).count() == 2


def test_her_curriculum_is_read_back_by_the_house(her):
    text = json.dumps(curriculum(sheet_of(her)), ensure_ascii=False).encode()

    brought = bringing.read("resume.json", io.BytesIO(text))

    said = bringing.together(brought.pieces)
    assert {(each["employer"], each["title"]) for each in said["positions"]} == {
        (each["employer"], each["title"]) for each, _by in sheet_of(her).folded.positions
    }
    assert [contact["value"] for contact in said["contacts"]] == [HERS]
    assert said["given"] == "Amélie"


def test_everything_can_be_written_whatever_was_said(her):
    tell(her, "member", her.heard_on, languages=[{"name": "breton"}], skills=["=R"], died="yes", lost=True)

    assert json.loads(json.dumps(everything(sheet_of(her)), ensure_ascii=False))


def test_only_the_lines_she_ticks_are_kept(client, amelie_user, her, archive):
    client.force_login(amelie_user)
    page = bring(client, archive)
    records = Record.objects.count()
    wanted = next(number for number, text in lines(page).items() if "Agence d’urbanisme" in text)

    keep(client, page, wanted)

    kept = Record.objects.latest("pk")
    assert Record.objects.count() == records + 1
    assert (kept.source.kind, kept.delivery, [*kept.said]) == ("archive", None, ["positions"])
    assert "Agence d’urbanisme du Trégor" in kept.raw


def test_nothing_ticked_keeps_nothing(client, amelie_user, her, archive):
    client.force_login(amelie_user)
    before = state_of(her)
    page = bring(client, archive)

    keep(client, page)

    assert state_of(her) == before


def test_the_same_archive_again_changes_nothing(client, amelie_user, her, archive):
    client.force_login(amelie_user)
    page = bring(client, archive)
    keep(client, page, *lines(page))
    after, records = state_of(her), Record.objects.count()

    again = bring(client, archive)
    keep(client, page, *lines(page))

    assert lines(again) == {}
    assert (state_of(her), Record.objects.count()) == (after, records)


def test_the_archive_is_nowhere_once_it_is_read(client, amelie_user, her, archive, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    client.force_login(amelie_user)

    page = bring(client, archive)

    assert page.status_code == 200
    assert not Import.objects.exists()
    left = [
        path
        for path in (*tmp_path.rglob("*"), *Path(settings.DATA_DIR).rglob("*"))
        if path.suffix in {".zip", ".upload"}
    ]
    assert [path for path in left if path.name != linkedin.FILES[0]] == []


def test_messages_and_connections_stay_closed_and_it_is_said(client, amelie_user, her, archive):
    client.force_login(amelie_user)

    page = bring(client, archive)

    assert {"messages.csv", "Connections.csv"} <= set(page.context["brought"].left_closed)
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        connections = held.read("Connections.csv").decode()
    others = [line.split(",")[0] for line in connections.splitlines()[4:] if line]
    assert others
    assert not any(name in page.content.decode() for name in others)


def test_a_line_cannot_be_slipped_in(client, amelie_user, her, archive):
    client.force_login(amelie_user)
    page = bring(client, archive)
    records = Record.objects.count()

    client.post(reverse("people:own_archive_keep"), {"sealed": page.context["sealed"][:-3] + "abc", "keep": ["0"]})

    assert Record.objects.count() == records


def test_what_somebody_else_brought_is_not_mine(client, amelie_user, her, archive, lena):
    client.force_login(amelie_user)
    page = bring(client, archive)
    other = tell(None, "school", her.heard_on, given="Lena", family="Cadiou")
    Person.objects.filter(pk=other.pk).update(account=lena)
    client.force_login(lena)

    keep(client, page, *lines(page))

    assert Record.objects.filter(person=other).count() == 1


def test_what_she_said_here_comes_first_unless_she_ticks_it(client, amelie_user, her, archive):
    tell(her, "member", her.heard_on, headline="Statisticienne de la mer")
    client.force_login(amelie_user)
    page = bring(client, archive)
    against = {each.piece[0]: each.number for each, _lines in page.context["against_own"]}

    keep(client, page, against["headline"])

    assert sheet_of(her).folded.values["headline"] == "Data engineer chez Armor Énergies"


@pytest.mark.parametrize(
    "content", [b"", b"Nom;Prenom\nTanguy;Gaelle\n", b"PK\x03\x04 no archive", b"{}", b"%PDF-1.4 nothing"]
)
def test_what_is_no_archive_is_refused_with_a_sentence(client, amelie_user, her, content):
    client.force_login(amelie_user)

    page = bring(client, content)

    assert page.status_code == 422
    assert page.context["form"].errors["file"][0]
