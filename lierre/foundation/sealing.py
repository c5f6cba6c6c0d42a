"""Secrets that must be read again, to sign or to speak for somebody: kept encrypted, so that a copy of the base holds none."""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused


@cache
def key(use: str, secret: str | bytes) -> Fernet:
    """A key of its own for each use, drawn from the secret of the instance: slowly, so once."""
    drawn = hashlib.scrypt(force_bytes(secret), salt=f"lierre.{use}".encode(), n=2**14, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(drawn))


class Box:
    """
    What is kept for one use. Closes with the present secret of the instance, opens with the former ones too
    (`SECRET_KEY_FALLBACKS`). What is empty stays empty.
    """

    def __init__(self, use: str) -> None:
        self.use = use

    def keys(self) -> MultiFernet:
        return MultiFernet([key(self.use, each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])

    def seal(self, text: str) -> str:
        return self.keys().encrypt(text.encode()).decode() if text else ""

    def unseal(self, sealed: str) -> str:
        """Refuses when the secret of the instance has changed since, and the former one is not told."""
        try:
            return self.keys().decrypt(sealed.encode()).decode() if sealed else ""
        except InvalidToken:
            raise Refused(_("The keys kept here cannot be read any more: connect it again.")) from None
