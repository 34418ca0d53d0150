"""The API key that `sgd up` prints: the same at every start, as long as the API takes it.

What must not live here: keys of real orgs (`sgd keys`).
"""

import os
from typing import TYPE_CHECKING

from sgd_resources.errors import Unauthorized
from sgd_resources.postgres.rows import keys

if TYPE_CHECKING:
    from sgd_api.local.stack import LocalStack

DEVELOPMENT_ORG = "dev"


def development_key(stack: "LocalStack") -> str:
    """The kept key when it still works in this database, else a new one, kept in a file that only we read."""
    path = stack.settings.var_dir / "run" / "development-key"
    kept = path.read_text("utf-8").strip() if path.is_file() else ""
    if kept and _works(stack, kept):
        return kept
    _, plaintext = stack.create_key(DEVELOPMENT_ORG, "development")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(plaintext)
    return plaintext


def _works(stack: "LocalStack", plaintext: str) -> bool:
    try:
        with stack.database.directory() as connection:
            return keys.authenticate(connection, plaintext).org_id == DEVELOPMENT_ORG
    except Unauthorized:
        return False
