"""What is held about those who talk about a post, who read it from outside, and who keep the charter."""

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis
from lierre.publishing.models import CharterException, Comment, Mention, Review, RuleVersion


def comments(someone: Any) -> QuerySet[Comment]:
    return mine(Comment.objects.all(), someone, "by", "resolved_by")


def leave_comments(someone: Any) -> int:
    """The words stay with the post they are about; nothing says any more whose they are."""
    if not isinstance(someone, get_user_model()):
        return 0
    settled = Comment.objects.filter(resolved_by=someone).update(resolved_by=None)
    return settled + Comment.objects.filter(by=someone).update(by=None)


def mine(rows: QuerySet[Any], someone: Any, *names: str) -> QuerySet[Any]:
    """Those where one of these fields is this user."""
    if not isinstance(someone, get_user_model()):
        return rows.none()
    asked = Q(pk__in=[])
    for name in names:
        asked |= Q(**{name: someone})
    return rows.filter(asked)


def rule_versions(someone: Any) -> QuerySet[RuleVersion]:
    return mine(RuleVersion.objects.all(), someone, "by")


def mentions(someone: Any) -> QuerySet[Mention]:
    return mine(Mention.objects.all(), someone, "user")


HOLDINGS: Final = (
    Holding(
        model="publishing.comment", label=_("comments on posts"), fields=("body", "at", "resolved_at"),
        purpose=_("Let colleagues agree on what is said in public."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the post."), rows_about=comments, erase=leave_comments,
    ),
    Holding(
        model="publishing.mention", label=_("who is called in comments"), fields=("comment",),
        purpose=_("Tell those whose word is asked for."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the comment."), rows_about=mentions,
        erase=lambda someone: mentions(someone).delete()[0],
    ),
    Holding(
        model="publishing.charterexception", label=_("exceptions to the charter"), fields=("passage", "why", "at"),
        purpose=_("Prove who kept a passage against the charter, and who agreed."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the post."),
        rows_about=lambda someone: mine(CharterException.objects.all(), someone, "by", "countersigned_by"),
        kept_because=_("It proves that somebody else agreed to what was published; the account it names is emptied."),
    ),
    Holding(
        model="publishing.review", label=_("readers from outside"),
        fields=("name", "email", "answered_as", "words", "asked_at", "answered_at"),
        purpose=_("Have a partner read what is said of them, and keep their answer."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("The address, thirty days after the link closes; the answer, as long as the post."),
        rows_about=lambda someone: mine(Review.objects.all(), someone, "asked_by"),
        kept_because=_("It proves who asked for the answer of somebody outside; the account it names is emptied."),
    ),
    Holding(
        model="publishing.ruleversion", label=_("versions of the charter"), fields=("number", "at", "by_name"),
        purpose=_("Show who changed a rule that others follow."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the rule."), rows_about=rule_versions,
        erase=lambda someone: rule_versions(someone).update(by=None, by_name=""),
    ),
)  # fmt: skip
