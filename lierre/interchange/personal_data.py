"""What this domain holds about people: who let a machine in, and what was answered to it for a day."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis, declare
from lierre.interchange.models import Dispatch, IdempotencyKey, Token
from lierre.people.models import Person


def tokens(someone: Any) -> QuerySet[Token]:
    return Token.objects.owned_by(someone) if isinstance(someone, get_user_model()) else Token.objects.none()


def answers(someone: Any) -> QuerySet[IdempotencyKey]:
    """An answer names the person it is about by their public identifier."""
    if not isinstance(someone, Person):
        return IdempotencyKey.objects.filter(token__in=tokens(someone))
    return IdempotencyKey.objects.filter(path__contains=f"/{someone.public_id}/")


def dispatches(someone: Any) -> QuerySet[Dispatch]:
    found = Dispatch.objects.all()
    return found.filter(body__contains=f'"{someone.public_id}"') if isinstance(someone, Person) else found.none()


declare(
    Holding(
        model="interchange.token", label=_("tokens of machines"), fields=("name", "made_at", "expires_at", "last_used_at"),
        purpose=_("Let machines in with the rights of somebody who answers for them."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("As long as the account."), rows_about=tokens,
        erase=lambda someone: tokens(someone).delete()[0],
    ),
    Holding(
        model="interchange.idempotencykey", label=_("answers kept for machines"), fields=("path", "answer", "made_at"),
        purpose=_("Have a request that was sent twice count once."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Twenty-four hours."), rows_about=answers, erase=lambda someone: answers(someone).delete()[0],
    ),
    Holding(
        model="interchange.dispatch", label=_("messages to machines"), fields=("event", "body", "made_at"),
        purpose=_("Tell machines that something changed, without saying what."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Thirty days."), rows_about=dispatches,
        kept_because=_("It holds a mark drawn at random and nothing else, and has the copies elsewhere erased too."),
    ),
)  # fmt: skip
