"""What this domain writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.verbs import name_verbs

name_verbs(
    {
        "account.registered": _("wrote an account down in the register"),
        "account.changed": _("changed what is said of an account"),
        "account.connected": _("connected an account"),
        "account.held": _("held what leaves for an account"),
        "account.released": _("let what waits leave for an account"),
        "account.archived": _("archived an account"),
        "post.written": _("wrote a post"),
        "post.changed": _("changed a post"),
        "post.moved": _("moved a post to another time"),
        "post.submitted": _("asked for the approval of a post"),
        "post.urgent": _("asked for a countersignature, at once"),
        "post.signed": _("gave an approval"),
        "post.sent_back": _("sent a post back to its author"),
        "post.expired": _("did not send a post, for want of an approval"),
        "post.approval_fell": _("took an approval away by changing the words"),
        "post.approved": _("approved a post"),
        "post.withdrawn": _("withdrew a post"),
        "account.confirmed": _("confirmed an account for a year"),
        "account.step_asked": _("asked for an approval before an account speaks"),
        "account.step_dropped": _("no longer asks for an approval before an account speaks"),
        "absence.said": _("said who decides while they are away"),
        "absence.ended": _("decides again"),
        "calendar.shared": _("made a secret address for the calendar"),
        "delivery.confirmed": _("saw that a post is online"),
        "delivery.refused": _("was refused a post by the network"),
        "delivery.to_check": _("could not tell whether a post is online"),
        "delivery.missed": _("let a post miss its time"),
        "delivery.not_there": _("said that a post is not online, and sent it again"),
        "delivery.sent_late": _("sent a post that had missed its time"),
        "delivery.cancelled": _("gave up sending a post"),
    }
)
