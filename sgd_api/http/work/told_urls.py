"""Addresses that a caller wants to be told at: which ones may be, and the webhook that stands for one.

The name is looked up at each try, not here: what it leads to may change. What must not live here: routes, or sending.
"""

from sqlalchemy import Connection

from sgd_api.http.services import Services
from sgd_resources.errors import InvalidInput, ValidationFailed
from sgd_resources.fetch.guarded import public_target
from sgd_resources.postgres.rows.work.webhooks import SecretCheck, webhook_of_url


def checked_url(path: str, url: str) -> None:
    """Raises ValidationFailed where nothing would ever be sent to; `path` is its place in the body."""
    try:
        public_target(url)
    except InvalidInput as error:
        message = "not an https address of a public domain name on port 443"
        raise ValidationFailed(
            f"{path}: {message}", details={"errors": [{"path": path, "message": message}]}
        ) from error


def secret_check(services: Services, org_id: str) -> SecretCheck:
    """What gives the check value of a secret of this org's webhooks."""
    secrets = services.webhook_secrets
    return lambda webhook_id, number: secrets.check_of(secrets.secret(org_id, webhook_id, number))


def webhook_for(services: Services, connection: Connection, org_id: str, url: str) -> str:
    """Id of the org's webhook at this address, made where there is none. Raises Conflict: it is disabled."""
    return webhook_of_url(connection, org_id, url, check=secret_check(services, org_id))
