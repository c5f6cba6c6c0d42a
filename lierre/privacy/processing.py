"""The register of processing (article 30), written from what is in force: purposes × what the house really holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.personal_data import Holding, register
from lierre.privacy.models import Agreement, Controller, Purpose
from lierre.privacy.odt import Block, Items, Paragraph, Table, Title

# In which tables each family of values stands.
TABLES: Final[dict[str, tuple[str, ...]]] = {
    "identity": ("people.person", "people.record"),
    "studies": ("people.study",),
    "positions": ("people.position",),
    "contacts": ("people.contactpoint", "privacy.contact"),
    "profile": ("people.record",),
    "states": ("people.person",),
    "choices": ("people.directoryentry", "privacy.consent"),
}
MEASURES: Final[tuple[str | Promise, ...]] = (
    gettext_lazy("Each role sees only what it needs; the table of who may do what is tested at every change."),
    gettext_lazy(
        "A value that someone hides does not exist for those who may not see it: not in a list, not in a count."
    ),
    gettext_lazy("The journal says who did what, when and why; the database itself refuses to change it."),
    gettext_lazy("Looking at a hidden person, taking a list or an archive away leaves a line of the journal."),
    gettext_lazy("Passwords are hashed, second factors and passkeys are offered, secrets are encrypted at rest."),
    gettext_lazy("No script, font or picture comes from outside; nothing is sent to anybody who is not named here."),
    gettext_lazy(
        "Erasing removes rows, search indexes and lines of the files that were brought; a test searches the raw files."
    ),
)


@dataclass(frozen=True, slots=True)
class Treatment:
    """One purpose in force, and the tables that hold what it uses."""

    purpose: Purpose
    holdings: list[Holding]


def treatments() -> dict[Controller, list[Treatment]]:
    """By controller, in the order of the register."""
    held = {each.model: each for each in register()}
    found: dict[Controller, list[Treatment]] = {each: [] for each in Controller.objects.all()}
    for purpose in Purpose.objects.in_force().select_related("controller"):
        tables = dict.fromkeys(name for family in purpose.families for name in TABLES.get(family, ()))
        found[purpose.controller].append(Treatment(purpose, [held[name] for name in tables if name in held]))
    return found


def kept_for(purpose: Purpose) -> str:
    said = _("%(months)d months from %(from)s")
    return said % {"months": purpose.retention_months, "from": purpose.get_counted_from_display()}


def register_document() -> Iterator[Block]:
    """The same register as a text: what is filed, or given to the authority that asks for it."""
    yield Title(_("Register of processing"))
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    yield Paragraph(
        _("%(institution)s, on %(day)s. Article 30 of the GDPR.") % {"institution": settings.INSTITUTION, "day": day}
    )
    for controller, found in treatments().items():
        yield Title(controller.name, 2)
        yield Paragraph(who_is(controller))
        for treatment in found:
            yield from entry(treatment)
    yield Title(_("Sharing between controllers"), 2)
    yield from sharing()
    yield Title(_("What each table holds"), 2)
    yield Table([[_("Table"), _("What for"), _("Legal basis"), _("Kept"), _("Erasing")], *held_rows()])
    yield Title(_("Security"), 2)
    yield Items([str(each) for each in MEASURES])


def who_is(controller: Controller) -> str:
    told = [
        controller.get_kind_display(), controller.represented_by, controller.address.replace("\n", ", "),
        _("data protection officer: %(officer)s") % {"officer": controller.officer or _("not written yet")},
    ]  # fmt: skip
    return " · ".join(str(each) for each in told if each)


def entry(treatment: Treatment) -> Iterator[Block]:
    purpose = treatment.purpose
    yield Title(f"{purpose.label} ({str(purpose.get_population_display()).lower()})", 3)
    rows = [
        [_("Item"), _("What is in force")],
        [_("Purpose"), purpose.why],
        [_("Legal basis"), str(purpose.get_legal_basis_display())],
        [_("Persons concerned"), str(purpose.get_population_display())],
        [_("Categories of data"), purpose.families_in_words],
        [_("Where they are held"), ", ".join(str(each.label) for each in treatment.holdings)],
        [_("Recipients"), purpose.recipients or _("nobody outside the controller")],
        [_("Transfers outside the European Union"), _("none")],
        [_("Kept"), kept_for(purpose)],
    ]
    if purpose.balance_test:
        rows.append([_("Balance test"), purpose.balance_test])
    yield Table(rows)


def sharing() -> Iterator[Block]:
    known = list(Agreement.objects.in_force().select_related("giver", "taker").prefetch_related("purposes"))
    if not known:
        yield Paragraph(_("No agreement is in force: nothing flows from one controller to the other."))
    for agreement in known:
        flows = " ; ".join(f"{group} : {', '.join(labels)}" for group, labels in agreement.fields_by_group)
        purposes = ", ".join(each.label for each in agreement.purposes.all())
        yield Paragraph(f"{agreement} – {flows} – {purposes}")


def held_rows() -> Iterator[list[str]]:
    for holding in register():
        goes = _("with the person") if holding.erase else str(holding.kept_because)
        yield [str(holding.label), str(holding.purpose), str(holding.legal_basis.label), str(holding.retention), goes]
