"""A question asked of the directory that someone wants to ask again."""

from typing import Any, Final, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.errors import Refused
from lierre.foundation.models.journal import record

MOST: Final = 50


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, user: Any) -> Self:
        return self.filter(owner=user)

    def keep(self, name: str, query: str, *, by: Any) -> "SavedSearch":
        """Keep a question under a name. The same name again replaces what it asked."""
        name = " ".join(name.split())
        if not name:
            raise Refused(_("Give this search a name, so that you can find it again."))
        if not query:
            raise Refused(_("There is nothing to keep yet: type a name or choose a filter first."))
        if self.of(by).exclude(name=name).count() >= MOST:
            raise Refused(_("You keep %(count)s searches already. Forget one of them first.") % {"count": MOST})
        with transaction.atomic():
            kept, _created = self.update_or_create(owner=by, name=name[:100], defaults={"query": query[:4000]})
            record("search.kept", kept, by=by)
        return kept


class SavedSearch(models.Model):
    """`query` is the address, without the page. What it finds is asked again each time, with the rights of the day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(gettext_lazy("name"), max_length=100)
    query = models.CharField(max_length=4000)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("saved search")
        verbose_name_plural = gettext_lazy("saved searches")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_search_by_name")]

    def __str__(self) -> str:
        return self.name

    def forget(self, *, by: Any) -> None:
        with transaction.atomic():
            record("search.forgotten", self, by=by)
            self.delete()
