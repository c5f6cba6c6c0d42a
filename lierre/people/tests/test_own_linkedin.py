"""My data at LinkedIn, with a token of mine or by consenting there: ticked line by line, and no token is kept."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.urls import reverse

from lierre.connectors.linkedin.tests.simulator import TOKEN, LinkedIn, living
from lierre.people.models import Person, Record
from lierre.people.readings.sheet import Sheet
from lierre.people.tests.witnesses import amelie

pytestmark = pytest.mark.django_db
JOB = {
    "Company Name": "Port de Roscoff",
    "Title": "Directrice des données",
    "Started On": "Jan 2026",
    "Finished On": "",
}


@pytest.fixture
def linkedin(settings: Any) -> Iterator[LinkedIn]:
    pages = {"PROFILE": [[{"First Name": "Amélie", "Last Name": "Hervé-Cariou"}]], "POSITIONS": [[JOB]]}
    with living(LinkedIn(pages)) as simulator:
        settings.LINKEDIN_ADDRESS = simulator.address
        settings.LINKEDIN_CLIENT_ID, settings.LINKEDIN_CLIENT_SECRET = "us", "the secret"
        yield simulator


@pytest.fixture
def her(amelie_user: Any, client: Any) -> Person:
    person = amelie()
    Person.objects.filter(pk=person.pk).update(account=amelie_user)
    client.force_login(amelie_user)
    return person


def bring(client: Any, token: str = TOKEN) -> Any:
    return client.post(reverse("people:own_linkedin"), {"token": token})


def keep_all(client: Any, page: Any) -> None:
    numbers = [str(each.number) for each, _lines in page.context["lines"]]
    client.post(reverse("people:own_archive_keep"), {"sealed": page.context["sealed"], "keep": numbers})


def test_a_token_brings_the_same_lines_as_an_archive(client, linkedin, her):
    keep_all(client, bring(client))

    assert "Port de Roscoff" in [each.get("employer") for each, _by in Sheet.for_everyone_to_know(her).folded.positions]
    assert Record.objects.latest("pk").source.kind == "archive"


def test_a_token_is_kept_nowhere(client, linkedin, her):
    page = bring(client)
    keep_all(client, page)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert TOKEN not in str(cursor.fetchall()), table
    assert TOKEN not in page.content.decode()


def test_not_gathered_yet_takes_nothing_away(client, linkedin, her):
    keep_all(client, bring(client))
    before = Sheet.for_everyone_to_know(her).folded
    linkedin.pages = {}

    page = bring(client)

    assert page.status_code == 422
    assert "has not gathered your data yet" in page.content.decode()
    assert Sheet.for_everyone_to_know(her).folded == before


def test_a_domain_that_is_silent_today_takes_nothing_away(client, linkedin, her):
    keep_all(client, bring(client))
    linkedin.pages.pop("POSITIONS")

    assert bring(client).context["lines"] == []


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "make another one"), (403, "opens something else"), (429, "asks to wait"), (500, "does not answer")],
)
def test_each_refusal_is_a_sentence(client, linkedin, her, status, sentence):
    linkedin.answers = [(status, {"message": "no"}, {})]

    page = bring(client)

    assert (page.status_code, sentence in page.content.decode()) == (422, True)


def test_she_consents_there_and_comes_back(client, linkedin, her):
    left = client.get(reverse("people:own_linkedin_consent"))
    linkedin.codes = {"once": "r_dma_portability_3rd_party"}
    state = parse_qs(urlsplit(left["Location"]).query)["state"][0]

    page = client.get(reverse("people:own_linkedin_back"), {"code": "once", "state": state})

    assert left["Location"].startswith(f"{linkedin.address}/oauth/v2/authorization")
    assert "Port de Roscoff" in page.content.decode()


def test_somebody_else_s_return_opens_nothing(client, linkedin, her, lena):
    state = parse_qs(urlsplit(client.get(reverse("people:own_linkedin_consent"))["Location"]).query)["state"][0]
    linkedin.codes = {"once": "r_dma_portability_3rd_party"}
    other = amelie()
    Person.objects.filter(pk=other.pk).update(account=lena)
    client.force_login(lena)

    answer = client.get(reverse("people:own_linkedin_back"), {"code": "once", "state": state})

    assert answer.status_code == 303
    assert linkedin.codes == {"once": "r_dma_portability_3rd_party"}


def test_without_an_application_nobody_is_sent_there(client, linkedin, her, settings):
    settings.LINKEDIN_CLIENT_ID = ""

    assert client.get(reverse("people:own_linkedin_consent")).status_code == 404
    assert "Go to LinkedIn" not in client.get(reverse("people:own_linkedin")).content.decode()
