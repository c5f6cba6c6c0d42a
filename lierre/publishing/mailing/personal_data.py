"""What mailings hold about people: who received which, and who wrote them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import User
from lierre.foundation.personal_data import Holding, LegalBasis
from lierre.people.models import Person
from lierre.publishing.models import Mailing, MailingException, MailingReview, Recipient
from lierre.publishing.of_user import of_user


def received(someone: Any) -> QuerySet[Recipient]:
    return Recipient.objects.filter(person=someone.pk) if isinstance(someone, Person) else Recipient.objects.none()


written = of_user(Mailing, "owner", "changed_by", "approved_by", "approved_stead")


def wrote(someone: Any) -> QuerySet[Any]:
    every: QuerySet[Any] = Mailing.writers.through.objects.all()
    return every.filter(user=someone.pk) if isinstance(someone, User) else every.none()


read_outside = of_user(MailingReview, "asked_by")
kept = of_user(MailingException, "by", "countersigned_by")

HOLDINGS = (
    Holding(
        model="publishing.recipient", label=_("mailings received"),
        fields=("address", "state", "left_at", "bounced", "unsubscribed_at", "complained_at"),
        purpose=_("Send each mailing once to each person, and answer for what was sent."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("Three years after the mailing."), rows_about=received,
        erase=lambda someone: received(someone).delete()[0],
    ),
    Holding(
        model="publishing.mailing", label=_("mailings written or approved"), fields=("name", "subject", "made_at", "due_at"),
        purpose=_("Know who wrote to the people of the base, and who approved it."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("Ten years, as what the institution published."),
        rows_about=written,
        kept_because=_("It proves that somebody else read what was sent; the account it names is emptied."),
    ),
    Holding(
        model="publishing.mailing_writers", label=_("mailings in which they wrote something"), fields=("mailing",),
        purpose=_("Have nobody approve what they wrote themselves."),
        legal_basis=LegalBasis.PUBLIC_TASK, retention=_("Ten years, as what the institution published."),
        rows_about=wrote,
        kept_because=_("It proves that somebody else read what was sent; the account it names is emptied."),
    ),
    Holding(
        model="publishing.mailingreview", label=_("readers of mailings from outside"),
        fields=("name", "email", "answered_as", "words", "asked_at", "answered_at"),
        purpose=_("Have a partner read what is said of them, and keep their answer."),
        legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("The address, thirty days after the link closes; the answer, as long as the mailing."),
        rows_about=read_outside,
        kept_because=_("It proves who asked for the answer of somebody outside; the account it names is emptied."),
    ),
    Holding(
        model="publishing.mailingexception", label=_("exceptions to the charter in mailings"),
        fields=("passage", "why", "at"),
        purpose=_("Prove who kept a passage against the charter, and who agreed."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("As long as the mailing."), rows_about=kept,
        kept_because=_("It proves that somebody else agreed to what was published; the account it names is emptied."),
    ),
)  # fmt: skip
