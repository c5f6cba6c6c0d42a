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
from lierre.people.claiming import duties as claiming  # noqa: F401 - registers its own
from lierre.people.duplicates.searching import search
from lierre.people.exporting import duties as leaving  # noqa: F401 - registers its own
from lierre.people.freshness import duties as freshness  # noqa: F401 - registers its own
from lierre.people.importing.watching import AT_ONCE, apply_what_applies_alone, lots, take
from lierre.people.models import DirectoryChange
from lierre.people.reconciling.learning import LEAST_PERSONS, up_to_date
from lierre.people.reconciling.shelf import count_persons

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


@duty(every=timedelta(hours=1), label=gettext_lazy("Learn what tells persons apart, and where to look for them"))
def learn_persons() -> str:
    """What has changed is followed; everything is learnt again when the base has grown much."""
    if count_persons() < LEAST_PERSONS:
        return _("The base is too small to learn from: numbers alone tell persons apart.")
    known = up_to_date()
    return _("Version %(number)d of what is known is in force.") % {"number": known.number} if known else ""


@duty(every=timedelta(hours=1), label=gettext_lazy("Look for persons who stand twice in the base"))
def find_duplicates() -> str:
    """Nothing is merged by itself: what is found waits for somebody."""
    return search()
