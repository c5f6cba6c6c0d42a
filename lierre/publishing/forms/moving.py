"""A post is moved to another day."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme


class MoveForm(forms.Form):
    """`back`: where one was; never out of the house."""

    post = forms.IntegerField(min_value=1)
    day = forms.DateField(input_formats=["%Y-%m-%d"])
    back = forms.CharField(required=False, max_length=300)

    def clean_back(self) -> str:
        back = str(self.cleaned_data["back"])
        return back if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""
