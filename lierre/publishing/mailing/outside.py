"""Whether somebody outside must say yes to a letter before the house does, and whether they did."""

from lierre.publishing.models import Mailing, MailingReview, MailingRules


def asks_outside(mailing: Mailing) -> bool:
    """The house decides it by subject."""
    return mailing.topic in MailingRules.in_force().outside_topics


def outside_yes(mailing: Mailing) -> MailingReview | None:
    """To these very words."""
    said = mailing.reviews.filter(counts=True, answer=MailingReview.Answer.YES, digest=mailing.digest)
    return said.last()


def awaits_outside(mailing: Mailing) -> bool:
    """What is urgent leaves with one countersignature, as a post."""
    return not mailing.urgent and asks_outside(mailing) and outside_yes(mailing) is None
