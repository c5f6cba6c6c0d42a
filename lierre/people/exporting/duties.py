"""What is done by itself about leaving: rehearse it at night, and throw away files that nobody needs any more."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lierre.foundation.duties import duty
from lierre.foundation.models.work import Work
from lierre.people.exporting.long_works import REHEARSE
from lierre.people.models import ExitRehearsal, Export

HOW_OFTEN: Final = {"nightly": timedelta(hours=20), "weekly": timedelta(days=6, hours=12)}


@duty(every="daily at 01:20", label=gettext_lazy("Rehearse the exit"))
def ask_rehearsal() -> str:
    """It is left to whoever does long works: an hour of it must not hold up the other duties."""
    often = HOW_OFTEN.get(settings.EXIT_REHEARSAL)
    if often is None:
        return _("Not asked for: see LIERRE_EXIT_REHEARSAL.")
    if Work.objects.unfinished().filter(name=REHEARSE).exists():
        return _("The last one is not finished.")
    if ExitRehearsal.objects.since(timezone.now() - often).exists():
        return _("It was rehearsed lately.")
    Work.ask(REHEARSE, by="duty")
    return _("The rehearsal is asked for.")


@duty(every="daily at 04:10", label=gettext_lazy("Destroy the full exports that have served"))
def destroy_exports() -> str:
    gone = 0
    for each in Export.objects.expired():
        each.destroy(by="duty")
        gone += 1
    return ngettext("%(count)d file destroyed.", "%(count)d files destroyed.", gone) % {"count": gone}
