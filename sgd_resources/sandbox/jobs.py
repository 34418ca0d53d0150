"""The jobs that a child runs: name the type of some bytes, scan them, clean them, parse them.

Each takes bytes and JSON arguments and gives back JSON and raw blobs. What must not live here: reading a format
itself.
"""

import json
from dataclasses import asdict
from typing import Any

from sgd_resources import filetype
from sgd_resources.cleaning.dispatch import clean
from sgd_resources.ports.examination import Limits
from sgd_resources.scanning.rules import engine_name, rules_name, warm_up
from sgd_resources.scanning.scan import scan

Reply = tuple[dict[str, Any], tuple[bytes, ...]]
_MAX_PARTS = 1000

# In the fork server, once: a child may not read the rules' file, and would pay for compiling them.
warm_up()


def detect_type(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"media_type", "is_text", "note"}`."""
    found = filetype.detect(data)
    return {"media_type": found.media_type, "is_text": found.is_text, "note": found.note}, ()


def scan_bytes(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"engine", "rules", "verdict", "signature", "why", "where"}`."""
    hit = scan(data, arguments["media_type"], Limits(**arguments["limits"]))
    told = {"verdict": "clean"} if hit is None else asdict(hit)
    return {"engine": engine_name(), "rules": rules_name(), **told}, ()


def clean_bytes(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"how", "details", "parts", "is_unchanged"}`; blobs: the clean bytes (unless unchanged), then the parts."""
    found = clean(data, arguments["media_type"], Limits(**arguments["limits"]))
    parts = found.parts[:_MAX_PARTS] if arguments["wants_parts"] else ()
    is_unchanged = found.data == data
    head = {
        "how": found.how,
        "details": json.loads(json.dumps(found.details, default=str)),
        "parts": [part.name for part in parts],
        "is_unchanged": is_unchanged,
    }
    return head, (b"" if is_unchanged else found.data, *(part.data for part in parts))


def parse_document(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{}`; one blob: the parsed document as JSON."""
    from sgd_resources.parsers.select import build_parser
    from sgd_resources.ports import ParseRequest
    from sgd_resources.settings import Settings

    request = ParseRequest(
        sha256=arguments["sha256"], media_type=arguments["media_type"], data=data, suffix=arguments["suffix"]
    )
    # Made without the environment or `.env`: a child knows no secret.
    settings = Settings.model_construct(sgd_parser=arguments["engine"])
    document = build_parser(settings).parse(request)
    return {}, (document.model_dump_json().encode("utf-8"),)
