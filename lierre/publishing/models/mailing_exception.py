"""A passage of a mailing that somebody keeps against a rule: at their own word, or countersigned when the rule blocks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from lierre.publishing.models.exception import KeptPassage, KeptPassageQuerySet
from lierre.publishing.models.mailing import Mailing


class MailingException(KeptPassage):
    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="exceptions")

    objects = KeptPassageQuerySet["MailingException"].as_manager()

    class Meta(KeptPassage.Meta):
        abstract = False
        verbose_name = gettext_lazy("exception to the charter in a mailing")
        verbose_name_plural = gettext_lazy("exceptions to the charter in mailings")
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "rule", "passage"], name="one_exception_for_each_passage_of_a_mailing"
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("by")),
                name="somebody_else_countersigns_for_a_mailing",
            ),
            models.CheckConstraint(
                condition=Q(asked=False) | ~Q(why=""), name="an_exception_of_a_mailing_has_a_reason"
            ),
        ]

    @property
    def about(self) -> Mailing:
        return self.mailing
