"""How much the house writes: to one person in a week, to one domain in a minute, in all in an hour; and what somebody
outside reads first. One row."""

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
    # As an account asks it of its posts: keys of subjects whose letters leave with a yes from outside too.
    outside_topics = models.JSONField(_("subjects that somebody outside approves too"), default=list)

    class Meta:
        verbose_name = _("rules of mailings")
        verbose_name_plural = _("rules of mailings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def told(self) -> dict[str, Any]:
        """For the journal."""
        return {name: getattr(self, name) for name in (*NAMES, "outside_topics")}

    @classmethod
    def in_force(cls) -> "MailingRules":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @classmethod
    def decide(cls, said: dict[str, Any], *, by: Any) -> None:
        with transaction.atomic():
            before = cls.in_force()
            kept, _new = cls.objects.update_or_create(pk=1, defaults=said)
            record("mailing.rules_decided", kept, by=by, before=before.told, after=kept.told)
