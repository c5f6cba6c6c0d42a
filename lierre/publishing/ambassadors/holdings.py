"""What is held about ambassadors, and about those who feed them. Whoever leaves takes all of theirs away."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis
from lierre.publishing.models import (
    Ambassador,
    Digest,
    Material,
    OwnAccount,
    OwnAttempt,
    OwnDelivery,
    OwnOpening,
    OwnText,
    Story,
)
from lierre.publishing.of_user import of_user
from lierre.publishing.own.closing import close_all

ambassadors = of_user(Ambassador, "user")
texts = of_user(OwnText, "ambassador__user")
digests = of_user(Digest, "ambassador__user")
told = of_user(Story, "ambassador__user")
stories = of_user(Story, "ambassador__user", "answered_by")
materials = of_user(Material, "by")
accounts = of_user(OwnAccount, "ambassador__user")
deliveries = of_user(OwnDelivery, "account__ambassador__user")
attempts = of_user(OwnAttempt, "delivery__account__ambassador__user")
openings = of_user(OwnOpening, "user")


def erase_stories(someone: Any) -> int:
    """Theirs go; those that they answered no longer say who did."""
    gone: int = told(someone).delete()[0]
    return gone + int(stories(someone).update(answered_by=None))


def close_accounts(someone: Any) -> int:
    """Destroyed here with all that hangs on them; the networks are told once it is written."""
    return close_all(accounts(someone).select_related("ambassador__user"), by="erasure")


def erase_ambassador(someone: Any) -> int:
    """The keys are given back before the row that they hang on goes."""
    gone: int = close_accounts(someone)
    return gone + int(ambassadors(someone).delete()[0])


HOLDINGS: Final = (
    Holding(
        model="publishing.ambassador", label=_("ambassadors"),
        fields=("unit__name", "topics", "languages", "networks", "server", "rhythm", "words", "joined_at"),
        purpose=_("Send ideas of posts to those who asked for them."), legal_basis=LegalBasis.CONSENT,
        retention=_("Until they leave, or lose the role."), rows_about=ambassadors,
        erase=erase_ambassador,
    ),
    Holding(
        model="publishing.owntext", label=_("texts of ambassadors"),
        fields=("material__title", "text", "kept_at", "published_at", "link"),
        purpose=_("Let somebody write in their own words; nobody else reads it."), legal_basis=LegalBasis.CONSENT,
        retention=_("One year, or until they leave."), rows_about=texts,
        erase=lambda someone: texts(someone).delete()[0],
    ),
    Holding(
        model="publishing.ownaccount", label=_("accounts of one’s own"),
        fields=("network", "handle", "address", "label", "words", "begun_at", "expires_at", "held"),
        purpose=_("Publish for somebody, when they ask for it, on the account that they connected."),
        legal_basis=LegalBasis.CONSENT, retention=_("Until they disconnect it, leave, or lose the role."),
        rows_about=accounts, erase=close_accounts,
    ),
    Holding(
        model="publishing.owndelivery", label=_("texts that somebody asked to publish in their own name"),
        fields=("text", "state", "due_at", "sent_at", "confirmed_at", "permalink", "failure", "evidence"),
        purpose=_("Publish a text once, and know that it is online."), legal_basis=LegalBasis.CONSENT,
        retention=_("As long as the text or the account."), rows_about=deliveries,
        erase=lambda someone: deliveries(someone).delete()[0],
    ),
    Holding(
        model="publishing.ownattempt", label=_("calls for what somebody publishes in their own name"),
        fields=("kind", "began_at", "ended_at", "outcome", "said"),
        purpose=_("Publish a text once, and know that it is online."), legal_basis=LegalBasis.CONSENT,
        retention=_("As long as the text or the account."), rows_about=attempts,
        erase=lambda someone: attempts(someone).delete()[0],
    ),
    Holding(
        model="publishing.ownopening", label=_("openings of accounts of one’s own"), fields=("made_at", "back_at", "done_at"),
        purpose=_("Know who went to a network to open an account, until they come back."),
        legal_basis=LegalBasis.CONSENT, retention=_("One day."), rows_about=openings,
        erase=lambda someone: openings(someone).delete()[0],
    ),
    Holding(
        model="publishing.digest", label=_("weekly messages to ambassadors"), fields=("week", "left_at", "why"),
        purpose=_("Write once a week at most."), legal_basis=LegalBasis.CONSENT, retention=_("Ninety days."),
        rows_about=digests, erase=lambda someone: digests(someone).delete()[0],
    ),
    Holding(
        model="publishing.story", label=_("stories of ambassadors"),
        fields=("title", "words", "moment", "quoted", "state", "answer", "made_at"),
        purpose=_("Hear what those who work here have to tell, and answer them."), legal_basis=LegalBasis.CONSENT,
        retention=_("Until they leave."), rows_about=stories, erase=erase_stories,
    ),
    Holding(
        model="publishing.material", label=_("topics for ambassadors"), fields=("title", "week", "made_at"),
        purpose=_("Know who prepared what ambassadors are offered."), legal_basis=LegalBasis.PUBLIC_TASK,
        retention=_("Ten years, as what the institution published."), rows_about=materials,
        erase=lambda someone: materials(someone).update(by=None),
    ),
)  # fmt: skip
