"""Somebody outside the house reads one mailing before it leaves, by a link of their own, and says what they think of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from lierre.publishing.models.mailing import Mailing
from lierre.publishing.models.review import Reading, ReadingQuerySet


class MailingReview(Reading):
    """It counts where the house asks for somebody outside on this subject; the last yes is said in the house."""

    ABOUT = "mailing"
    SALT = "lierre.publishing.mailing.review"
    PAGE = "publishing:review_mailing"

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="reviews")

    objects = ReadingQuerySet["MailingReview"].as_manager()

    class Meta(Reading.Meta):
        abstract = False
        verbose_name = gettext_lazy("review of a mailing from outside")
        verbose_name_plural = gettext_lazy("reviews of mailings from outside")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_about_a_mailing_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mailing}, {self.name}"
