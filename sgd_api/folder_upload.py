"""Uploads a folder's files through the API, one request each, so that one bad file leaves the rest alone.

What must not live here: what the files are, or printing.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sgd_api.api_client import ApiClient
from sgd_api.folder import FolderFile
from sgd_api.left_out import LeftOut
from sgd_resources.errors import InvalidInput

_PAGE = 200


def upload_files(
    client: ApiClient,
    files: Sequence[FolderFile],
    *,
    project_id: str,
    on_file: Callable[[], object] = lambda: None,
) -> tuple[list[dict[str, Any]], list[LeftOut]]:
    """(receipts of what came in, what was refused at the door or cannot be read), each in the files' order.

    Raises:
        Unavailable: the API is down or full. Retry; the same bytes are not taken twice.
    """
    receipts: list[dict[str, Any]] = []
    left_out: list[LeftOut] = []
    for file in files:
        try:
            with file.path.open("rb") as stream:
                receipts += client.upload(file.name, stream, project_id=project_id)["uploads"]
        except InvalidInput as error:
            left_out.append(LeftOut(file.name, error.message))
        except OSError as error:
            left_out.append(LeftOut(file.name, f"cannot be read: {error.strerror}"))
        on_file()
    return receipts, left_out


def unread_files(client: ApiClient, upload_ids: Collection[str]) -> list[LeftOut]:
    """Of these uploads, those that became evidence and that no parser could read."""
    wanted = set(upload_ids)
    found: list[LeftOut] = []
    cursor: str | None = None
    while wanted:
        page = client.get("/uploads", {"limit": _PAGE, **({"cursor": cursor} if cursor else {})})
        for upload in page["uploads"]:
            if upload["upload_id"] in wanted:
                wanted.discard(upload["upload_id"])
                parse = upload.get("parse") or {}
                if parse.get("state") == "refused":
                    found.append(LeftOut(upload["file_name"], f"not readable: {parse.get('reason')}"))
        cursor = page.get("next_cursor")
        if cursor is None:
            break
    return sorted(found, key=lambda one: one.file)
