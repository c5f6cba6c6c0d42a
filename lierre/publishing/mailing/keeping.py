"""A passage of a mailing is replaced as a rule proposes, or kept against it: countersigned by somebody else when it blocks."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lierre.accounts.models import User
from lierre.foundation.errors import Refused
from lierre.publishing.charter.posts import Shown
from lierre.publishing.mailing.approvers import authors
from lierre.publishing.mailing.approving import tell, whoever_wrote
from lierre.publishing.mailing.charter import Place, charter_of
from lierre.publishing.mailing.composing import change
from lierre.publishing.models import Mailing, MailingException
from lierre.publishing.signers import COUNTERSIGN, holders, holds_for


def find(mailing: Mailing, key: str) -> tuple[Shown, Place | None]:
    """What the charter says under this key, and where; refused when the text has changed."""
    read = charter_of(mailing)
    shown = read.charter.named(key)
    if shown is None:
        raise Refused(_("This passage has changed meanwhile: read the page again."))
    part = shown.finding.part
    return shown, read.places[part] if part < len(read.places) else None


def replace(mailing: Mailing, key: str, *, by: Any) -> bool:
    """The words that the rule proposes, in the place of the passage. True when an approval fell."""
    shown, place = find(mailing, key)
    found = shown.finding
    if found.replacement is None or place is None:
        raise Refused(_("This rule proposes no other words: change the text."))
    said = (place.text[: found.start] + found.replacement + place.text[found.end :]).strip()
    said = said.replace("  ", " ") if not found.replacement else said
    if place.section is None:
        return change(mailing, {place.name: said[:150]}, by=by)
    sections = [dict(section) for section in mailing.sections]
    sections[place.section][place.name] = said
    return change(mailing, {"sections": sections}, by=by)


def keep(mailing: Mailing, key: str, *, by: Any) -> None:
    """It stays as it is. Only what blocks asks for more than that."""
    shown, _place = find(mailing, key)
    if shown.finding.blocks:
        raise Refused(_("This rule blocks: ask for an exception, with a reason."))
    MailingException.objects.keep(shown.finding.rule, shown.finding.passage, mailing=mailing, by=by)


def ask_exception(mailing: Mailing, key: str, why: str, *, by: Any) -> MailingException:
    """Somebody else of the communication department or of the direction must countersign it."""
    shown, _place = find(mailing, key)
    if not why.strip():
        raise Refused(_("Say why this passage should stay."))
    with transaction.atomic():
        rule, passage = shown.finding.rule, shown.finding.passage
        made = MailingException.objects.keep(rule, passage, mailing=mailing, by=by, why=why.strip(), asked=True)
        told = [user for user in holders(mailing.unit, *COUNTERSIGN) if user.pk not in {by.pk, *authors(mailing)}]
        tell(told, "exception", mailing, by=str(by), why=why.strip(), passage=passage or rule.name)
    return made


def may_countersign(user: Any, exception: Any) -> bool:
    """Neither whoever asks for it, nor whoever wrote the mailing."""
    if not isinstance(user, User) or exception is None or not exception.asked or exception.holds:
        return False
    mailing = exception.mailing
    return user.pk not in {exception.by_id, *authors(mailing)} and holds_for(user, mailing.unit, *COUNTERSIGN)


def countersign(exception: MailingException, *, by: Any) -> None:
    if not may_countersign(by, exception):
        raise Refused(_("Somebody else of the communication department or of the direction must countersign this."))
    with transaction.atomic():
        exception.countersign(by=by)
        tell(whoever_wrote(exception.mailing), "exception_given", exception.mailing, by=str(by))
