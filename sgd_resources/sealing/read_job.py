"""The job that reads the manifest of a file of any origin, in the confined child: what it says, and whether it holds.

What must not live here: a verdict (`sgd_assets/renders/prove/verify.py`).
"""

import io
import json
from collections.abc import Mapping
from typing import Any

import c2pa

from sgd_resources.errors import RejectedEvidence
from sgd_resources.sandbox.packing import unpacked
from sgd_resources.sealing.look import difference_sheet, look_of, pixels_apart
from sgd_resources.sealing.settings import settings

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_STARTS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp", b"%PDF": "application/pdf"}
_HEAD_BYTES = 1000
_MOST_TOLD = 60
_MOST_CHARACTERS = 300


def read_manifest(data: bytes, arguments: dict[str, Any]) -> Reply:
    """What a file's manifest says, and how the file looks.

    `{"media_type", "look", "manifest"}`: `look` as `look_of`, None where it is no picture that can be decoded;
    `manifest` None without one, else `{"state", "failures", "signer", "title", "assertions", "ingredients", "error"}`;
    `state` is the library's (Trusted, Valid, Invalid), or None with `error` where there is one that cannot be read.

    Arguments: `sizes` of the packed files, the file itself and, where one lies beside it, its manifest;
    `anchors_pem`; `labels`, of the assertions to give back.
    """
    file, *beside = unpacked(data, arguments["sizes"])
    media_type = _media_type(file)
    found = _read(file, beside[0] if beside else None, media_type, arguments)
    return {"media_type": media_type, "look": look_of(file), "manifest": found}, ()


def compare(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"apart"}`: how far two pictures are from each other, as `pixels_apart`. Arguments: `sizes` of both."""
    first, second = unpacked(data, arguments["sizes"])
    return {"apart": pixels_apart(first, second)}, ()


def show_difference(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"apart"}` as `compare`; one blob: a PNG of both pictures and of where they differ. Arguments: `sizes` of both.

    Raises:
        RejectedEvidence: `reject:malformed` where one cannot be decoded.
    """
    first, second = unpacked(data, arguments["sizes"])
    sheet = difference_sheet(first, second)
    if sheet is None:
        raise RejectedEvidence("reject", "malformed")
    return {"apart": pixels_apart(first, second)}, (sheet,)


def _media_type(file: bytes) -> str | None:
    """Of the kinds that a render can be; None for any other, which carries nothing of ours."""
    if b"<svg" in file[:_HEAD_BYTES]:
        return "image/svg+xml"
    return next((kind for start, kind in _STARTS.items() if file.startswith(start)), None)


def _read(
    file: bytes, beside: bytes | None, media_type: str | None, arguments: Mapping[str, Any]
) -> dict[str, Any] | None:
    if media_type is None:
        return None
    try:
        with c2pa.Context(settings(arguments["anchors_pem"])) as context:
            reader = c2pa.Reader.try_create(media_type, io.BytesIO(file), beside, context)
            if reader is None:
                return None
            with reader:
                return _told(json.loads(reader.json()), arguments["labels"])
    except c2pa.C2paError as error:
        if isinstance(error, c2pa.C2paError.NotSupported | c2pa.C2paError.ManifestNotFound):
            return None
        return {"state": None, "error": str(error)[:_MOST_CHARACTERS], "failures": [], "assertions": {}}


def _told(store: dict[str, Any], labels: list[str]) -> dict[str, Any]:
    manifests = store.get("manifests") or {}
    active = manifests.get(store.get("active_manifest") or "") or {}
    results = (store.get("validation_results") or {}).get("activeManifest") or {}
    return {
        "state": store.get("validation_state"),
        "error": None,
        "failures": [_short(one.get("code")) for one in results.get("failure") or ()][:_MOST_TOLD],
        "signer": _signer(active.get("signature_info") or {}),
        "title": _short(active.get("title")),
        "generator": _short((active.get("claim_generator_info") or [{}])[0].get("name")),
        "assertions": _assertions(active, labels),
        "ingredients": [
            {"title": _short(one.get("title")), "assertions": _assertions(manifests.get(named) or {}, labels)}
            for one in (active.get("ingredients") or ())[:_MOST_TOLD]
            if (named := one.get("active_manifest")) is not None
        ],
    }


def _assertions(manifest: Mapping[str, Any], labels: list[str]) -> dict[str, Any]:
    """Those that were asked for; the first of each label."""
    found: dict[str, Any] = {}
    for one in manifest.get("assertions") or ():
        if one.get("label") in labels and isinstance(one.get("data"), dict):
            found.setdefault(one["label"], one["data"])
    return found


def _signer(info: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: _short(info.get(name)) for name in ("issuer", "common_name", "time", "alg")}


def _short(value: Any) -> str | None:
    return None if value is None else str(value)[:_MOST_CHARACTERS]
