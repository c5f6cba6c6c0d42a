"""What is held about those who talk about a post, who read it from outside, and who keep the charter."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis
from lierre.publishing.models import CharterException, Comment, Mention, Review, RuleVersion
from lierre.publishing.of_user import forget_user, of_user

comments = of_user(Comment, "by", "resolved_by")
mentions = of_user(Mention, "user")
exceptions = of_user(CharterException, "by", "countersigned_by")
reviews = of_user(Review, "asked_by")
rule_versions = of_user(RuleVersion, "by")


HOLDINGS: Final = (
    Holding(
        model="publishing.comment", label=_("comments on posts"), fields=("body", "at", "resolved_at"),
        purpose=_("Let colleagues agree on what is said in public."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the post."), rows_about=comments,
        # The words stay with the post that they are about.
        erase=forget_user(Comment, "by", "resolved_by"),
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
        rows_about=exceptions,
        kept_because=_("It proves that somebody else agreed to what was published; the account it names is emptied."),
    ),
    Holding(
        model="publishing.review", label=_("readers from outside"),
        fields=("name", "email", "answered_as", "words", "asked_at", "answered_at"),
        purpose=_("Have a partner read what is said of them, and keep their answer."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("The address, thirty days after the link closes; the answer, as long as the post."),
        rows_about=reviews,
        kept_because=_("It proves who asked for the answer of somebody outside; the account it names is emptied."),
    ),
    Holding(
        model="publishing.ruleversion", label=_("versions of the charter"), fields=("number", "at", "by_name"),
        purpose=_("Show who changed a rule that others follow."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the rule."), rows_about=rule_versions,
        erase=lambda someone: rule_versions(someone).update(by=None, by_name=""),
    ),
)  # fmt: skip
