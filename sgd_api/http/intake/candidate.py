"""A picture that is sent to be judged: read from a form, held to its cap, looked at by the evidence gate.

It is a stranger's file like any upload, and never becomes evidence: no row is written, nothing is parsed. What must not
live here: judging it, or where it is kept.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from sgd_api.http.intake.multipart import Event, PartBegin, PartData, PartEnd
from sgd_assets.evidence.gate import EvidenceGate
from sgd_resources.errors import InvalidInput, PayloadTooLarge, Unavailable, ValidationFailed

PICTURE_TYPES = frozenset({"image/png", "image/jpeg", "image/webp"})
FILE_FIELD = "file"
TEXT_FIELDS = frozenset({"project_id", "expected_copy", "expected_size", "expected_format", "profile"})
_MAX_FIELD_BYTES = 60_000
"""Of one field; `expected_copy` may be sent once for each text."""


@dataclass
class CandidateForm:
    """What one request brought."""

    picture: bytes = b""
    file_name: str = ""
    declared_type: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    expected_copy: list[str] = field(default_factory=list)


async def read_candidate(events: AsyncIterator[Event], *, max_bytes: int) -> CandidateForm:
    """The form's one picture and its fields.

    Raises:
        PayloadTooLarge: the picture or a field is over its cap.
        ValidationFailed: a field we do not know, one twice, or no picture. InvalidInput: a damaged form.
        TooSlow: it does not keep the pace.
    """
    form = CandidateForm()
    async for event in events:
        if not isinstance(event, PartBegin):
            raise InvalidInput("the body is not valid multipart/form-data")
        _refuse_unknown(form, event)
        is_file = event.file_name is not None
        data = await _part(events, max_bytes if is_file else _MAX_FIELD_BYTES, what=event.name)
        if is_file:
            if not data:
                raise _fault(FILE_FIELD, "the file is empty")
            form.picture, form.file_name = data, _bare(event.file_name or "")
            form.declared_type = (event.content_type or "").partition(";")[0].strip().lower() or None
        else:
            _put(form, event.name, data)
    if not form.picture:
        raise _fault(FILE_FIELD, "send one picture in this field")
    return form


def check_candidate(picture: bytes, *, file_name: str, declared_type: str | None, gate: EvidenceGate) -> None:
    """Pass when the evidence gate lets the bytes in as a picture. The gate keeps nothing of them.

    Raises:
        ValidationFailed: it refuses or holds them, or they are no picture; `details` says why. No retry.
        Unavailable: a part of the gate is down. Retry.
    """
    found = gate.inspect(picture, file_name=file_name, declared_type=declared_type)
    if found.is_retryable:
        raise Unavailable("the evidence gate cannot judge the picture now", details={"reason": found.reason})
    if not found.is_accepted:
        raise ValidationFailed(
            f"the evidence gate refuses the picture ({found.verdict}: {found.reason})",
            details={"verdict": found.verdict, "reason": found.reason},
        )
    if found.detected_type not in PICTURE_TYPES:
        raise ValidationFailed("only a PNG, JPEG or WebP can be judged", details={"media_type": found.detected_type})


def _refuse_unknown(form: CandidateForm, part: PartBegin) -> None:
    """A field that nobody knows would be obeyed by nobody."""
    is_file = part.file_name is not None
    if part.name not in {FILE_FIELD, *TEXT_FIELDS}:
        raise _fault(part.name, "unknown field")
    if is_file != (part.name == FILE_FIELD):
        raise _fault(part.name, "this field is no file" if is_file else "this field is a file")
    if part.name in form.fields or (is_file and form.picture):
        raise _fault(part.name, "given twice")


async def _part(events: AsyncIterator[Event], most: int, *, what: str) -> bytes:
    value = bytearray()
    async for event in events:
        if isinstance(event, PartEnd):
            return bytes(value)
        assert isinstance(event, PartData)
        value += event.data
        if len(value) > most:
            raise PayloadTooLarge(f"the field {what[:40]!r} is too long", details={"max_bytes": most})
    raise InvalidInput("the upload was cut off")


def _put(form: CandidateForm, name: str, data: bytes) -> None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"the field {name[:40]!r} is not UTF-8") from error
    if "\0" in text:
        raise _fault(name, "NUL is not allowed")
    if name == "expected_copy":
        form.expected_copy.append(text)
    else:
        form.fields[name] = text


def _bare(file_name: str) -> str:
    bare = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(ch for ch in bare if ch.isprintable()).strip()[-255:] or "unnamed"


def _fault(name: str, message: str) -> ValidationFailed:
    path = f"$.{name[:100]}"
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})
