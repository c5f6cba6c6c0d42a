"""The tokens of networks: kept encrypted, so that a copy of the base speaks for nobody."""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused


@cache
def key(secret: str | bytes) -> Fernet:
    """A key of its own, drawn from the secret of the instance: slowly, so once."""
    drawn = hashlib.scrypt(force_bytes(secret), salt=b"lierre.publishing.token", n=2**14, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(drawn))


def box() -> MultiFernet:
    """Closes with the present secret, opens with the former ones too (`SECRET_KEY_FALLBACKS`)."""
    return MultiFernet([key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def seal(text: str) -> str:
    return box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Refuses when the secret of the instance has changed since: the account must be connected again."""
    try:
        return box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        raise Refused(_("The keys of this account cannot be read any more: connect it again.")) from None
