"""Secrets that must be read again, because they sign: kept encrypted, so that a copy of the base signs nothing."""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


@cache
def key(secret: str | bytes) -> Fernet:
    """A key of its own, drawn from the secret of the instance: slowly, so once."""
    drawn = hashlib.scrypt(force_bytes(secret), salt=b"lierre.interchange.webhook", n=2**14, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(drawn))


def box() -> MultiFernet:
    """Closes with the present secret, opens with the former ones too (`SECRET_KEY_FALLBACKS`)."""
    return MultiFernet([key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(text: str) -> str:
    return box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    return box().decrypt(sealed.encode()).decode()
