"""What the base does by itself: takes what is dropped in the watched folder, and forgets old marks of changes."""

from datetime import timedelta
from itertools import islice
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.duties import duty
from lierre.people import long_works, policy_change  # noqa: F401 - registers the long works
from lierre.people.importing.watching import AT_ONCE, apply_what_applies_alone, lots, take
from lierre.people.models import DirectoryChange

CHANGES_KEPT: Final = 100_000


@duty(every=timedelta(minutes=1), label=gettext_lazy("Take what is dropped in the watched folder"))
def watch_folder() -> str:
    """A file in the folder itself, or in a sub-folder that bears the name of a source."""
    settings.WATCHED_DIR.mkdir(parents=True, exist_ok=True)
    taken = sum(take(lot) for lot in islice(lots(settings.WATCHED_DIR), AT_ONCE))
    applied = apply_what_applies_alone()
    return _("%(taken)d files taken, %(applied)d imports applied alone.") % {"taken": taken, "applied": applied}


@duty(every="daily at 02:40", label=gettext_lazy("Forget old marks of changes of the directory"))
def forget_changes() -> str:
    """The last ones stay: a snapshot that is older than them is read whole again."""
    last = DirectoryChange.objects.aggregate(last=Max("seq"))["last"] or 0
    gone, _by_model = DirectoryChange.objects.filter(seq__lt=last - CHANGES_KEPT).delete()
    return _("%(count)d marks forgotten.") % {"count": gone}
