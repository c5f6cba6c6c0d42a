"""What this domain writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.verbs import name_verbs

name_verbs(
    {
        "unit.created": _("added a unit"),
        "unit.renamed": _("renamed a unit"),
        "unit.moved": _("moved a unit"),
        "unit.closed": _("closed a unit"),
        "unit.reopened": _("reopened a unit"),
        "role.given": _("gave a role"),
        "role.changed": _("changed the days of a role"),
        "role.withdrawn": _("withdrew a role"),
        "role.ended": _("ended a role whose last day had passed"),
        "user.created": _("opened an account"),
        "user.deactivated": _("deactivated an account"),
        "user.handed_over": _("handed over what hung on somebody"),
        "user.reactivated": _("reactivated an account"),
        "user.signed_out": _("ended the sessions of an account"),
        "user.second_factors_forgotten": _("took the second factors of an account away"),
        "user.password_changed": _("changed a password"),
        "user.email_changed": _("changed an e-mail"),
        "user.second_factor_changed": _("changed a second factor"),
        "user.erased": _("erased an account"),
        "acting.began": _("began to act in the place of somebody"),
        "acting.saw": _("opened a page in the place of somebody"),
        "acting.ended": _("acted no more in the place of somebody"),
        "invitation.made": _("invited someone"),
        "invitation.sent_again": _("sent an invitation again"),
        "invitation.withdrawn": _("withdrew an invitation"),
        "invitation.accepted": _("accepted an invitation"),
        "users.exported": _("exported the list of users"),
        "rights.exported": _("exported who can do what"),
    }
)
