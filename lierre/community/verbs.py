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
        "ceremony.made": _("prepared a ceremony"),
        "ceremony.closed": _("closed the page of a ceremony"),
        "ceremony.exported": _("took the class of a ceremony away"),
        "capture.received": _("left an address at a ceremony"),
        "capture.confirmed": _("confirmed the address left at a ceremony"),
        "capture.kept": _("wrote down the address left at a ceremony"),
        "capture.dropped": _("did not write to an address left at a ceremony: too many that day"),
        "way.proposed": _("proposed a way to reach somebody"),
        "way.accepted": _("said yes to a way that was proposed"),
        "way.refused": _("said no to a way that was proposed"),
        "way.silenced": _("asked that an address never be written to again"),
        "way.expired": _("destroyed an address that nobody answered for"),
        "way.dropped": _("did not write to an address that was proposed"),
        "way.reported": _("reported an invitation as abuse"),
        "way.handled": _("closed the report of an invitation"),
        "way.barred": _("kept somebody from proposing ways to reach others"),
        "way.unbarred": _("let somebody propose ways to reach others again"),
        "group.made": _("made a group"),
        "group.closed": _("closed a group"),
        "group.exported": _("took the members of a group away"),
        "group.ruled": _("brought a class up to date"),
        "group.asked": _("asked to join a group"),
        "group.invited": _("invited somebody to a group"),
        "group.joined": _("let somebody into a group"),
        "group.refused": _("answered no to somebody who asked to join a group"),
        "group.declined": _("declined an invitation to a group"),
        "group.left": _("left a group"),
        "group.removed": _("put somebody out of a group"),
        "group.host": _("said who hosts a group"),
        "person.answered": _("answered a question by its link"),
        "address.refused": _("noted that mail comes back from an address"),
    }
)
