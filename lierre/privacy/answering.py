"""What an answer changes in the house: an objection and a restriction hold at once."""

from typing import Any, Final

from django.db import transaction

from lierre.privacy.models import Consent, Request

WHAT_IT_MEANS: Final = {Request.Right.OBJECTION: "no", Request.Right.RESTRICTION: "restrict"}


def answer(asked: Request, text: str, *, by: Any) -> None:
    """Settle it, and have what was asked hold from now on."""
    with transaction.atomic():
        asked.settle(by=by, answer=text)
        if said := WHAT_IT_MEANS.get(Request.Right(asked.right)):
            assert asked.person is not None
            words = asked.message or str(asked.get_right_display())
            Consent.write(asked.person, said, how=Consent.How.REQUEST, words=words[:2_000], by=by)
