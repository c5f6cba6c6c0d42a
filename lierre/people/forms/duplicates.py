"""Which pairs to look at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import HouseForm


class DuplicatesFilter(HouseForm):
    """Every choice may be left empty: then all that waits."""

    nom = forms.CharField(label=_("Name"), required=False, max_length=100)
    promotion = forms.CharField(
        label=_("Class"), required=False, max_length=4, widget=forms.TextInput({"inputmode": "numeric"})
    )
    surete = forms.ChoiceField(
        label=_("How sure"),
        required=False,
        choices=[("", _("any")), ("sures", _("almost sure")), ("douteuses", _("doubtful"))],
    )
    etat = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("waiting")),
            ("later", _("put off")),
            ("different", _("two persons")),
            ("same", _("the same person")),
        ],
    )
