"""Names every stored object: `org/{org_id}/...`, made by the server from validated parts.

A user's file name is data and never part of a key made here; only files that an operator drops into quarantine by hand
bring their own names. What must not live here: reading or writing.
"""

import logging
import re
from uuid import UUID

from sgd_resources.errors import InvalidInput
from sgd_resources.shown.name import shown_name

_ORG_ID = re.compile(r"[a-z0-9][a-z0-9_-]{1,62}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,79}")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MAX_KEY_BYTES = 1024
"""S3's own cap. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html (2026-11)."""
MAX_SEGMENT_BYTES = 200
_log = logging.getLogger(__name__)


def validate_org_id(org_id: str) -> str:
    """The org id itself, when it may name keys, collections and rows.

    Raises:
        InvalidInput: it does not match `^[a-z0-9][a-z0-9_-]{1,62}$`.
    """
    if not isinstance(org_id, str) or not is_org_id(org_id):
        raise InvalidInput("an org id is 2 to 63 of a-z, 0-9, _ and -, and starts with a letter or digit")
    return org_id


def is_org_id(name: str) -> bool:
    """Whether an org may have this id."""
    return _ORG_ID.fullmatch(name) is not None


def validate_key(key: str) -> str:
    """The key itself, when it is a safe relative path that every store can hold.

    Raises:
        InvalidInput: empty, absolute, too long, with `.`/`..`/empty segments, backslashes or control characters.
    """
    if not key or key.startswith("/") or "\\" in key or _CONTROL.search(key):
        raise InvalidInput("an object key is a relative path without control characters")
    try:
        size = len(key.encode("utf-8"))
        longest = max(len(part.encode("utf-8")) for part in key.split("/"))
    except UnicodeEncodeError as error:
        raise InvalidInput("an object key is valid Unicode") from error
    if size > MAX_KEY_BYTES or longest > MAX_SEGMENT_BYTES:
        raise InvalidInput("an object key is too long", details={"max_bytes": MAX_KEY_BYTES})
    if any(part in ("", ".", "..") for part in key.split("/")):
        raise InvalidInput("an object key has no empty, '.' or '..' segment")
    return key


def is_key(name: str) -> bool:
    """Whether a name found in a store can be a key; one laid down by hand may be no text at all."""
    try:
        validate_key(name)
    except InvalidInput:
        return False
    return True


def say_passed_over(name: str) -> None:
    """Says in the log that something lies in the store that can be no object."""
    _log.warning("passed over, no file or its name cannot be an object key: %s", shown_name(name))


ORGS_PREFIX = "org/"


def org_prefix(org_id: str) -> str:
    """Prefix of everything an org stores, with its trailing slash."""
    return f"{ORGS_PREFIX}{validate_org_id(org_id)}/"


def quarantine_prefix(org_id: str) -> str:
    """Prefix of files that await the gate; files dropped in by hand lie here too."""
    return f"{org_prefix(org_id)}quarantine/"


def quarantine_key(org_id: str, upload_id: str | UUID) -> str:
    """Where one upload waits for the gate."""
    return f"{quarantine_prefix(org_id)}{_uuid(upload_id)}"


def evidence_prefix(org_id: str) -> str:
    """Prefix of the org's clean files, with its trailing slash."""
    return f"{org_prefix(org_id)}evidence/"


def evidence_key(org_id: str, sha256: str) -> str:
    """Where clean bytes lie, by their own sha256."""
    return f"{evidence_prefix(org_id)}{_sha256(sha256)}"


def document_key(org_id: str, sha256: str, parser_version: str) -> str:
    """Where the parsed form of some evidence lies; a new parser version has a new key."""
    return f"{document_prefix(org_id, sha256)}{_part(parser_version)}.json"


def refusal_key(org_id: str, step: str, sha256: str, version: str) -> str:
    """Where a step's refusal of some bytes is remembered; a new version of the step has a new key."""
    return f"{org_prefix(org_id)}refusals/{_part(step)}/{_sha256(sha256)}/{_part(version)}.json"


def document_prefix(org_id: str, sha256: str) -> str:
    """Prefix of every parsed form of some evidence, with its trailing slash."""
    return f"{org_prefix(org_id)}documents/{_sha256(sha256)}/"


def answer_key(org_id: str, sha256: str, question_sha256: str) -> str:
    """Where a model's answer on a page of some evidence lies, by the question's sha256; it goes with its document."""
    return f"{document_prefix(org_id, sha256)}answers/{_sha256(question_sha256)}.json"


def settled_key(org_id: str, sha256: str, step_version: str, extension: str) -> str:
    """Where a logo or font of some evidence lies as it is drawn with; a new version of the step has a new key."""
    if not _EXTENSION.fullmatch(extension):
        raise InvalidInput("a settled file's key needs a plain file extension")
    return f"{org_prefix(org_id)}documents/{_sha256(sha256)}/{_part(step_version)}.{extension}"


