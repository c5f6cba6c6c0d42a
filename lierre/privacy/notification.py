"""The notification of a breach to the authority (article 33), filled in with what is known: a text to check, then to send."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.privacy.models import Breach, Controller
from lierre.privacy.odt import Block, Items, Paragraph, Table, Title
from lierre.privacy.processing import MEASURES, who_is


def notification(breach: Breach) -> Iterator[Block]:
    """In the order of article 33(3). What is not known is said so: it may be told later, in phases (article 33(4))."""
    yield Title(_("Notification of a personal data breach"))
    yield Paragraph(
        _("%(institution)s, on %(day)s. Article 33 of the GDPR.")
        % {"institution": settings.INSTITUTION, "day": date_format(timezone.localdate(), "DATE_FORMAT")}
    )
    if unknown := what_is_unknown(breach):
        yield Paragraph(_("Still to be completed: %(what)s.") % {"what": ", ".join(unknown)})
    yield Title(_("Who notifies"), 2)
    yield Items([f"{each.name} · {who_is(each)}" for each in Controller.objects.all()])
    yield Title(_("The breach"), 2)
    yield Table([[_("Item"), _("What is known")], *the_breach(breach)])
    yield Title(_("The persons and the data"), 2)
    yield Table([[_("Item"), _("What is known")], *the_persons(breach)])
    yield Title(_("What was done"), 2)
    yield Paragraph(breach.measures or _("Not written yet."))
    yield Title(_("Measures that were in place"), 2)
    yield Items([str(each) for each in MEASURES])


def what_is_unknown(breach: Breach) -> list[str]:
    asked = {
        _("how many persons"): breach.persons, _("what may follow for them"): breach.consequences,
        _("what was done"): breach.measures,
    }  # fmt: skip
    return [name for name, known in asked.items() if known in (None, "")]


def the_breach(breach: Breach) -> Iterator[list[str]]:
    late = breach.hours_left < 0 and breach.notified_at is None
    yield [_("In a few words"), breach.title]
    yield [_("Nature"), str(breach.get_nature_display())]
    yield [_("Noticed on"), moment(breach.noticed_at)]
    yield [_("To be notified before"), moment(breach.due_at)]
    if breach.notified_at:
        yield [_("Notified on"), moment(breach.notified_at)]
    if late or (breach.notified_at and not breach.was_in_time):
        yield [_("Why later than 72 hours"), _("To be written: article 33(1) asks for the reasons of the delay.")]
    yield [_("What happened"), breach.happened]


def the_persons(breach: Breach) -> Iterator[list[str]]:
    yield [_("Which data, of whom"), breach.about]
    yield [_("How many persons"), _("unknown") if breach.persons is None else str(breach.persons)]
    yield [_("What may follow for them"), breach.consequences or _("Not written yet.")]
    told = date_format(breach.persons_told_on, "DATE_FORMAT") if breach.persons_told_on else _("not told yet")
    yield [_("Persons told on"), told]


def moment(at: object) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")  # type: ignore[arg-type]
