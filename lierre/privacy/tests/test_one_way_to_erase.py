"""The page of a person erases as a request does: every domain is asked, and nothing stays in the raw files."""

import json
import shutil

import pytest
from django.urls import reverse

from lierre.foundation.errors import Refused
from lierre.foundation.personal_data import register
from lierre.people.erasing import erase
from lierre.people.merging import merge
from lierre.people.models import Export, Import, Person
from lierre.people.sweeping import others
from lierre.privacy.contacting import record_contact
from lierre.privacy.models import Consent, Contact, Letter, Request, Sign, note_sign
from tests.reliability.process import inside


def known_in_privacy(person, letter) -> Request:
    Consent.write(person, "yes", purpose=letter, how="phone", words="Oui, signé Amélie.", by="the tests")
    record_contact(person, letter, service="association")
    note_sign(person, "click")
    Letter.objects.create(person=person, kind="notice", turn=1)
    return Request.receive("access", name="Amélie Hervé", email="a@courriel.example", person=person, by="the tests")


@pytest.mark.django_db
def test_the_page_of_a_person_asks_every_domain_above(client, maiwenn, amelie, letter):
    asked = known_in_privacy(amelie, letter)
    client.force_login(maiwenn)

    client.post(reverse("people:erase", args=[amelie.public_id]), {"name": str(amelie), "reason": "À sa demande."})

    asked.refresh_from_db()
    assert not Person.objects.filter(pk=amelie.pk).exists()
    assert [model.objects.count() for model in (Consent, Contact, Sign, Letter)] == [0, 0, 0, 0]
    assert (asked.name, asked.email, asked.person) == ("", "", None)


@pytest.mark.django_db
def test_whoever_was_merged_into_them_is_asked_for_too(maiwenn, solenn, amelie, same_amelie, letter):
    known_in_privacy(same_amelie, letter)
    merge(same_amelie, amelie, by=solenn, reason="Même personne.")

    erase(amelie, by=maiwenn, reason="À sa demande.")

    assert [model.objects.count() for model in (Consent, Contact, Sign, Letter)] == [0, 0, 0, 0]
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_no_domain_is_left_out_but_those_that_go_with_the_person():
    asked = {holding.model for holding in others()}

    left_out = {each.model for each in register() if each.erase} - asked
    assert {"privacy.consent", "privacy.request", "privacy.letter", "community.ask"} <= asked
    assert {model.split(".")[0] for model in left_out} <= {
        "people", "accounts", "account", "mfa", "usersessions", "foundation",
    }  # fmt: skip


@pytest.mark.django_db
def test_nothing_goes_when_erasing_is_refused(maiwenn, amelie, letter):
    known_in_privacy(amelie, letter)
    Import.objects.create(source=amelie.records.first().source, state="applying")

    with pytest.raises(Refused, match="wait until it is finished"):
        erase(amelie, by=maiwenn, reason="À sa demande.")

    assert (Consent.objects.count(), Contact.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_full_export_that_is_there_goes_with_whoever_it_names(settings, tmp_path, maiwenn, amelie):
    settings.DATA_DIR = tmp_path
    export = Export.objects.create(reason="Sauvegarde.", by_name="the tests")
    export.path.parent.mkdir(parents=True)
    export.path.write_bytes(b"PK")
    export.arrive(1, by="the tests")

    erase(amelie, by=maiwenn, reason="À sa demande.")

    assert not export.path.exists()


@pytest.mark.one_engine("it searches the raw file of an embedded base")
@pytest.mark.parametrize("way", ["request", "page", "together"])
def test_every_raw_file_is_searched_whatever_the_way(tmp_path, migrated, way):
    shutil.copy(migrated, tmp_path)

    code, said = inside(tmp_path, f"from lierre.privacy.tests import raw; raw.main{str(tmp_path), way}")

    assert code == 0, said
    told = json.loads(said.splitlines()[-1])
    assert {"trégastel", "enora.t@", "21999999", "quéménéven"} <= told["before"].keys()
    assert any("sqlite" in name for name in told["before"]["trégastel"])
    assert told["after"] == {}
    assert told["others"] == 1
