"""Who sees to an answer of the networks; why the list of them leaves the house."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import User
from lierre.foundation.forms.dressed import HouseForm
from lierre.publishing.hearing import listing


class GiveForm(HouseForm):
    to = forms.ModelChoiceField(
        User.objects.none(), label=_("Who sees to it"), required=False, empty_label=_("nobody in particular")
    )

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["to"].queryset = listing.colleagues()  # type: ignore[attr-defined]


class WhyForm(HouseForm):
    why = forms.CharField(max_length=300, label=_("Why this list leaves the house"))
