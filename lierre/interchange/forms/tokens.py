"""A machine to let in: its name, what it may do, until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm
from lierre.interchange.models.token import VOICES
from lierre.interchange.scopes import open_to

LIVES = [(30, _("a month")), (90, _("three months")), (180, _("six months")), (365, _("a year"))]


class TokenForm(HouseForm):
    """Only what its owner may do is offered."""

    name = forms.CharField(
        label=_("Name of the machine"), max_length=60, help_text=_("It signs what it says and does.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what this machine may do, among what you may do yourself.")},
    )
    voice = forms.ChoiceField(
        label=_("When it says something, it speaks as"), choices=list(VOICES.items()), initial="third"
    )
    days = forms.TypedChoiceField(label=_("For"), choices=LIVES, coerce=int, initial=90)

    def __init__(self, *values: Any, owner: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        offered, asked = open_to(owner), self.fields["scopes"]
        assert isinstance(asked, forms.MultipleChoiceField)
        asked.choices = [(scope.name, scope.label) for scope in offered]
        if "persons:write" not in {scope.name for scope in offered}:
            del self.fields["voice"]
