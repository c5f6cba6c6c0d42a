"""What the foundation writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.verbs import name_verbs

name_verbs(
    {
        "work.asked": _("asked for a long work"),
        "work.done": _("finished a long work"),
        "work.failed": _("could not finish a long work"),
        "work.cancelled": _("cancelled a long work"),
        "duty.hastened": _("asked for a duty to be done at once"),
        "journal.exported": _("exported the journal"),
    }
)
