"""What is held about ambassadors, and about those who feed them. Whoever leaves takes all of theirs away."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from lierre.foundation.personal_data import Holding, LegalBasis
from lierre.publishing.models import Ambassador, Digest, Material, OwnText, Story
from lierre.publishing.of_user import of_user

ambassadors = of_user(Ambassador, "user")
texts = of_user(OwnText, "ambassador__user")
digests = of_user(Digest, "ambassador__user")
told = of_user(Story, "ambassador__user")
stories = of_user(Story, "ambassador__user", "answered_by")
materials = of_user(Material, "by")


def erase_stories(someone: Any) -> int:
    """Theirs go; those that they answered no longer say who did."""
    gone: int = told(someone).delete()[0]
    return gone + int(stories(someone).update(answered_by=None))


HOLDINGS: Final = (
    Holding(
        model="publishing.ambassador", label=_("ambassadors"),
        fields=("unit__name", "topics", "languages", "networks", "server", "rhythm", "words", "joined_at"),
        purpose=_("Send ideas of posts to those who asked for them."), legal_basis=LegalBasis.CONSENT,
        retention=_("Until they leave, or lose the role."), rows_about=ambassadors,
        erase=lambda someone: ambassadors(someone).delete()[0],
    ),
    Holding(
        model="publishing.owntext", label=_("texts of ambassadors"),
        fields=("material__title", "text", "kept_at", "published_at", "link"),
        purpose=_("Let somebody write in their own words; nobody else reads it."), legal_basis=LegalBasis.CONSENT,
        retention=_("One year, or until they leave."), rows_about=texts,
        erase=lambda someone: texts(someone).delete()[0],
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
