"""How often a link was opened on a day, by persons and by machines. Nothing is kept of who opened it."""

from datetime import date
from typing import Any, Final, Self

from django.db import connections, models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lierre.publishing.models.link import Link

# One statement, which no reader waits for: both bases spell it so.
ADD: Final = (
    "INSERT INTO publishing_click (link_id, day, people, robots) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (link_id, day) DO UPDATE"
    " SET people = publishing_click.people + excluded.people, robots = publishing_click.robots + excluded.robots"
)


class ClickQuerySet(models.QuerySet["Click"]):
    def add(self, link_id: int, *, is_robot: bool, day: date | None = None) -> None:
        """One more, on the day of the institution's clock, whoever reads."""
        day = day or timezone.localdate(timezone=timezone.get_default_timezone())
        with connections[self.db].cursor() as cursor:
            cursor.execute(ADD, [link_id, day, int(not is_robot), int(is_robot)])

    def since(self, day: date) -> Self:
        return self.filter(day__gte=day)

    def totals(self) -> dict[str, int]:
        found = self.aggregate(people=Sum("people"), robots=Sum("robots"))
        return {name: value or 0 for name, value in found.items()}

    def by_link(self) -> dict[int, dict[str, int]]:
        """Link → people, robots."""
        rows: Any = self.values("link").annotate(all_people=Sum("people"), all_robots=Sum("robots")).order_by()
        return {row["link"]: {"people": row["all_people"], "robots": row["all_robots"]} for row in rows}


class Click(models.Model):
    """A row a day for each link that was opened."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="clicks")
    day = models.DateField(_("day"))
    people = models.PositiveIntegerField(_("clicks"), default=0)
    robots = models.PositiveIntegerField(_("robots"), default=0)

    objects = ClickQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        verbose_name = _("clicks of a day")
        verbose_name_plural = _("clicks of a day")
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="one_row_of_clicks_a_day")]

    def __str__(self) -> str:
        return f"{self.link}, {self.day}"
