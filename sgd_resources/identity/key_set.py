"""The public keys of one issuer: fetched from the configured address, found by their id, asked for again rarely.

An unknown key id may mean that the issuer rotated its keys, or that somebody makes ids up: it costs one fetch per
cool-down at most, however many come. What must not live here: anything that a token says of its own key.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK, PyJWTError

from sgd_resources.errors import Unavailable
from sgd_resources.events import warn

COOL_DOWN_S = 30.0
"""Between two fetches, failed ones too."""
MAX_AGE_S = 300.0
"""A key that the issuer withdrew is believed this long at most, while the issuer can be reached."""
MOST_STALE_S = 86_400.0
"""An issuer that cannot be reached does not lock everybody out; after a day its keys are no longer believed."""
_LEAST_BITS = 2_048
_MOST_KEYS = 100


@dataclass
class KeySet:
    """Keys by id. Threads may share it.

    Args:
        fetch: the JWKS document's bytes, bounded in size and time; raises Unavailable.
        clock: seconds, never going back.
    """

    fetch: Callable[[], bytes]
    clock: Callable[[], float] = time.monotonic
    cool_down_s: float = COOL_DOWN_S
    max_age_s: float = MAX_AGE_S
    _keys: dict[str, RSAPublicKey] = field(default_factory=dict, init=False, repr=False)
    _read_at: float | None = field(default=None, init=False, repr=False)
    _asked_at: float | None = field(default=None, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def find(self, key_id: str) -> RSAPublicKey | None:
        """The key of this id; None where the issuer has none such.

        Raises:
            Unavailable: the issuer's keys were never read, or not for a day, and cannot be read now.
        """
        now = self.clock()
        if key_id in self._keys and self._age(now) < self.max_age_s:
            return self._keys[key_id]
        with self._lock:
            self._read_again(key_id)
        if self._age(self.clock()) >= MOST_STALE_S:
            raise Unavailable("the token issuer's keys cannot be read", retry_after_s=self.cool_down_s)
        return self._keys.get(key_id)

    def _age(self, now: float) -> float:
        return MOST_STALE_S if self._read_at is None else now - self._read_at

    def _read_again(self, key_id: str) -> None:
        now = self.clock()
        if key_id in self._keys and self._age(now) < self.max_age_s:
            return  # whoever held the lock before has read them
        if self._asked_at is not None and now - self._asked_at < self.cool_down_s:
            return
        self._asked_at = now
        try:
            self._keys = read_keys(self.fetch())
        except Unavailable as error:
            warn("identity.keys_not_read", reason=error.message)
            return
        self._read_at = now


def read_keys(document: bytes) -> dict[str, RSAPublicKey]:
    """The RSA signature keys of a JWKS document, by id; keys of other kinds and uses are passed over.

    Raises:
        Unavailable: not a JWKS document.
    """
    try:
        listed = json.loads(document)["keys"]
        if not isinstance(listed, list):
            raise TypeError("keys is no list")
        entries = [entry for entry in listed if isinstance(entry, dict)][:_MOST_KEYS]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Unavailable("what the issuer sent is no JWKS document") from error
    found: dict[str, RSAPublicKey] = {}
    twice: set[str] = set()
    for entry in entries:
        key_id, key = entry.get("kid"), _key(entry)
        if key is None or not isinstance(key_id, str):
            continue
        if key_id in found:
            twice.add(key_id)
        found[key_id] = key
    # of two keys under one id nobody can say which was meant
    return {key_id: key for key_id, key in found.items() if key_id and key_id not in twice}


def _key(entry: Mapping[str, Any]) -> RSAPublicKey | None:
    operations = entry.get("key_ops")
    if entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig" or entry.get("alg", "RS256") != "RS256":
        return None
    if operations is not None and not (isinstance(operations, list) and "verify" in operations):
        return None
    public = {name: entry[name] for name in ("kty", "n", "e") if name in entry}
    try:
        key = PyJWK({**public, "alg": "RS256"}).key
    except (PyJWTError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size >= _LEAST_BITS else None
