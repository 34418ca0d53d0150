"""The reference pictures of a request: keys of the org's own objects, or https addresses on allowlisted hosts.

From `prompts.references` to bytes that can be decoded. What lies behind an address is a stranger's file: it passes the
evidence gate before it is decoded, and is not kept. What must not live here: where a fetch may go
(`policies/upload_policy.json`).
"""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from sgd_assets.evidence.agreement import file_extension, normal_media_type
from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.pictures import check_readable
from sgd_resources.errors import InvalidInput, Unavailable, ValidationFailed
from sgd_resources.ports import ConfinedJobs, ObjectStore, ReferenceFetcher

WebPicture = Callable[[str], bytes]
"""https address -> clean bytes of the picture behind it; see `fetch_reference`."""
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def read_references(
    body: Mapping[str, Any],
    *,
    org_id: str,
    evidence: EvidenceManifest,
    store: ObjectStore,
    jobs: ConfinedJobs,
    web_picture: WebPicture | None = None,
) -> dict[str, bytes]:
    """The reference pictures by what the request calls them, each decoded once in the confined child.

    Raises:
        ValidationFailed: a reference is not a picture of this org or of an allowed host, or an edit names none;
            `details["path"]` says which. No retry.
        Unavailable: an allowed host does not answer, or a part of the gate is down. Retry.
    """
    names = tuple(body["prompts"].get("references") or ())
    if body["prompts"]["task"] == "edit" and not names:
        raise ValidationFailed(
            "an edit needs the picture to edit as a reference", details={"path": "$.prompts.references"}
        )
    own = {item.key for item in evidence.items}
    pictures: dict[str, bytes] = {}
    for index, name in enumerate(names):
        if name in pictures:
            continue
        path = f"$.prompts.references[{index}]"
        if urlsplit(name).scheme.lower() in ("http", "https"):
            data = _from_web(name, web_picture, path)
        elif name in own or name.startswith(f"org/{org_id}/public/renders/"):
            data = _from_store(name, store, path)
        else:
            raise ValidationFailed("no such picture in this org", details={"path": path})
        try:
            check_readable(data, jobs)
            pictures[name] = data
        except InvalidInput as error:
            raise _unreadable(path) from error
    return pictures


def fetch_reference(url: str, *, fetcher: ReferenceFetcher, gate: EvidenceGate) -> bytes:
    """The picture behind an address as the evidence gate cleans it: no metadata, sRGB, upright.

    Raises:
        InvalidInput: the address is not allowed, or the gate refuses what it leads to. No retry.
        Unavailable: no proper answer in time, or a part of the gate is down. Retry.
    """
    fetched = fetcher.fetch(url)
    inspection = gate.inspect(
        fetched.data, file_name=_file_name(fetched.url, fetched.declared_type), declared_type=fetched.declared_type
    )
    if inspection.is_retryable:
        raise Unavailable("the evidence gate cannot judge the reference now", details={"reason": inspection.reason})
    if inspection.clean_bytes is None:
        raise InvalidInput(
            f"the evidence gate refuses what lies there ({inspection.verdict}: {inspection.reason})",
            details={"verdict": inspection.verdict, "reason": inspection.reason},
        )
    return inspection.clean_bytes


def _from_web(url: str, web_picture: WebPicture | None, path: str) -> bytes:
    if web_picture is None:
        raise ValidationFailed(
            "no web addresses are fetched here; upload the picture and name its key", details={"path": path}
        )
    try:
        return web_picture(url)
    except InvalidInput as error:
        host = error.details.get("host")
        message = f"{error.message}: {host}" if host else error.message
        raise ValidationFailed(message, details={**error.details, "path": path}) from error


def _from_store(key: str, store: ObjectStore, path: str) -> bytes:
    try:
        return store.get(key)
    except InvalidInput as error:
        raise _unreadable(path) from error


def _unreadable(path: str) -> ValidationFailed:
    return ValidationFailed("the reference is not a readable PNG, JPEG or WebP of this org", details={"path": path})


def _file_name(url: str, declared_type: str | None) -> str:
    """A name for the gate: many picture addresses end in none, and then the server's declared type gives it."""
    name = PurePosixPath(urlsplit(url).path).name
    declared = _EXTENSIONS.get(normal_media_type(declared_type))
    return name if file_extension(name) or declared is None else f"reference.{declared}"
