"""What a rule blocks is neither submitted nor approved: the refusal says which passage, and what to do."""

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused
from lierre.publishing.charter.posts import charter_of
from lierre.publishing.models import Post


def hold_to_charter(post: Post) -> None:
    blocking = charter_of(post).blocking
    if not blocking:
        return
    found = blocking[0].finding
    said = _("The charter blocks this: %(rule)s. %(sentence)s")
    if found.passage:
        said = _("The charter blocks “%(passage)s”: %(rule)s. %(sentence)s")
    told = said % {"passage": found.passage, "rule": found.rule.name, "sentence": found.sentence}
    raise Refused(f"{told} {_('Correct it, or ask for an exception with a reason.')}")
