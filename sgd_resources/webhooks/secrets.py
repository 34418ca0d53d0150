"""The secrets of an org's webhooks: made from the installation's key each time they are needed, and stored nowhere.

A copy of the database gives no secret away, and a secret cannot be shown again by reading a row. The price: with
another key of the installation every secret is another one. A check value beside the row tells that, so that a message
is never signed with a secret that its owner was not given. What must not live here: keeping the key, or signing.
"""

import base64
import hashlib
import hmac

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.lazy import Lazy
from sgd_resources.settings import Settings
from sgd_resources.storage.select import signing_secret

_MARK = "whsec_"
_CONTEXT = "sgd-webhook-secret-v1"
_CHECK_CHARACTERS = 16


class WebhookSecrets:
    """Makes secrets. Thread-safe.

    Args:
        key: of the installation, at least 32 bytes; read when the first secret is needed.
    """

    def __init__(self, key: Lazy[bytes]) -> None:
        self._key = key

    @classmethod
    def of(cls, settings: Settings) -> "WebhookSecrets":
        """With the key that signs URLs: API and workers share it."""
        return cls(Lazy(lambda: _key_of(settings)))

    def secret(self, org_id: str, webhook_id: str, number: int) -> str:
        """The secret as its owner sees it: `whsec_` and base64 of 32 bytes.

        Args:
            org_id: whose.
            webhook_id: of which endpoint.
            number: of the rotation; each gives another one.

        Raises:
            Unavailable: the installation has no key.
        """
        about = "\n".join((_CONTEXT, org_id, webhook_id, str(number))).encode()
        made = hmac.new(self._key.client(), about, hashlib.sha256).digest()
        return _MARK + base64.b64encode(made).decode()

    @staticmethod
    def check_of(secret: str) -> str:
        """A value that tells this secret from another one and gives nothing of it away."""
        return hashlib.sha256(f"{_CONTEXT} check {secret}".encode()).hexdigest()[:_CHECK_CHARACTERS]


def _key_of(settings: Settings) -> bytes:
    try:
        return signing_secret(settings)
    except InvalidInput as error:
        raise Unavailable("webhooks are signed with SGD_SIGNING_KEY, which is not set here") from error
