"""A group that the office makes, and the classes of a year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.community.models import Group
from lierre.foundation.forms.dressed import HouseForm


class GroupForm(HouseForm):
    prefix = "group"
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Group.Kind.choices)
    about = forms.CharField(
        label=_("In a few words"), max_length=300, required=False,
        help_text=_("Read by whoever wonders whether to join."),
    )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ClassesForm(HouseForm):
    prefix = "classes"
    year = forms.IntegerField(
        label=_("Class of"), min_value=1900, max_value=2100,
        help_text=_("One group for each degree that five people hold. They follow what is known of studies."),
    )  # fmt: skip
