"""Faults of archives that were brought, and what is said of any fault."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """What is said of a fault. `whole` replaces `sentence` when it is the file, not a line, that is at fault."""

    sentence: str | Promise
    advice: str | Promise
    whole: str | Promise = ""


ARCHIVES: Final = {
    "zip_damaged": Words(
        _("In the archive, “%(value)s” is damaged."),
        _("Fetch the archive again."),
    ),
    "zip_encrypted": Words(
        _("In the archive, “%(value)s” is protected by a password."),
        _("Make the archive again without a password."),
    ),
    "zip_entries": Words(
        _("The archive holds %(value)s files, far more than any real delivery."),
        _("Make an archive of the files to import only."),
    ),
    "zip_size": Words(
        _("In the archive, “%(value)s” would be too large once unpacked."),
        _("Split the file into several, and bring them together."),
    ),
    "zip_total": Words(
        _("The files of the archive would together take up %(value)s megabytes once unpacked, which is too much."),
        _("Bring them in several archives."),
    ),
    "zip_ratio": Words(
        _("In the archive, “%(value)s” would swell beyond all measure once unpacked."),
        _("Do not trust this file. Ask whoever sent it how it was made."),
    ),
    "zip_no_table": Words(
        _("None of the files of the archive “%(value)s” can be read here."),
        _("Bring a CSV, an Excel or OpenDocument workbook, a ZIP of these, a LinkedIn archive, or a Europass CV."),
    ),
    "zip_same_name": Words(
        _("The archive holds two files of the same name, “%(value)s”: only one of them would be read."),
        _("Rename one of the two files, and make the archive again."),
    ),
    "zip_overlap": Words(
        _("In the archive, “%(value)s” shares its bytes with another file, as in archives made to exhaust a machine."),
        _("Do not trust this file. Ask whoever sent it how it was made."),
    ),
    "zip_nested": Words(
        _("“%(value)s” is an archive inside an archive."),
        _("Unpack it, and bring its files in one archive."),
    ),
    "zip_path": Words(
        _("In the archive, the name “%(value)s” points outside it."),
        _("Do not trust this file. Ask whoever sent it how it was made."),
    ),
    "zip_link": Words(
        _("In the archive, “%(value)s” is a link to another file, and not a file."),
        _("Make the archive again with the files themselves."),
    ),
}
