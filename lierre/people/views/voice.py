"""Who speaks on a form: staff about somebody, with a reason, or the person about themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lierre.people.choosing import tell
from lierre.people.readings.sheet import Sheet
from lierre.people.saying import correct


@dataclass(frozen=True, slots=True)
class Voice:
    """`own` when the person speaks."""

    sheet: Sheet
    by: Any
    own: bool = False

    @property
    def kind(self) -> str:
        return "member" if self.own else "staff"

    @property
    def home(self) -> str:
        return reverse("people:own_record") if self.own else self.sheet.person.get_absolute_url()

    def address(self, name: str, *arguments: str) -> str:
        """The page of that name, on this side."""
        if self.own:
            return reverse(f"people:own_{name}", args=arguments)
        return reverse(f"people:{name}", args=[self.sheet.person.public_id, *arguments])

    def say(self, facts: Mapping[str, Any], why: str) -> None:
        if self.own:
            tell(self.sheet.person, facts, by=self.by)
        else:
            correct(self.sheet.person, facts, reason=why, by=self.by)
