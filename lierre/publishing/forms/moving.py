"""A post or a mailing is moved: to another day of the calendar, to another column of the board."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme

from lierre.publishing.spoken import KEY


class BackForm(forms.Form):
    """`post`: as the calendar names it. `back`: where one was; never out of the house."""

    post = forms.CharField(max_length=20, validators=[KEY])
    back = forms.CharField(required=False, max_length=300)

    def clean_back(self) -> str:
        back = str(self.cleaned_data["back"])
        return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""


class MoveForm(BackForm):
    """`at`: the very instant that an undone move goes back to, which an hour of the wall may not say."""

    at = forms.DateTimeField(required=False)
    day = forms.DateField(input_formats=["%Y-%m-%d"])


class CardForm(BackForm):
    """`version`: the one that was on the card."""

    to = forms.SlugField(max_length=20)
    version = forms.IntegerField(min_value=1)
