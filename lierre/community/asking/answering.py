"""What someone answers by the link of a question: a record of today, or a refusal to be asked again."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lierre.community.asking.permission import ask_no_more
from lierre.community.models import Ask
from lierre.foundation.errors import Refused
from lierre.people.choosing import member_source
from lierre.people.fold.folding import position_key
from lierre.people.models import Record
from lierre.people.models.merge import standing
from lierre.people.saying import say
from lierre.people.unsaying import unsay
from lierre.privacy.models import Sign, note_sign

BY: Final = "community.answer"


def still_true(ask: Ask) -> None:
    """The same position, said again by the person, today."""
    if not ask.about:
        raise Refused(_("Tell us what you do: nothing was known that could be confirmed."))
    answer(ask, Ask.Answer.SAME, {"positions": [dict(ask.about)]})


def has_changed(ask: Ask, position: Mapping[str, Any]) -> None:
    """What they do now, or nothing. What they were asked about has ended, at the latest when the new position began."""
    positions = [dict(position)] if position else []
    if ask.about and position_key(ask.about) != position_key(position):  # type: ignore[arg-type]
        ended = position.get("started") or str(timezone.localdate().year)
        positions.insert(0, {**ask.about, "ended": ended})
    answer(ask, Ask.Answer.CHANGED, {"positions": positions})


def answer(ask: Ask, said: Ask.Answer, facts: Mapping[str, Any]) -> None:
    """One who answers otherwise replaces their answer: what they had said by this link is taken back."""
    with transaction.atomic():
        held = opened(ask)
        person = standing(held.person)
        if held.record_id and (former := Record.objects.filter(pk=held.record_id, person=person).first()):
            unsay(former, by=BY)
        asked = date_format(timezone.localtime(held.left_at or timezone.now()), "DATE_FORMAT")
        reason = _("Answer to the question “%(question)s”, asked by e-mail on %(day)s.")
        kept = None
        if any(facts.values()):
            kept = say(
                facts, source=member_source(), by=BY, person=person, verb="person.answered",
                reason=reason % {"question": held.wording, "day": asked},
            )  # fmt: skip
        held.keep_answer(said, record_id=kept.pk if kept else None)
        note_sign(person, Sign.Kind.ANSWER)  # the link that was opened is none: programs open it too


def ask_me_no_more(ask: Ask, *, words: str) -> None:
    """Always heard, even when the link is too old to answer. Heard twice, it is written once."""
    with transaction.atomic():
        held = Ask.objects.select_for_update(of=("self",)).select_related("person").get(pk=ask.pk)
        if held.state != Ask.State.STOPPED:
            person = standing(held.person)
            ask_no_more(person, words=words, by=BY)
            note_sign(person, Sign.Kind.ANSWER)
            held.keep_answer(Ask.Answer.STOP, record_id=held.record_id)


def opened(ask: Ask) -> Ask:
    """The row itself, for this answer alone. Refused when the link has died meanwhile."""
    held = Ask.objects.select_for_update(of=("self",)).select_related("person").filter(pk=ask.pk).first()
    if held is None or held.state not in Ask.OPENED:
        raise Refused(_("This link asks nothing any more. If your situation has changed, write to us."))
    held.check_open()
    return held
