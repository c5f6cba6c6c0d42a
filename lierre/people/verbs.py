"""What this domain writes in the journal, in words."""

from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.verbs import name_verbs

name_verbs(
    {
        "person.told": _("said something of a person"),
        "person.spoke": _("spoke of themselves"),
        "person.corrected": _("corrected a person"),
        "person.created": _("added a person by hand"),
        "person.chose": _("chose who sees what"),
        "person.merged": _("said that two persons are one"),
        "person.account_linked": _("linked an account with a person"),
        "source.created": _("named a source"),
        "source.changed": _("changed a source"),
        "person.erased": _("erased a person"),
        "person.seen": _("looked at a person who hides"),
        "persons.listed": _("saw a list with persons who hide"),
        "persons.searched": _("searched the directory from the command line"),
        "persons.exported": _("took a list of persons away"),
        "search.kept": _("kept a search"),
        "search.forgotten": _("forgot a search"),
        "record.linked": _("said of whom a record speaks"),
        "record.unlinked": _("undid a link"),
        "import.received": _("received files"),
        "import.refused": _("refused a file"),
        "import.described": _("said who speaks in an import"),
        "import.mapped": _("said what columns mean"),
        "import.rehearsing": _("began the rehearsal of an import"),
        "import.rehearsed": _("rehearsed an import"),
        "import.applying": _("began to apply an import"),
        "import.applied": _("applied an import"),
        "import.reverting": _("began to revert an import"),
        "import.reverted": _("reverted an import"),
        "import.ready": _("put an import back"),
        "import.abandoned": _("abandoned an import"),
        "quarantine.replayed": _("took a quarantined line"),
        "quarantine.dropped": _("set a quarantined line aside"),
        "policy.adopted": _("put a policy in force"),
    }
)
