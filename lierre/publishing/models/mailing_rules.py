"""How much the house writes: to one person in a week, to one domain in a minute, in all in an hour. One row."""

from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lierre.foundation.models.journal import record

NAMES: Final = ("a_week", "a_topic_a_week", "an_hour", "a_domain_a_minute")


class MailingRules(models.Model):
    """Zero: no limit. Messages of every service count in what a person receives, but for what the law obliges us to send."""

    a_week = models.PositiveSmallIntegerField(_("messages a week to one person, all subjects together"), default=3)
    a_topic_a_week = models.PositiveSmallIntegerField(_("messages a week to one person on one subject"), default=1)
    an_hour = models.PositiveIntegerField(_("messages an hour, in all"), default=20_000)
    a_domain_a_minute = models.PositiveIntegerField(_("messages a minute to one domain"), default=120)

    class Meta:
        verbose_name = _("rules of mailings")
        verbose_name_plural = _("rules of mailings")

    def __str__(self) -> str:
        return ", ".join(f"{name} {getattr(self, name)}" for name in NAMES)

    @classmethod
    def in_force(cls) -> "MailingRules":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def decide(cls, limits: dict[str, int], *, by: Any) -> None:
        with transaction.atomic():
            before = cls.in_force()
            kept, _new = cls.objects.update_or_create(pk=1, defaults=limits)
            record("mailing.rules_decided", kept, by=by, before=str(before), after=str(kept))
