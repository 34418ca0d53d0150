"""`sgd render --batch`: a file of rows, or a whole request, becomes a campaign set in a folder or a zip.

What must not live here: what rows and placeholders mean (the API says), or a single render (`commands/render.py`).
"""

import json
import os
import tempfile
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from sgd_api.cli.commands.render import end_unless_kept
from sgd_api.cli.picture_folder import check_picture_folder
from sgd_api.cli.terminal import err, light_table, out, print_json, print_plain
from sgd_resources.errors import ValidationFailed

if TYPE_CHECKING:
    from sgd_api.api_client import ApiClient

DEFAULT_SIZE = "1080x1080"
_POLL_S = 1.0
_PAGE = 200
_OPEN = ("queued", "running")
_WORKERS = 2


@dataclass(frozen=True)
class Campaign:
    """The request that a file and the options beside it make."""

    body: Mapping[str, Any]

    @classmethod
    def read(
        cls, file: Path, *, instruction: str | None, sizes: Sequence[str], image_format: str, count: int
    ) -> "Campaign":
        """The request of a file: its own fields go before the options, but for sizes and instruction that are given.

        Raises:
            ValidationFailed: the file cannot be read, or is neither CSV nor JSON.
        """
        text = _text_of(file)
        given: dict[str, Any] = {}
        if file.suffix.lower() == ".json":
            try:
                document = json.loads(text)
            except ValueError as error:
                raise ValidationFailed(f"{file} is not JSON: {error}") from error
            given = {"rows": document} if isinstance(document, list) else document
            if not isinstance(given, dict):
                raise ValidationFailed(f"{file} holds neither rows nor a request")
        else:
            given = {"csv": text}
        prompts = {"task": "create", **(given.get("prompts") or {})}
        if instruction is not None:
            prompts["instruction"] = instruction
        outputs = {"format": image_format, "sizes": [DEFAULT_SIZE], "count": count, **(given.get("outputs") or {})}
        if sizes:
            outputs["sizes"] = list(sizes)
        return cls({"project_id": "command-line", **given, "prompts": prompts, "outputs": outputs})


def run_campaign(campaign: Campaign, org: str, target: Path, *, as_json: bool) -> None:
    """Ask, wait, save and tell.

    Raises:
        SystemExit: an item was not made, or keeps not what was asked or the canon; what was made is saved all the same.
        ValidationFailed: the target cannot be written to. InvalidInput, Unavailable: from the API.
    """
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings

    is_zip = target.suffix.lower() == ".zip"
    check_target(target, is_zip=is_zip)
    with local_stack(load_settings(), workers=_WORKERS) as stack, stack.client(org) as client:
        batch = _followed(client, client.begin("/render/batch", campaign.body))
        items = _all_items(client, batch)
        saved = save_set(client, batch, target, is_zip=is_zip)
    if as_json:
        print_json({**batch, "items": items, "saved": str(saved)})
    else:
        _tell(batch, items, saved)
    end_unless_kept(items)


def check_target(target: Path, *, is_zip: bool) -> None:
    """Pass where the set can be saved: asked before anything is made. Raises ValidationFailed."""
    if not is_zip:
        check_picture_folder(target)
        return
    if os.path.lexists(target):
        raise ValidationFailed(f"{target} is there already; name another zip")
    check_picture_folder(target.absolute().parent)


def save_set(client: "ApiClient", batch: Mapping[str, Any], target: Path, *, is_zip: bool) -> Path:
    """Fetch the zip of a batch; as it is, or unpacked into a folder of its own. Returns where it lies."""
    folder = target.absolute().parent if is_zip else target
    folder.mkdir(parents=True, exist_ok=True)
    # Beside its target, so that it gets its name only when it is whole.
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".batch-", suffix=".part") as part:
        client.save(batch["zip_url"], part.file)
        part.flush()
        if is_zip:
            os.link(part.name, target)
            return target
        own = folder / f"batch-{batch['batch_id'][:8]}"
        own.mkdir(exist_ok=True)
        with zipfile.ZipFile(part.name) as archive:
            archive.extractall(own)
    return own


def _followed(client: "ApiClient", batch: dict[str, Any]) -> dict[str, Any]:
    """The batch when all its items have ended."""
    with err.status("Asking ...") as doing:
        while batch["status"] in _OPEN:
            counts = batch["counts"]
            ended = counts["succeeded"] + counts["failed"] + counts["cancelled"]
            doing.update(f"{ended} of {counts['total']} done ...")
            time.sleep(_POLL_S)
            client.check()
            batch = client.get(batch["status_url"], {"limit": 1})
    return batch


def _all_items(client: "ApiClient", batch: Mapping[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor: dict[str, Any] | None = {}
    while cursor is not None:
        page = client.get(batch["status_url"], {"limit": _PAGE, **cursor})
        items += page["items"]
        cursor = {"cursor": page["next_cursor"]} if "next_cursor" in page else None
    return items


def _tell(batch: Mapping[str, Any], items: Sequence[Mapping[str, Any]], saved: Path) -> None:
    table = light_table("picture", "status", "guardrails", "cost")
    for item in items:
        kept = {True: "kept", False: "broken", None: ""}[item.get("guardrails_ok")]
        cost = f"${item['cost_usd']:.4f}" if "cost_usd" in item else ""
        table.add_row(item["name"], item["status"], kept, cost)
    print_plain(table)
    for item in items:
        error = item.get("error")
        lines = [("not done", line) for line in item.get("unmet") or ()]
        lines += [("broken", line) for line in item.get("violations") or ()]
        lines += [("failed", f"{error['code']}: {error['message']}")] if error else []
        for word, line in lines:
            err.print(Text.assemble((word, "yellow"), f" {item['name']}: {line}"), soft_wrap=True)
    counts = batch["counts"]
    told = f"{counts['succeeded']} of {counts['total']} made, ${batch['cost_usd']:.4f}, in {saved}"
    out.print(told, markup=False, soft_wrap=True)


def _text_of(file: Path) -> str:
    try:
        data = file.read_bytes()
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except OSError as error:
        raise ValidationFailed(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValidationFailed(f"{file} is not UTF-8; save it as 'CSV UTF-8'") from error
