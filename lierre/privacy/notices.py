"""What a population must be told (articles 13 and 14), written from the purposes in force: a page, or a text to hand out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.people.facts import SOURCE_KINDS
from lierre.people.models import Import, Source
from lierre.privacy.models import Agreement, Controller, Population, Purpose
from lierre.privacy.odt import Block, Paragraph, Table, Title
from lierre.privacy.processing import kept_for, who_is


@dataclass(frozen=True, slots=True)
class Notice:
    """`sources`: where data that the person did not give comes from. `shared`: what flows between controllers."""

    population: Population
    controllers: list[tuple[Controller, list[Purpose]]]
    sources: list[str]
    shared: list[Agreement]
    objectable: list[Purpose]


def notice_for(population: Population) -> Notice:
    purposes = list(Purpose.objects.in_force().of(population).select_related("controller"))
    by_controller: dict[Controller, list[Purpose]] = {}
    for purpose in purposes:
        by_controller.setdefault(purpose.controller, []).append(purpose)
    objectable = [each for each in purposes if each.legal_basis in {"public_task", "legitimate_interest"}]
    shared = Agreement.objects.in_force().filter(purposes__population=population).distinct()
    return Notice(
        population, list(by_controller.items()), sources(),
        list(shared.select_related("giver", "taker").prefetch_related("purposes")), objectable,
    )  # fmt: skip


def sources() -> list[str]:
    """Kinds of witnesses from which something was really brought, as a reader names them."""
    spoke = Q(pk__in=Import.objects.filter(state="applied").values("source"))
    kinds = set(Source.objects.filter(spoke).values_list("kind", flat=True)) - {"member", "archive"}
    return [str(label) for kind, label in SOURCE_KINDS.items() if kind in kinds]


def notice_document(notice: Notice, name: str) -> Iterator[Block]:
    """The same notice, as a text."""
    yield Title(f"{name} : {str(notice.population.label).lower()}")
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    yield Paragraph(
        _("%(institution)s, on %(day)s. Articles 13 and 14 of the GDPR.")
        % {"institution": settings.INSTITUTION, "day": day}
    )
    for controller, purposes in notice.controllers:
        yield Title(str(controller), 2)
        yield Paragraph(who_is(controller))
        yield Table([[_("What for"), _("Legal basis"), _("Data"), _("Received by"), _("Kept")], *map(row_of, purposes)])
    yield Title(_("Where your data comes from"), 2)
    yield Paragraph(_("From you, and from the record of your studies."))
    if notice.sources:
        yield Paragraph(_("Also from: %(sources)s.") % {"sources": ", ".join(notice.sources)})
    for agreement in notice.shared:
        yield Paragraph(shared_by(agreement))
    yield Paragraph(
        _("Nothing is sold, nothing leaves the European Union, no decision is taken about you by a machine alone.")
    )
    yield Title(_("Your rights"), 2)
    yield Paragraph(
        _(
            "You may know what is held of you, correct it, have it erased, freeze its use, take it away. "
            "What rests on your consent stops when you say so."
        )
    )
    if notice.objectable:
        objects = ", ".join(map(str, notice.objectable))
        yield Paragraph(_("You may object, without giving a reason, to: %(purposes)s.") % {"purposes": objects})
    yield Paragraph(_("To use your rights: %(address)s") % {"address": settings.ADDRESS + reverse("privacy:ask")})
    yield Paragraph(_("You may complain to the authority, the CNIL, 3 place de Fontenoy, 75007 Paris."))


def row_of(purpose: Purpose) -> list[str]:
    basis = str(purpose.get_legal_basis_display())
    return [f"{purpose}\n{purpose.why}", basis, purpose.families_in_words, purpose.recipients, kept_for(purpose)]


def shared_by(agreement: Agreement) -> str:
    told = {
        "giver": agreement.giver, "taker": agreement.taker,
        "purposes": ", ".join(map(str, agreement.purposes.all())),
    }  # fmt: skip
    return _("%(giver)s shares some of it with %(taker)s, for: %(purposes)s.") % told
