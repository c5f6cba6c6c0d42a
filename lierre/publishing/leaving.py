"""What does not go when the whole house leaves: accounts that are not its own."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from lierre.people.exporting.tables import stays

THEIRS: Final = _("It is somebody’s own, and leaves with them: they connect it again where they go.")
for _label in ("publishing.ownaccount", "publishing.owndelivery", "publishing.ownattempt", "publishing.ownopening"):
    stays(_label, THEIRS)
