"""A ceremony that the office holds; what a graduate leaves there, in sixty seconds on a phone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm, day
from lierre.people.forms.claims import NumberForm
from lierre.people.models import Study, Term
from lierre.privacy.models import Purpose


class CeremonyForm(HouseForm):
    name = forms.CharField(label=_("Name of the ceremony"), max_length=120)
    year = forms.IntegerField(label=_("Class of"), min_value=1900, max_value=2100)
    degree = forms.CharField(
        label=_("Degree"), max_length=300, required=False,
        help_text=_("As the school calls it, or a part of it. Left empty, the whole class of that year."),
    )  # fmt: skip
    day = day(_("Day"), required=True)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """A degree that somebody holds that year: the class list would be empty otherwise."""
        given = super().clean() or self.cleaned_data
        words, year = given.get("degree"), given.get("year")
        if words and year:
            found = list(Term.objects.filter(kind="degree", label__icontains=words).order_by("label")[:200])
            held = set(Study.objects.filter(year=year, degree__in=found).values_list("degree_id", flat=True))
            terms = [term for term in found if term.pk in held]
            exact = [term for term in terms if term.label.lower() == words.lower()] or terms
            if len(exact) != 1:
                names = ", ".join(term.label for term in exact[:5])
                self.add_error("degree", _("Several degrees say this: %(names)s.") % {"names": names} if exact
                               else _("Nobody holds a degree called so that year."))  # fmt: skip
            else:
                given |= {"degree_id": exact[0].pk, "degree": exact[0].label}
        return given


class Agreements(HouseForm):
    """An address of one's own, and a box for each purpose that asks for an agreement; none is ticked beforehand."""

    email = forms.EmailField(
        label=_("Personal e-mail"),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
        help_text=_(
            "One that stays when that of your studies closes. We write there at once, to be sure that it is yours."
        ),
    )

    def __init__(self, *values: Any, topics: Sequence[Purpose], agreed: Sequence[int] = (), **options: Any) -> None:
        super().__init__(*values, **options)
        self.topics = list(topics)
        for topic in self.topics:
            self.fields[f"topic-{topic.pk}"] = forms.BooleanField(
                label=topic.label, help_text=topic.why, required=False, initial=topic.pk in agreed
            )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if is_of_the_house(email):
            raise ValidationError(_("This address closes after your studies: give one of your own."))
        return email

    def agreed(self) -> list[Purpose]:
        return [topic for topic in self.topics if self.cleaned_data.get(f"topic-{topic.pk}")]

    def boxes(self) -> list[forms.BoundField]:
        return [self[f"topic-{topic.pk}"] for topic in self.topics]


class SignedInForm(Agreements):
    prefix = "left"


class UnknownForm(Agreements, NumberForm):
    """Who they say they are: compared with the class by somebody, later."""

    prefix = "left"
    year = None  # type: ignore[assignment]
    degree = None  # type: ignore[assignment]
    field_order = ("given", "family", "born", "number", "email")

    def evidence(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("given", "family", "born", "number")}


def is_of_the_house(email: str) -> bool:
    """Whether the institution gives this address, and takes it back."""
    house = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ").lower()
    domain = email.rpartition("@")[2]
    return bool(house) and (domain == house or domain.endswith(f".{house}"))
