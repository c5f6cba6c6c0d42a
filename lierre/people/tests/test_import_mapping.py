"""A file that no preset knows: its columns are explained once, by a person who sees what they would say."""

import io

import pytest
from django.urls import reverse

from lierre.people.importing.receiving import receive
from lierre.people.models import Delivery
from lierre.people.readings.columns import first_rows, samples_of
from lierre.people.tests.witnesses import source

pytestmark = pytest.mark.django_db


def unexplained(solenn) -> Delivery:
    content = "Nom;Prénom;Né(e) le;COTIS\nHervé;Amélie;17/05/1991;OUI\nBellec;Erwan;31/02/1994;NON\n"
    return receive([("liste.csv", io.BytesIO(content.encode()))], by=solenn, source=source("third")).deliveries.get()


def test_the_columns_of_a_file_that_nobody_knows_are_suggested_with_samples_and_first_lines(client, solenn):
    delivery = unexplained(solenn)
    client.force_login(solenn)
    address = reverse("people:mapping", args=[delivery.imported_id, delivery.pk])

    assert address in client.get(delivery.imported.get_absolute_url()).content.decode()
    page = client.get(address)

    chosen = [field.value() for field in page.context["form"]]
    text = page.content.decode()
    assert chosen == ["family", "given", "born", ""]
    for told in ("Hervé · Bellec", "OUI · NON", "May 17, 1991", "“31/02/1994” is not a date that exists"):
        assert told in text, told


def test_looking_keeps_nothing_and_shows_what_was_chosen(client, solenn):
    delivery = unexplained(solenn)
    client.force_login(solenn)

    page = client.post(
        reverse("people:mapping", args=[delivery.imported_id, delivery.pk]), {"column-3": "family", "look": "1"}
    )

    delivery.refresh_from_db()
    assert [line.said[0].text for line in page.context["first"]] == ["Oui", "Non"]
    assert (page.status_code, delivery.dialect) == (200, "")


def test_what_the_columns_mean_is_kept_and_the_next_file_is_read_at_once(client, solenn):
    delivery = unexplained(solenn)
    client.force_login(solenn)
    address = reverse("people:mapping", args=[delivery.imported_id, delivery.pk])

    nameless = client.post(address, {"column-2": "born"})
    kept = client.post(address, {"column-0": "family", "column-1": "given", "column-2": "born", "column-3": ""})

    delivery.refresh_from_db()
    assert nameless.status_code == 422
    assert "which column holds the name" in nameless.content.decode()
    assert kept.status_code == 303
    assert delivery.imported.state == "ready"
    assert delivery.mapping == {"Nom": "family", "Prénom": "given", "Né(e) le": "born"}
    again = "COTIS;PRENOM;NOM;NÉ(E) LE\nOUI;Yann;Le Goff;01/02/1975\n"
    known = receive([("autre.csv", io.BytesIO(again.encode()))], by=solenn, source=source("third")).deliveries.get()
    assert known.mapping == {"PRENOM": "given", "NOM": "family", "NÉ(E) LE": "born"}


def test_a_meaning_that_does_not_exist_is_refused(client, solenn):
    delivery = unexplained(solenn)
    client.force_login(solenn)

    page = client.post(reverse("people:mapping", args=[delivery.imported_id, delivery.pk]), {"column-0": "password"})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"column-0"}


@pytest.mark.parametrize("name", ["gwenael", "amelie_user", "hugo"])
def test_columns_are_explained_by_those_who_bring_files(client, request, solenn, name):
    delivery = unexplained(solenn)
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:mapping", args=[delivery.imported_id, delivery.pk])).status_code == 403
    assert client.get(reverse("people:mapping", args=[delivery.imported_id + 1, delivery.pk])).status_code == 403


def test_a_page_reads_the_beginning_of_a_long_file_and_no_more(client, solenn, monkeypatch):
    lines = "".join(f"Hervé;Amélie {number};17/05/1991;OUI\n" for number in range(20_000))
    content = ("Nom;Prénom;Né(e) le;COTIS\n" + lines).encode()
    delivery = receive([("liste.csv", io.BytesIO(content))], by=solenn, source=source("third")).deliveries.get()
    monkeypatch.setattr("lierre.people.readings.columns.open_upload", lambda *_: pytest.fail("read whole"))
    client.force_login(solenn)

    page = client.get(reverse("people:mapping", args=[delivery.imported_id, delivery.pk]))

    assert len(content) > 600_000
    assert "Amélie 0 · Amélie 1 · Amélie 2" in page.content.decode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_the_beginning_of_a_long_file_is_read_in_its_encoding(client, solenn, encoding):
    lines = "".join(f"Hervé;Amélie {number};17/05/1991;été\n" for number in range(9_000))
    content = ("Nom;Prénom;Né(e) le;COTIS\n" + lines).encode(encoding)
    delivery = receive([("liste.csv", io.BytesIO(content))], by=solenn, source=source("third")).deliveries.get()

    assert samples_of(first_rows(delivery))[3] == ["été"]
