"""Uploads a folder's files through the API, one request each, so that one bad file leaves the rest alone.

What must not live here: what the files are, or printing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from sgd_api.api_client import ApiClient
from sgd_api.cli.folders.read import FolderFile
from sgd_api.cli.left_out import LeftOut
from sgd_resources.errors import InvalidInput

_PAGE = 200


@dataclass(frozen=True)
class Repeat:
    """A file whose bytes are in the org already: `same_as` is the other of this folder, or the org's earlier one."""

    file: str
    same_as: str

    def json(self) -> dict[str, str]:
        """JSON form."""
        return asdict(self)


@dataclass
class FolderUpload:
    """What became of each file of a folder at the API, each list in the files' order."""

    receipts: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    """Refused by the API, or not to be read."""
    repeats: list[Repeat] = field(default_factory=list)
    """Came in under another file's name; their receipts are that file's."""

    @property
    def upload_ids(self) -> list[str]:
        """Of what came in, each once."""
        return list(dict.fromkeys(str(receipt["upload_id"]) for receipt in self.receipts))


def upload_files(
    client: ApiClient,
    files: Sequence[FolderFile],
    *,
    project_id: str,
    on_file: Callable[[], object] = lambda: None,
) -> FolderUpload:
    """Each file through the API; one that is refused leaves the rest alone.

    Raises:
        Unavailable: the API is down or full. Retry; the same bytes are not taken twice.
    """
    done = FolderUpload()
    names: dict[str, str] = {}
    for file in files:
        try:
            with file.path.open("rb") as stream:
                receipts = client.upload(file.name, stream, project_id=project_id)["uploads"]
            done.receipts += receipts
            done.repeats += [repeat for receipt in receipts if (repeat := _repeat(file.name, receipt, names))]
        except InvalidInput as error:
            done.left_out.append(LeftOut(file.name, error.message))
        except OSError as error:
            done.left_out.append(LeftOut(file.name, f"cannot be read: {error.strerror}"))
        on_file()
    return done


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


def _repeat(name: str, receipt: Mapping[str, Any], names: dict[str, str]) -> Repeat | None:
    """Whether the receipt is another file's; `names` holds the first file of this folder for each upload."""
    first = names.setdefault(str(receipt["upload_id"]), name)
    if first != name:
        return Repeat(name, first)
    # An upload keeps the bare name only.
    if receipt.get("is_duplicate") and receipt["file_name"] != PurePosixPath(name).name:
        return Repeat(name, str(receipt["file_name"]))
    return None
