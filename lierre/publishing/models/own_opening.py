"""An ambassador goes to a network to open their own account, and comes back once, to the session they left."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from lierre.publishing.models.opening import Going, OpeningQuerySet
from lierre.publishing.models.own_account import OwnAccount


class OwnOpening(Going):
    account = models.ForeignKey(OwnAccount, models.CASCADE, related_name="openings")

    objects = OpeningQuerySet["OwnOpening"].as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = gettext_lazy("opening of an account of one’s own")
        verbose_name_plural = gettext_lazy("openings of accounts of one’s own")
