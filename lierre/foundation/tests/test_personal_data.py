"""The register tells the truth: what it names exists, and each domain answers for its own tables."""

import pytest

from lierre.foundation import personal_data
from lierre.foundation.models import Entry, Work, Worker
from lierre.foundation.models.journal import record
from lierre.foundation.models.work import long_work
from lierre.foundation.personal_data import Holding, LegalBasis, declare, register, undeclared


@long_work("tests.register", label="Export the directory")
def export_directory(work):
    return None


def test_every_field_of_the_register_exists():
    assert {holding.model: holding.unknown_fields() for holding in register() if holding.unknown_fields()} == {}


def test_every_holding_says_why_and_for_how_long():
    for holding in register():
        assert all(map(str, (holding.label, holding.purpose, holding.retention, holding.legal_basis)))


def test_a_table_that_nobody_declared_is_found():
    assert undeclared([Work, Entry, Worker]) == ["foundation.worker"]


@pytest.mark.django_db
def test_what_is_held_about_solenn_is_shown_and_what_may_go_goes(solenn, gwenael):
    Work.ask("tests.register", by=solenn, title="Class of 2014")
    Work.ask("tests.register", by=gwenael, title="Class of 2015")
    record("person.merged", solenn, by=gwenael)
    holdings = {holding.model: holding for holding in register()}

    held = holdings["foundation.work"].export(solenn)
    count = holdings["foundation.work"].erase(solenn)

    assert [row["title"] for row in held] == ["Class of 2014"]
    assert count == 1
    assert sorted(Work.objects.values_list("by_name", flat=True)) == ["", "Gwenaël Riou"]
    assert [row["verb"] for row in holdings["foundation.entry"].export(solenn)] == ["work.asked"]


def test_a_domain_cannot_declare_the_table_of_another(monkeypatch):
    monkeypatch.setattr(personal_data, "_holdings", dict(personal_data._holdings))
    with pytest.raises(ValueError, match="declared twice"):
        declare(
            Holding(
                model="foundation.work", label="x", fields=(), purpose="x", legal_basis=LegalBasis.CONSENT,
                retention="x", rows_about=lambda _someone: Work.objects.none(), kept_because="x",
            )
        )  # fmt: skip


def test_what_is_not_erased_says_why():
    with pytest.raises(ValueError, match="why it is kept"):
        Holding(
            model="foundation.worker", label="x", fields=(), purpose="x", legal_basis=LegalBasis.CONSENT,
            retention="x", rows_about=lambda _someone: Worker.objects.none(),
        )  # fmt: skip
