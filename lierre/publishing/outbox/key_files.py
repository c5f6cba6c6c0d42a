"""A file that holds a key: alone, as somebody pasted it, or in the JSON that a network answered."""

import json
from typing import Final

from django.utils.translation import gettext as _

from lierre.foundation.errors import Refused

NAMES: Final = ("access_token", "accessToken", "token", "app_password", "password", "secret")


def key_in(content: bytes) -> str:
    """
    >>> key_in(b"\\xef\\xbb\\xbfabc\\r\\n"), key_in(b'{"access_token": "abc", "scope": "read write"}')
    ('abc', 'abc')
    """
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if text.startswith("{"):
        try:
            told = json.loads(text)
        except ValueError:
            told = {}
        text = next((told[name].strip() for name in NAMES if isinstance(told.get(name), str)), "")
    if not text or len(text.split()) > 8:
        raise Refused(_("This file does not hold a key: put the key there alone, as the network gave it."))
    return text
