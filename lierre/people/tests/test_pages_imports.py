"""Imports: the list, the page of each state, what is confirmed before it is done. The engine has its own tests."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from lierre.foundation.models import Entry, Work
from lierre.people.models import Delivery, Import, QuarantinedLine
from lierre.people.readings.rehearsal import WIDTH, Report
from lierre.people.tests.witnesses import amelie, source

pytestmark = pytest.mark.django_db

FOUND = {
    "lines": 1542,
    "counts": {"new": 1214, "enriched": 302, "confirmed": 0, "unchanged": 0, "to_decide": 17, "rejected": 9},
    "persons": {"new": 1210},
    "values": {"contacts filled": 290, "born changed": 12},
    "samples": {
        "enriched": [
            {"file": "association-2026.csv", "line": 88, "name": "Bellec Erwan", "person": "",
             "changes": [{"field": "born", "before": "1994-02", "after": "1994-02-28"}]},
        ],
        "new": [{"file": "association-2026.csv", "line": 90, "name": "Jaouen Katell", "person": "", "changes": []}],
    },
    "doubts": [{"code": "ambiguous_date", "column": "DT_NAIS", "count": 4}],
    "doubt_samples": [
        {"file": "association-2026.csv", "line": 7, "code": "ambiguous_date", "column": "DT_NAIS", "value": "03/04/94"}
    ],
    "seconds": 1.2,
}  # fmt: skip

WORKS = {"rehearsing": "rehearse", "applying": "apply", "reverting": "revert"}


def brought(state: str = "rehearsed", **fields) -> Import:
    imported = Import.objects.create(
        source=source("third"), asserted_on=date(2026, 11, 20), state=state, by_name="Solenn Kerbrat",
        rehearsal=fields.pop("rehearsal", FOUND if state not in {"received", "ready"} else {}), **fields,
    )  # fmt: skip
    Delivery.objects.create(
        imported=imported, name="association-2026.csv", file="01", sha256="", size=120_000, header=["NOM", "DT_NAIS"],
        encoding="utf-8-sig", delimiter=";", dialect="" if state == "received" else "generic",
        mapping={"NOM": "usage"}, left_aside=["Connections.csv"],
    )  # fmt: skip
    return imported


def refused(imported: Import, line: int, **fields) -> QuarantinedLine:
    fault = {"code": "impossible_date", "column": "DT_NAIS", "value": "31/02/1994", **fields}
    return QuarantinedLine.objects.create(delivery=imported.deliveries.get(), line=line, **fault)


def page_of(client, imported: Import, user) -> str:
    client.force_login(user)
    return client.get(imported.get_absolute_url()).content.decode()


def test_the_rehearsal_tells_what_would_happen(client, solenn):
    imported = brought()
    for line in (90, 301, 302):
        refused(imported, line)

    page = page_of(client, imported, solenn)

    for told in ("1,210", "302", "Bellec Erwan", "February 1994", "Feb. 28, 1994", "31/02/1994", "03/04/94"):
        assert told in page, told
    assert reverse("people:confirm_import", args=[imported.pk, "appliquer"]) in page
    assert len(set(re.findall(r'href="/quarantaine/\d+/"', page))) == 3


def test_the_bar_keeps_every_outcome_visible_and_fills_its_width():
    report = Report(Import(rehearsal=FOUND))

    widths = [float(segment.width) for segment in report.segments]

    assert len(widths) == 4
    assert min(widths) >= 4
    assert widths == sorted(widths, reverse=True)
    assert WIDTH - 12 < sum(widths) <= WIDTH


def test_refusals_are_gathered_by_reason(client, solenn):
    imported = brought()
    for line in range(1, 13):
        refused(imported, line)
    refused(imported, 640, code="no_name", column="", value="")

    report = Report(imported)

    assert [(refusals.count, len(refusals.lines), refusals.others) for refusals in report.refused] == [
        (12, 10, 2),
        (1, 1, 0),
    ]


def test_what_is_received_asks_who_speaks_and_keeps_the_answer(client, solenn):
    imported = brought("ready")
    client.force_login(solenn)

    answer = client.post(imported.get_absolute_url(), {"source": source("school").pk, "asserted_on": "2014-10-08"})

    imported.refresh_from_db()
    assert answer.status_code == 303
    assert (imported.source.name, imported.asserted_on) == ("Scolarité", date(2014, 10, 8))
    assert Entry.objects.of_verb("import.described").about(imported).exists()


def test_nothing_can_be_true_from_tomorrow(client, solenn):
    imported = brought("ready")
    client.force_login(solenn)

    page = client.post(imported.get_absolute_url(), {"source": imported.source_id, "asserted_on": "2999-01-01"})

    assert set(page.context["form"].errors) == {"asserted_on"}


def test_a_rehearsal_is_asked_for_and_followed(client, solenn):
    imported = brought("ready")
    client.force_login(solenn)

    answer = client.post(reverse("people:rehearse", args=[imported.pk]))

    work = Work.objects.get()
    assert (work.name, work.by_name) == ("people.rehearse", "Solenn Kerbrat")
    assert answer["Location"] == reverse("foundation:work", args=[work.pk])


@pytest.mark.parametrize(
    ("state", "act", "work"),
    [("rehearsed", "appliquer", "people.apply"), ("applied", "defaire", "people.revert")],
)
def test_applying_and_reverting_are_confirmed_first(client, solenn, state, act, work):
    imported = brought(state)
    client.force_login(solenn)
    address = reverse("people:confirm_import", args=[imported.pk, act])

    page = client.get(address)
    nothing_yet = Work.objects.count()
    client.post(address)

    assert page.status_code == 200
    assert nothing_yet == 0
    assert Work.objects.get().name == work


def test_abandoning_destroys_the_files_and_says_so(client, solenn):
    imported = brought()
    imported.folder.mkdir(parents=True, exist_ok=True)
    client.force_login(solenn)

    client.post(reverse("people:confirm_import", args=[imported.pk, "abandonner"]))

    imported.refresh_from_db()
    assert imported.state == "abandoned"
    assert not imported.folder.exists()
    assert Entry.objects.of_verb("import.abandoned").about(imported).exists()


def test_what_cannot_be_done_now_is_refused_with_a_sentence(client, solenn):
    imported = brought("applied")
    client.force_login(solenn)

    for address, told in (
        (reverse("people:confirm_import", args=[imported.pk, "abandonner"]), "revert it first"),
        (reverse("people:rehearse", args=[imported.pk]), "that cannot be done now"),
    ):
        assert told in client.post(address, follow=True).content.decode()
    assert client.get(reverse("people:confirm_import", args=[imported.pk, "effacer"])).status_code == 404


@pytest.mark.parametrize("state", list(Import.State.values))
def test_every_state_has_a_page_that_offers_what_it_allows(client, solenn, state):
    imported = brought(state, applied_at=timezone.now() if state == "applied" else None)
    if imported.is_busy:
        Work.ask(f"people.{WORKS[state]}", by=solenn, on=imported, import_id=imported.pk)

    page = page_of(client, imported, solenn)

    offered = {act for act in ("appliquer", "defaire", "abandonner") if f"/imports/{imported.pk}/{act}/" in page}
    assert offered == {
        "rehearsed": {"appliquer", "abandonner"}, "applied": {"defaire"}, "received": {"abandonner"},
        "ready": {"abandonner"}, "reverted": {"abandonner"},
    }.get(state, set())  # fmt: skip


@pytest.mark.parametrize(
    ("state", "offered"),
    [("rehearsing", {"repeter", "abandonner"}), ("applying", {"appliquer", "defaire"}), ("reverting", {"defaire"})],
)
def test_an_import_whose_work_was_interrupted_can_go_on(client, solenn, state, offered):
    imported = brought(state)

    page = page_of(client, imported, solenn)

    acts = {act for act in ("appliquer", "defaire", "abandonner") if f"/imports/{imported.pk}/{act}/" in page}
    assert acts == offered - {"repeter"}
    assert "It was interrupted." in page


def test_nothing_is_abandoned_under_the_hands_of_a_worker(client, solenn):
    imported = brought("rehearsed")
    imported.ask_apply(by=solenn)
    client.force_login(solenn)

    client.post(reverse("people:confirm_import", args=[imported.pk, "abandonner"]))

    imported.refresh_from_db()
    assert imported.state == "rehearsed"


def test_the_page_costs_few_questions_to_the_base(client, solenn, django_assert_max_num_queries):
    imported = brought()
    refused(imported, 90)
    page_of(client, imported, solenn)

    with django_assert_max_num_queries(22):
        client.get(imported.get_absolute_url())


def test_the_list_shows_the_latest_first_and_teaches_when_empty(client, malo):
    client.force_login(malo)
    empty = client.get(reverse("people:imports")).content.decode()
    first, second = brought("applied"), brought()

    page = client.get(reverse("people:imports")).content.decode()

    assert empty.count(reverse("people:new_import")) == 2
    assert page.index(second.get_absolute_url()) < page.index(first.get_absolute_url())


def test_it_sees_the_report_but_enters_no_persons_page(client, malo):
    her = amelie()
    found = {**FOUND, "samples": {"enriched": [{**FOUND["samples"]["enriched"][0], "person": her.public_id}]}}

    page = page_of(client, brought(rehearsal=found), malo)

    assert "Bellec Erwan" in page
    assert her.get_absolute_url() not in page


def test_the_person_sees_what_their_own_archive_would_change_and_nobody_elses(client, amelie_user, hugo):
    her = amelie()
    her.account = amelie_user
    her.save(update_fields=["account"])
    own, other = brought(member_id=her.pk), brought()

    page = page_of(client, own, amelie_user)

    assert "Feb. 28, 1994" in page
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.post(reverse("people:confirm_import", args=[other.pk, "appliquer"])).status_code == 404
    assert client.post(reverse("people:confirm_import", args=[own.pk, "appliquer"])).status_code == 303
    client.force_login(hugo)
    assert client.get(own.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["gwenael", "helene", "maiwenn", "yann", "amelie_user", "hugo"])
def test_files_are_brought_by_the_alumni_office_and_by_it(client, request, name):
    imported = brought()
    client.force_login(request.getfixturevalue(name))

    assert client.get(reverse("people:imports")).status_code == 403
    assert client.get(reverse("people:new_import")).status_code == 403
    assert client.get(imported.get_absolute_url()).status_code == 404
