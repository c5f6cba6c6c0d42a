"""Who is to be delegate of which class, and what a delegate answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import User
from lierre.foundation.forms.dressed import HouseForm
from lierre.people.models import Vouch


class DelegateForm(HouseForm):
    email = forms.EmailField(label=_("E-mail of their account"))
    year = forms.IntegerField(label=_("Class of"), min_value=1900, max_value=2100)
    degree = forms.CharField(
        label=_("Degree"), max_length=300, required=False,
        help_text=_("A word of it, when they hold several of that year."),
    )  # fmt: skip

    def clean_email(self) -> str:
        """Only staff types here: that an account exists tells them nothing new."""
        self.account = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if self.account is None:
            raise ValidationError(_("Nobody signs in with this address."))
        return str(self.cleaned_data["email"])


class VouchForm(forms.Form):
    answer = forms.ChoiceField(choices=Vouch.Answer.choices)
