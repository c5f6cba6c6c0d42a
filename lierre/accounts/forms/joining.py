"""Coming in by an invitation: a name, and a password for next time."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lierre.accounts.models import User
from lierre.foundation.forms.dressed import HouseForm
from lierre.foundation.zones import called, choices


class JoiningForm(HouseForm):
    """The password is written once: it can be shown while typing, and reset by e-mail."""

    name = forms.CharField(
        label=_("Your first and last name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("A password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("Twelve characters or more. A sentence you will remember is better than a word with signs."),
    )

    def __init__(self, *values: Any, email: str, **options: Any) -> None:
        super().__init__(*values, **options)
        self.email = email

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if password := asked.get("password"):
            try:
                password_validation.validate_password(password, User(email=self.email, name=asked.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return asked


def zones() -> Iterator[Any]:
    """That of the institution first, which is what nearly everybody keeps."""
    yield "", _("that of the institution (%(zone)s)") % {"zone": called(settings.TIME_ZONE)}
    yield from choices()


class PreferencesForm(HouseForm):
    """How I am called, and how I like my pages."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=[("fr", "français"), ("en", "English")])
    theme = forms.ChoiceField(
        label=_("Appearance"),
        required=False,
        choices=[("", _("as the device")), ("light", _("light")), ("dark", _("dark"))],
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=zones,
        help_text=_("Every page tells the hours of this zone, and names it when the institution lives by another one."),
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())
