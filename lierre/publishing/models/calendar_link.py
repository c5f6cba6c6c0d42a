"""The secret address by which somebody's own calendar follows ours. Renewed or closed, the former one shows nothing any more."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from lierre.foundation.models.journal import record


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarLink(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.CharField(max_length=50, unique=True, default=new_token)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("address of a calendar")
        verbose_name_plural = gettext_lazy("addresses of calendars")

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def renew(cls, user: Any) -> "CalendarLink":
        """A new secret: the former address shows nothing any more."""
        with transaction.atomic():
            link, _is_new = cls.objects.update_or_create(
                user=user, defaults={"token": new_token(), "made_at": timezone.now()}
            )
            record("calendar.shared", link, by=user)
        return link

    def close(self, *, by: Any) -> None:
        """Its address shows nothing any more, and none takes its place."""
        with transaction.atomic():
            record("calendar.closed", self, by=by)
            self.delete()