def claims_key(org_id: str, code_version: str) -> str:
    """One JSON of all claims of the org's documents, by document sha256."""
    return f"{org_prefix(org_id)}canon/claims/{_part(code_version)}.json"


def chunks_key(org_id: str, code_version: str) -> str:
    """One JSON that says which vector points each document of the org gives."""
    return f"{org_prefix(org_id)}documents/chunks/{_part(code_version)}.json"


def canon_key(org_id: str, version: str) -> str:
    """Where one immutable canon version lies."""
    return f"{org_prefix(org_id)}canon/{_sha256(version)}.json"


def manifest_key(org_id: str, asset_name: str) -> str:
    """Where an asset's latest value for the org lies."""
    return f"{org_prefix(org_id)}manifests/{_part(asset_name)}.json"


def render_prefixes(org_id: str, render_id: str | UUID) -> tuple[str, str]:
    """Prefixes of all that belongs to one render: what is handed out, and what was written down about it."""
    return f"{org_prefix(org_id)}public/renders/{_uuid(render_id)}/", f"{org_prefix(org_id)}renders/{_uuid(render_id)}/"


def render_key(org_id: str, render_id: str | UUID, index: int, extension: str) -> str:
    """Where one picture of one render lies; its prefix `public/` holds what is handed out by signed URL."""
    bare = extension.removeprefix(".")
    if index < 0 or not _EXTENSION.fullmatch(bare):
        raise InvalidInput("a render's key needs an index of 0 or more and a plain file extension")
    return f"{org_prefix(org_id)}public/renders/{_uuid(render_id)}/{index}.{bare}"


def generated_key(org_id: str, render_id: str | UUID, sha256: str, extension: str) -> str:
    """Where a picture that a model made for a render lies as it was served, by its own sha256."""
    if not _EXTENSION.fullmatch(extension):
        raise InvalidInput("a generated picture's key needs a plain file extension")
    return f"{org_prefix(org_id)}public/renders/{_uuid(render_id)}/generated/{_sha256(sha256)}.{extension}"


def model_note_key(org_id: str, render_id: str | UUID, sha256: str) -> str:
    """Where a try of a render notes what a model gave, by the sha256 of what was asked; never handed out."""
    return f"{org_prefix(org_id)}renders/{_uuid(render_id)}/{_sha256(sha256)}.json"


def candidate_prefix(org_id: str) -> str:
    """Prefix of pictures that were sent to be judged: never evidence, kept for a day."""
    return f"{org_prefix(org_id)}candidates/"


def candidate_key(org_id: str, candidate_id: str | UUID) -> str:
    """Where one picture that was sent to be judged lies."""
    return f"{candidate_prefix(org_id)}{_uuid(candidate_id)}"


def critique_prefix(org_id: str) -> str:
    """Prefix of judged pictures with their findings marked; handed out by signed URL, kept for a day."""
    return f"{org_prefix(org_id)}public/critiques/"


def marked_key(org_id: str, critique_id: str | UUID) -> str:
    """Where one judged picture with its findings marked lies."""
    return f"{critique_prefix(org_id)}{_uuid(critique_id)}.webp"


def render_plan_key(org_id: str, render_id: str | UUID, index: int) -> str:
    """Where the plan of one picture lies, for edits of it; never handed out."""
    return f"{org_prefix(org_id)}renders/{_uuid(render_id)}/plans/{index:d}.json"


def recipe_key(org_id: str, render_id: str | UUID, index: int) -> str:
    """Where it is kept what one picture was made from; never handed out."""
    return f"{org_prefix(org_id)}renders/{_uuid(render_id)}/recipes/{index:d}.json"


def input_key(org_id: str, render_id: str | UUID, sha256: str) -> str:
    """Where a picture from the web that a render was made of is kept, by its own sha256; never handed out."""
    return f"{org_prefix(org_id)}renders/{_uuid(render_id)}/inputs/{_sha256(sha256)}"


def provenance_key(picture_key: str) -> str:
    """Where the C2PA manifest of a stored picture lies, beside it."""
    return validate_key(f"{picture_key}.c2pa")


def vector_collection(org_id: str, collection: str = "brand_assets") -> str:
    """Name of the org's own vector collection of a kind."""
    return f"{collection}_{validate_org_id(org_id)}"


def _sha256(value: str) -> str:
    if not _SHA256.fullmatch(value):
        raise InvalidInput("a sha256 is 64 lower-case hex digits")
    return value


def _uuid(value: str | UUID) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise InvalidInput("not a UUID") from error


def _part(value: str) -> str:
    if not _PART.fullmatch(value):
        raise InvalidInput("a name in an object key is 1 to 80 of A-Z, a-z, 0-9 and ._@+-")
    return value
