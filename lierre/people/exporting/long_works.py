"""The long works of leaving: pack everything, rehearse the exit. Each begins again after a crash."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.errors import Refused
from lierre.foundation.models.work import Work, long_work
from lierre.people.exporting.bundle import remove
from lierre.people.exporting.rehearsing import rehearse
from lierre.people.exporting.restoring import RESTORE
from lierre.people.exporting.writing import export
from lierre.people.models import ExitRehearsal, Export

REHEARSE = "people.rehearse_exit"


@long_work(Export.WORK, label=gettext_lazy("Take everything away"))
def export_everything(work: Work) -> dict[str, Any]:
    asked = Export.objects.get(pk=work.arguments["export_id"])
    remove(asked.path)
    manifest = export(asked.path, work.advance)
    asked.arrive(manifest["persons"], by=work.by)
    told = ngettext("%(count)d person is packed.", "%(count)d persons are packed.", asked.persons)
    return {"sentence": told % {"count": asked.persons}, "url": asked.get_absolute_url()}


@long_work(REHEARSE, label=gettext_lazy("Rehearse the exit"))
def rehearse_exit(work: Work) -> dict[str, Any]:
    return {"sentence": in_words(rehearse(work)), "url": Export().get_absolute_url()}


@long_work(RESTORE, label=gettext_lazy("Build the house again"), once_only=True)
def build_again(_work: Work) -> None:
    """Only whoever holds the export can: `lierre restore` goes on with what was interrupted."""
    raise Refused(_("Run the command again with the same export: it goes on where it stopped."))


def in_words(rehearsal: ExitRehearsal) -> str:
    """
    >>> in_words(ExitRehearsal(persons=12))
    'Nothing lost: 12 persons came back as they were.'
    """
    if rehearsal.differences:
        told = ngettext("%(count)d row differs: see which.", "%(count)d rows differ: see which.", rehearsal.differences)
        return told % {"count": rehearsal.differences}
    told = ngettext(
        "Nothing lost: %(count)s person came back as they were.",
        "Nothing lost: %(count)s persons came back as they were.",
        rehearsal.persons,
    )
    return told % {"count": intcomma(rehearsal.persons)}
