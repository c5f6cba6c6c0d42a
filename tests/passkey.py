"""A passkey as a browser would register it, made without a browser."""

import hashlib
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HERE = "localhost"


@cache
def credential() -> dict[str, Any]:
    """What the browser answers to `navigator.credentials.create`."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    number = b"a passkey of the tests"
    attested = AttestedCredentialData.create(bytes(16), number, key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    told = AuthenticatorData.create(hashlib.sha256(HERE.encode()).digest(), flags, 0, attested)
    client = CollectedClientData.create("webauthn.create", b"challenge", f"http://{HERE}")
    return {
        "id": websafe_encode(number),
        "rawId": websafe_encode(number),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        },
    }
