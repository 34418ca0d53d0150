"""An issuer of session tokens made for tests: its keys, its JWKS document, and tokens good and bad."""

import base64
import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

NOW = 1_800_000_000.0
ISSUER = "https://clerk.brand.example"
PARTY = "https://app.brand.example"


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def private_key(name: str, bits: int = 2_048) -> rsa.RSAPrivateKey:
    """One key for each name."""
    return _made(name, bits)


@lru_cache
def _made(_: str, bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=bits)


def jwk(name: str, bits: int = 2_048, **other: object) -> dict[str, Any]:
    """The public part as an entry of a JWKS document."""
    numbers = private_key(name, bits).public_key().public_numbers()
    size = (numbers.n.bit_length() + 7) // 8
    return {
        "kty": "RSA", "kid": name, "use": "sig", "alg": "RS256",
        "n": b64(numbers.n.to_bytes(size, "big")), "e": b64(numbers.e.to_bytes(3, "big")), **other,
    }  # fmt: skip


def jwks(*entries: dict[str, Any]) -> bytes:
    """A JWKS document."""
    return json.dumps({"keys": list(entries)}).encode()


def good_claims(**other: object) -> dict[str, Any]:
    """Claims of version 1 that every rule is content with; a value of `...` takes the claim away."""
    claims = {
        "iss": ISSUER, "azp": PARTY, "sub": "user_1", "sid": "sess_1", "iat": NOW - 10, "nbf": NOW - 10,
        "exp": NOW + 60, "org_id": "acme", "org_role": "org:admin", **other,
    }  # fmt: skip
    return {name: value for name, value in claims.items() if value is not ...}


def sign_parts(header: bytes, claims: bytes, key: str = "k1") -> str:
    """A token of exactly these bytes."""
    signed = f"{b64(header)}.{b64(claims)}"
    return f"{signed}.{b64(private_key(key).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def token(claims: dict[str, Any] | None = None, *, key: str = "k1", **header: object) -> str:
    """A signed token."""
    head = {"alg": "RS256", "typ": "JWT", "kid": "k1", **header}
    head = {name: value for name, value in head.items() if value is not ...}
    return sign_parts(json.dumps(head).encode(), json.dumps(good_claims() if claims is None else claims).encode(), key)


def with_public_key_as_secret() -> str:
    """HS256 over the issuer's public key: what a verifier that trusts `alg` takes for good."""
    pem = (
        private_key("k1")
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    header, claims = {"alg": "HS256", "typ": "JWT", "kid": "k1"}, good_claims()
    signed = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{signed}.{b64(hmac.new(pem, signed.encode(), hashlib.sha256).digest())}"


def with_other_claims() -> str:
    """A good token's header and signature around another org."""
    header, _, signature = token().split(".")
    return f"{header}.{b64(json.dumps(good_claims(org_id='globex')).encode())}.{signature}"


def other_spelling(good: str) -> str:
    """The same signature with a bit set that no byte holds."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return good[:-1] + alphabet[alphabet.index(good[-1]) ^ 1]
