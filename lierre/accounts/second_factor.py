"""Secrets of second factors are kept encrypted: whoever copies the base does not get the codes of the telephones."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _


def key(secret: str | bytes) -> Fernet:
    """A key of its own, drawn from the secret of the instance."""
    drawn = hashlib.scrypt(force_bytes(secret), salt=b"lierre.accounts.second_factor", n=2**14, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(drawn))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the right code. It changes every thirty seconds: write the one shown now."),
        "cannot_generate_recovery_codes": _("Recovery codes go with a passkey or a code: set one up first."),
    }

    def box(self) -> MultiFernet:
        """Closes with the present secret, opens with the former ones too (`SECRET_KEY_FALLBACKS`)."""
        return MultiFernet([key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])

    def encrypt(self, text: str) -> str:
        return self.box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self.box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"Lierre, {settings.INSTITUTION}" if settings.INSTITUTION else "Lierre"
