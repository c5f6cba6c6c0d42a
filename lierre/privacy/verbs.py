"""What this domain writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.verbs import name_verbs

name_verbs(
    {
        "controller.described": _("described a controller"),
        "purpose.opened": _("opened a purpose"),
        "purpose.changed": _("changed a purpose"),
        "purpose.closed": _("closed a purpose"),
        "agreement.signed": _("signed a sharing agreement"),
        "agreement.ended": _("ended a sharing agreement"),
        "budget.decided": _("decided the contact budget"),
        "consent.yes": _("agreed to be written to"),
        "consent.no": _("refused to be written to"),
        "consent.pause": _("asked for a pause"),
        "consent.restrict": _("had the use of their data frozen"),
        "consent.resume": _("resumed"),
        "consent.rhythm": _("said how often they may be written to"),
        "request.received": _("received a request of rights"),
        "request.identified": _("checked who asks"),
        "request.given": _("gave a request to somebody"),
        "request.extended": _("moved the deadline of a request"),
        "request.packed": _("took everything known of somebody, to answer them"),
        "request.answered": _("answered a request of rights"),
        "request.refused": _("refused a request of rights"),
        "request.fulfilled": _("erased somebody who asked for it"),
        "breach.noticed": _("wrote down a breach"),
        "breach.described": _("described a breach"),
        "breach.notified": _("told the authority of a breach"),
        "breach.not_notified": _("decided not to tell the authority of a breach"),
        "breach.persons_told": _("told the persons of a breach"),
        "suppression.lifted": _("took back somebody who had asked to be erased"),
        "letters.written": _("wrote letters that are owed"),
        "clock.started": _("started the retention clock"),
        "clock.stopped": _("stopped the retention clock"),
        "clock.rehearsed": _("rehearsed what the retention clock would do"),
        "archive.expired": _("emptied the archive of what had had its time"),
        "archive.searched": _("looked for an archived degree"),
        "erasings.done_again": _("erased again whoever a copy of the base had brought back"),
        "request.reminded": _("reminded of a request of rights"),
        "notification.filled": _("filled in the notification of a breach"),
        "person.archived": _("kept the degree of somebody and erased the rest"),
        "register.exported": _("took the register of processing away"),
        "purposes.exported": _("took the purposes away"),
        "requests.exported": _("took the requests of rights away"),
    }
)
