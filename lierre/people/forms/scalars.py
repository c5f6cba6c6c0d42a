"""The forms that correct single values, a group at a time: identity, profile, states."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import dress
from lierre.people.directory.labels import countries
from lierre.people.facts import FIELDS, Field
from lierre.people.forms.dates import DeathField, PartialDateField
from lierre.people.forms.saying import SayingForm
from lierre.people.readings.wording import COUNTRIES, SEXES, language_in_words

LONG: Final = {"summary": 4_000}
HINTS: Final = {
    "usage": _("The name borne today, when it is not the birth name."),
    "died": _("The date, or “yes” when nobody knows it. The dead are shown to staff only, and never written to."),
    "lost": _("Mail comes back and nobody knows where the person is."),
    "do_not_contact": _("Nothing will be sent, whatever the subject."),
    "skills": _("One on each line."),
    "certifications": _("One on each line."),
    "languages": _("One on each line, with the level between parentheses: breton (C1)."),
}  # fmt: skip


class FlagField(forms.TypedChoiceField):
    """Yes, no, or nothing said."""

    def __init__(self, **options: Any) -> None:
        choices = [("", _("nothing said")), ("yes", _("yes")), ("no", _("no"))]
        super().__init__(choices=choices, coerce=lambda value: value == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or ""))


class NumberField(forms.CharField):
    """A student number, without spaces."""

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").split())


class NationalNumberField(NumberField):
    """The national one, in capitals."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper()


class LinesField(forms.CharField):
    """A list, one item on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(item if isinstance(item, str) else language_in_words(item) for item in value)
        return value

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split())[:100] for line in super().clean(value).splitlines()]
        return [self.item(line) for line in lines if line][:100]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "").split() != (data or "").split()

    def item(self, line: str) -> Any:
        return line


class LanguagesField(LinesField):
    """
    >>> LanguagesField().item("breton (C1)")
    {'name': 'breton', 'level': 'C1'}
    """

    def item(self, line: str) -> Any:
        name, _parenthesis, level = line.partition("(")
        level = level.removesuffix(")").strip()
        return {"name": name.strip(), "level": level} if level else {"name": name.strip()}


OWN_FIELD: Final[dict[str, Callable[..., forms.Field]]] = {
    "died": DeathField,
    "languages": LanguagesField,
    "skills": LinesField,
    "certifications": LinesField,
    "ine": NationalNumberField,
    "student_number": NumberField,
}


def of_kind(field: Field) -> forms.Field:
    """The form field of a scalar."""
    shown: dict[str, Any] = {"label": field.label, "required": False}
    if field.name in HINTS:
        shown["help_text"] = HINTS[field.name]
    if field.name in OWN_FIELD:
        return OWN_FIELD[field.name](**shown)
    if field.name in {"linkedin", "website"}:
        return forms.URLField(max_length=300, assume_scheme="https", **shown)
    if field.name in COUNTRIES:
        named = sorted(countries("fr").items(), key=lambda pair: pair[1])
        return forms.ChoiceField(choices=[("", _("unknown")), *named], **shown)
    match field.kind:
        case "date":
            return PartialDateField(**shown)
        case "flag":
            return FlagField(**shown)
        case "sex":
            return forms.ChoiceField(choices=[("", _("unknown")), *SEXES.items()], **shown)
    longest = LONG.get(field.name)
    widget = forms.Textarea(attrs={"rows": 4}) if longest else forms.TextInput()
    return forms.CharField(max_length=longest or 200, widget=widget, **shown)


class ScalarsForm(SayingForm):
    """The single values of one group. An empty field says nothing: it never takes a value away."""

    def __init__(self, *values: Any, group: str, **options: Any) -> None:
        super().__init__(*values, **options)
        for field in FIELDS:
            if field.group == group or (field.name == "usage" and group == "identity"):
                self.fields[field.name] = of_kind(field)
                dress(self.fields[field.name])
        if group == "profile":
            del self.fields["usage"]
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])
