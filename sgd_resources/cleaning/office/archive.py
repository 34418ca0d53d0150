"""Opens zip containers of strangers and writes them out afresh.

Counts what really inflates, refuses paths that climb, links, duplicates, overlaps and encryption, and reads each
member once. What must not live here: what the members mean.
"""

import io
import itertools
import re
import stat
import struct
import zipfile
import zlib

from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.filetype import looks_like_another_format
from sgd_resources.ports.examination import EmbeddedPart, Limits

_STEP_BYTES = 1 << 20  # counted a step at a time, so that a bomb is met before it is held
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that ZIP can hold: the same bytes at every cleaning
_LOCAL_HEADER_BYTES = 30  # APPNOTE.TXT 4.3.7, without name and extra field
_WINDOWS_DRIVE = re.compile(r"[A-Za-z]:")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_EOCD_BYTES = 22  # APPNOTE.TXT 4.3.16, without the comment
_NEVER_PROGRAMS = (".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".tiff", ".rdf", "mimetype")


def read_members(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every file of the container by name, in the order of its directory.

    Raises:
        RejectedEvidence: `reject:polyglot`, `malformed`, `encrypted`, `archive_path` or `bomb`.
    """
    _check_edges(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_directory(data, infos, limits)
            members: dict[str, bytes] = {}
            budget = limits.max_inflated_bytes
            for info in infos:
                if info.is_dir():
                    continue
                content = _inflated(archive, info, budget, limits)
                budget -= len(content)
                members[info.filename] = content
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, struct.error, OSError) as error:
        reject("malformed", message=f"damaged archive: {type(error).__name__}")
    if not members:
        reject("malformed", message="an archive without files")
    return members


def scannable_parts(members: dict[str, bytes]) -> tuple[EmbeddedPart, ...]:
    """The members that are neither markup nor a picture, bare, for the virus scanner."""
    return tuple(
        EmbeddedPart(name, content)
        for name, content in members.items()
        if content and not name.lower().endswith(_NEVER_PROGRAMS)
    )


def write_members(members: dict[str, bytes], *, first_stored: str | None = None) -> bytes:
    """A fresh container: fixed times, no comments, no extra fields. Deterministic."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == first_stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content, compresslevel=6)
    return out.getvalue()


def _check_edges(data: bytes) -> None:
    if not data.startswith(b"PK\x03\x04"):
        reject("polyglot" if b"PK\x03\x04" in data[1:] else "malformed", message="the archive does not start the file")
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or end + _EOCD_BYTES > len(data):
        reject("malformed", message="an archive without a directory")
    (comment_bytes,) = struct.unpack_from("<H", data, end + 20)
    tail = data[end + _EOCD_BYTES :]
    if looks_like_another_format(tail):
        reject("polyglot", message="another format after the archive")
    if len(tail) > comment_bytes + 1024:
        reject("malformed", message="bytes after the archive")


def _check_directory(data: bytes, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.max_archive_entries:
        bomb(
            "entries",
            len(infos),
            limits.max_archive_entries,
            entries=len(infos),
            max_entries=limits.max_archive_entries,
        )
    seen: set[str] = set()
    spans: list[tuple[int, int]] = []
    for info in infos:
        if info.flag_bits & 0x1:
            reject("encrypted", message="encrypted archive entries")
        _check_name(info)
        folded = info.filename.casefold()
        if folded in seen:
            reject("malformed", message="two archive entries of one name")
        seen.add(folded)
        if info.compress_type not in _METHODS:
            reject("malformed", message="an unusual compression method", method=info.compress_type)
        spans.append(_span(data, info))
    spans.sort()
    for (_, end), (start, _) in itertools.pairwise(spans):
        if start < end:
            reject("bomb", message="archive entries that overlap")
    claimed, most = sum(info.file_size for info in infos), limits.max_inflated_bytes
    if claimed > most:
        bomb("bytes unpacked", claimed, most, claimed_bytes=claimed, max_inflated_bytes=most)


def _check_name(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    climbs = any(part == ".." for part in name.replace("\\", "/").split("/"))
    is_absolute = name.startswith(("/", "\\")) or _WINDOWS_DRIVE.match(name) is not None
    if is_link or climbs or is_absolute or "\x00" in name or not name:
        reject("archive_path", message="an archive entry that points outside", is_link=is_link)


def _span(data: bytes, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the entry lies in the file, read from its own header, which must name the same file."""
    at = info.header_offset
    if at < 0 or at + _LOCAL_HEADER_BYTES > len(data) or data[at : at + 4] != b"PK\x03\x04":
        reject("malformed", message="an archive entry without a header")
    name_bytes, extra_bytes = struct.unpack_from("<HH", data, at + 26)
    flags = struct.unpack_from("<H", data, at + 6)[0]
    local_name = data[at + _LOCAL_HEADER_BYTES : at + _LOCAL_HEADER_BYTES + name_bytes]
    expected = info.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace")
    if local_name != expected and local_name != info.orig_filename.encode("utf-8", "replace"):
        reject("malformed", message="an archive entry with two names")
    if flags & 0x1:
        reject("encrypted", message="encrypted archive entries")
    return at, at + _LOCAL_HEADER_BYTES + name_bytes + extra_bytes + info.compress_size


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: int, limits: Limits) -> bytes:
    """The entry's bytes, counted as they come; its checksum is verified at the end."""
    chunks: list[bytes] = []
    total = 0
    with archive.open(info) as stream:
        while chunk := stream.read(_STEP_BYTES):
            total += len(chunk)
            if total > budget:
                most = limits.max_inflated_bytes
                bomb("bytes unpacked", most - budget + total, most, max_inflated_bytes=most)
            chunks.append(chunk)
    return b"".join(chunks)
