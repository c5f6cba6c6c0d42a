"""
What is signed by us: who we are, and for each call that it is us who make it (RFC 7523, RFC 9449).

A key is the text of a JWK of the curve P-256, private part included: secret, never printed, kept sealed by whoever calls.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

PUBLIC: Final = ("crv", "kty", "x", "y")
SIDE: Final = 32  # bytes of a coordinate


def in_letters(data: bytes) -> str:
    """
    >>> in_letters(b"\\xff\\xfe")
    '__4'
    """
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_letters(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_key() -> str:
    made = generate_private_key(SECP256R1())
    place = made.public_key().public_numbers()
    numbers = {"d": made.private_numbers().private_value, "x": place.x, "y": place.y}
    letters = {name: in_letters(number.to_bytes(SIDE)) for name, number in numbers.items()}
    return json.dumps({"crv": "P-256", "kty": "EC", **letters})


def public(key: str) -> dict[str, str]:
    """What anybody may read of it."""
    held = json.loads(key)
    return {name: str(held[name]) for name in PUBLIC}


def thumbprint(key: str) -> str:
    """The name of a key, drawn from it (RFC 7638)."""
    return in_letters(sha256(json.dumps(public(key), separators=(",", ":"), sort_keys=True).encode()).digest())


def signed(key: str, header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    """A JWT, by ES256."""
    parts = [json.dumps(each, separators=(",", ":")).encode() for each in ({"alg": "ES256", **header}, claims)]
    said = ".".join(in_letters(each) for each in parts)
    r, s = decode_dss_signature(private(key).sign(said.encode(), ECDSA(SHA256())))
    return f"{said}.{in_letters(r.to_bytes(SIDE) + s.to_bytes(SIDE))}"


def private(key: str) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(from_letters(json.loads(key)["d"])), SECP256R1())


def proof(key: str, method: str, url: str, *, nonce: str = "", token: str = "") -> str:
    """Of one call, good once. `token`: the one that goes along; `nonce`: what the server last asked to hear again."""
    claims: dict[str, Any] = {
        "jti": token_urlsafe(16), "htm": method, "htu": url.partition("?")[0].partition("#")[0], "iat": now(),
    }  # fmt: skip
    if nonce:
        claims["nonce"] = nonce
    if token:
        claims["ath"] = in_letters(sha256(token.encode()).digest())
    return signed(key, {"typ": "dpop+jwt", "jwk": public(key)}, claims)


def assertion(key: str, who: str, server: str) -> str:
    """That we are `who`, said to one server, for a minute."""
    told = {"iss": who, "sub": who, "aud": server, "jti": token_urlsafe(16), "iat": now(), "exp": now() + 60}
    return signed(key, {"kid": thumbprint(key)}, told)


def challenge(verifier: str) -> str:
    """
    What is shown first, so that the verifier shown later proves that it is we who began (RFC 7636).

    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return in_letters(sha256(verifier.encode()).digest())


def now() -> int:
    return int(datetime.now(UTC).timestamp())
