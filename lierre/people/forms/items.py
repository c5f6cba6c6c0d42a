"""The forms of what a person has several of: studies, positions, ways to reach them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.people.directory.labels import countries, table
from lierre.people.facts import LEVELS
from lierre.people.forms.dates import PartialDateField
from lierre.people.forms.phones import normal_phone
from lierre.people.forms.saying import SayingForm
from lierre.people.forms.scalars import FlagField
from lierre.people.models import ContactPoint
from lierre.people.readings.wording import USES

UNKNOWN: Final = ("", gettext_lazy("unknown"))


def text(label: Any, length: int = 200, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def chosen(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[UNKNOWN, *choices], required=False)


def country_choices() -> list[tuple[str, str]]:
    return sorted(countries("fr").items(), key=lambda pair: pair[1])


def table_choices(name: str) -> list[tuple[str, str]]:
    return list(table(name).items())


class ItemForm(SayingForm):
    """`item` is what is known, when it is corrected: what identifies it cannot change, or it would be another one."""

    list_name: ClassVar[str]

    def __init__(self, *values: Any, item: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(*values, initial=dict(item or {}), **options)
        for name in self.key_names if item else ():
            self.fields[name].disabled = True

    def facts(self) -> Mapping[str, Any]:
        said = self.said()
        if not said:
            return {}
        keys = {name: self.cleaned_data[name] for name in self.key_names if self.cleaned_data.get(name)}
        return {self.list_name: [{**keys, **said}]}


class StudyForm(ItemForm):
    """A programme. The degree and the year identify it."""

    list_name = "studies"
    key_names = ("degree", "code", "year")

    degree = text(gettext_lazy("Degree"))
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1900, max_value=2100, required=False)
    obtained = FlagField(label=gettext_lazy("Obtained"), required=False)
    level = chosen(gettext_lazy("Level"), LEVELS.items())
    discipline = text(gettext_lazy("Discipline"))
    unit = text(gettext_lazy("Faculty, school or department"))
    school = text(gettext_lazy("Other institution"), help_text=gettext_lazy("Only when it was not studied here."))
    honours = text(gettext_lazy("Honours"), 60)
    code = text(gettext_lazy("Code of the degree"), 40)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("degree") and not given.get("code"):
            self.add_error("degree", _("Give the degree, or its code."))
        return given


class PositionForm(ItemForm):
    """A job. The employer and the title identify it; without an end, it is a current one."""

    list_name = "positions"
    key_names = ("title", "employer")

    title = text(gettext_lazy("Position"))
    employer = text(gettext_lazy("Employer"))
    started = PartialDateField(label=gettext_lazy("From"), required=False)
    ended = PartialDateField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Leave it empty when it goes on.")
    )
    city = text(gettext_lazy("Town"), 100)
    department = forms.ChoiceField(label=gettext_lazy("Département"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    rome = text(
        gettext_lazy("Occupation (ROME code)"), 5, help_text=gettext_lazy("A letter and four digits, such as M1805.")
    )
    contract = text(gettext_lazy("Contract"), 60)

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        lists = {
            "department": table_choices("departments"),
            "country": country_choices(),
            "sector": table_choices("sectors"),
        }
        for name, choices in lists.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            known = str(self.initial.get(name, ""))
            choices += [] if not known or known in dict(choices) else [(known, known)]
            field.choices = [UNKNOWN, *choices]

    def clean_rome(self) -> str:
        code = str(self.cleaned_data["rome"]).strip().upper()
        if code and code not in table("occupations"):
            raise ValidationError(_("“%(code)s” is not a ROME code.") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("title") and not given.get("employer"):
            self.add_error("title", _("Give the position or the employer."))
        if given.get("started") and given.get("ended") and given["ended"][:4] < given["started"][:4]:
            self.add_error("ended", _("It ends before it begins."))
        return given


class ContactForm(ItemForm):
    """A way to reach someone. Its kind and its value identify it."""

    list_name = "contacts"
    key_names = ("kind", "value")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ContactPoint.Kind.choices)
    value = forms.CharField(label=gettext_lazy("Address or number"), max_length=400)
    use = chosen(gettext_lazy("Use"), USES.items())
    confirmed = FlagField(
        label=gettext_lazy("Proven"),
        required=False,
        help_text=gettext_lazy("An e-mail that the person answered from. It then links every record that carries it."),
    )
    refused = FlagField(label=gettext_lazy("Mail comes back"), required=False)
    city = text(gettext_lazy("Town"), 100)
    postcode = text(gettext_lazy("Postcode"), 12)
    department = forms.ChoiceField(label=gettext_lazy("Département"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for name, choices in (("department", table_choices("departments")), ("country", country_choices())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [UNKNOWN, *choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        value, kind = " ".join(str(given.get("value", "")).split()), given.get("kind")
        if kind == "email" and value:
            value = value.lower()
            try:
                validate_email(value)
            except ValidationError:
                self.add_error("value", _("“%(value)s” is not an e-mail address.") % {"value": value})
        if kind == "phone" and value and not self.fields["value"].disabled:
            value = normal_phone(value)
            if not value:
                self.add_error("value", _("This is not a phone number: digits, perhaps with + and the country code."))
        given["value"] = value
        return given
