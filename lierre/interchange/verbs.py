"""What this domain writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.verbs import name_verbs

name_verbs(
    {
        "token.made": _("let a machine in"),
        "token.revoked": _("took back the token of a machine"),
        "webhook.made": _("had a machine told what happens"),
        "webhook.changed": _("changed what a machine is told"),
        "webhook.renewed": _("renewed the secret of a webhook"),
        "webhook.tried": _("tried a webhook"),
        "webhook.sent_again": _("sent a message to a machine again"),
        "webhook.stopped": _("stopped telling a machine"),
        "webhook.started": _("began to tell a machine again"),
        "webhook.suspended": _("left alone a machine that did not answer"),
        "webhook.forgotten": _("forgot a webhook"),
        "accounts.listed": _("gave the list of accounts to a machine"),
    }
)
