"""The forms of the library that signs people in, in our words and dressed as those of the house."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from lierre.foundation.forms.dressed import dress

Words = dict[str, Any]
NEW_PASSWORD: Words = {"password1": _("New password"), "password2": _("The same again")}
ADVICE: Words = {
    "password1": _("Twelve characters or more. A sentence you will remember is better than a word with signs.")
}


class Ours(forms.BaseForm):
    """A label always stands above its field, which needs no ghost of one inside."""

    words: ClassVar[Words] = {}
    advice: ClassVar[Words] = {}

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        for name, field in self.fields.items():
            field.label, field.help_text = self.words.get(name, field.label), self.advice.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            dress(field)


class Login(Ours, account.LoginForm):  # type: ignore[misc]
    words = {"login": _("E-mail"), "password": _("Password"), "remember": _("Stay signed in on this device")}


class ForgottenPassword(Ours, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": _("E-mail")}


class PasswordByLink(Ours, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words, advice = NEW_PASSWORD, ADVICE


class PasswordChange(Ours, account.ChangePasswordForm):  # type: ignore[misc]
    words, advice = {"oldpassword": _("Present password"), **NEW_PASSWORD}, ADVICE


class FirstPassword(Ours, account.SetPasswordForm):  # type: ignore[misc]
    words, advice = NEW_PASSWORD, ADVICE


class NewAddress(Ours, account.AddEmailForm):  # type: ignore[misc]
    words = {"email": _("New e-mail")}


class PasswordAgain(Ours, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": _("Password")}


class Code(Ours, factor.AuthenticateForm):  # type: ignore[misc]
    words = {"code": _("Code of the application, or a recovery code")}


class CodeAgain(Ours, factor.ReauthenticateForm):  # type: ignore[misc]
    words = Code.words


class FirstCode(Ours, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": _("Code of six digits")}


class NewPasskey(Ours, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    words = {"name": _("What you call it"), "passwordless": _("It signs in alone, without the password")}
    advice = {"name": _("For instance: my telephone, the key on my ring.")}


class PasskeyName(Ours, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": _("What you call it")}
