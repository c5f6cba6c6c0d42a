"""The form of a person nobody has delivered: typed by hand, with a look at those who might be the same."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lierre.foundation.forms.dressed import dress
from lierre.people.facts import FIELD
from lierre.people.forms.items import text
from lierre.people.forms.saying import SayingForm
from lierre.people.forms.scalars import of_kind

NAMES = ("given", "family", "usage", "sex", "born", "student_number", "ine")
MOST = 2100


class NewPersonForm(SayingForm):
    """`someone_else` is asked only when the base holds people who look alike."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    degree = text(gettext_lazy("Degree"))
    year = forms.IntegerField(label=gettext_lazy("Class year"), min_value=1900, max_value=MOST, required=False)
    someone_else = forms.BooleanField(label=gettext_lazy("None of them: it is somebody else"), required=False)

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for name in NAMES:
            self.fields[name] = of_kind(FIELD[name])
            dress(self.fields[name])
        self.fields["given"].required = True
        self.order_fields([*NAMES, "email", "degree", "year", "reason", "someone_else"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("family") and not given.get("usage"):
            raise ValidationError(_("Give the birth name or the usage name."))
        return given

    def facts(self) -> Mapping[str, Any]:
        """As a record says it."""
        given = self.cleaned_data
        said: dict[str, Any] = {name: given[name] for name in NAMES if given.get(name)}
        if given.get("email"):
            said["contacts"] = [{"kind": "email", "value": given["email"].lower()}]
        study = {name: given[name] for name in ("degree", "year") if given.get(name)}
        if study:
            said["studies"] = [study]
        return said
