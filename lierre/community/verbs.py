"""What this domain writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.verbs import name_verbs

name_verbs(
    {
        "campaign.prepared": _("prepared a campaign of questions"),
        "campaign.sent": _("sent a campaign of questions"),
        "campaign.stopped": _("stopped a campaign of questions"),
        "campaign.abandoned": _("abandoned a campaign of questions"),
        "campaign.listed": _("saw those it would be worth asking"),
        "person.answered": _("answered a question by its link"),
        "address.refused": _("noted that mail comes back from an address"),
    }
)
