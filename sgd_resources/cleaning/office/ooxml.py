"""Checks Office files (OOXML) for what runs or calls out, and takes out what tells of people.

Macros, DDE and remote templates hold the whole file for an operator. Embedded objects, ActiveX, linked data and
foreign parts go and the details say so, as do document properties, comments, tracked deletions, hidden runs, thumbnails
and the metadata of pictures; theme, styles, text, fonts and media stay. What was written is looked at once more, and
held when anything active is left. Runs inside the sandbox's child. What must not live here: reading text, ODF.
"""

from typing import Any

from sgd_resources.cleaning.office.active import HOLDING, relationship_findings, xml_findings
from sgd_resources.cleaning.office.archive import read_members, scannable_parts, write_members
from sgd_resources.cleaning.office.media import clean_media
from sgd_resources.cleaning.office.package import Package
from sgd_resources.cleaning.office.people import strip_people
from sgd_resources.cleaning.office.strip import strip_active
from sgd_resources.cleaning.office.vml import strip_vml_links
from sgd_resources.cleaning.xml_tree import parse_broken_xml, parse_xml
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Cleaning, Limits

_XML_SUFFIXES = (".xml", ".rels", ".vml")
_FOREIGN = (
    ".html", ".htm", ".mht", ".mhtml", ".rtf", ".exe", ".js", ".vbs", ".hta", ".bat", ".cmd", ".ps1", ".lnk", ".dll",
    ".scr", ".wsf", ".jar", ".swf",
)  # fmt: skip
_MAX_EMBEDDING = 2  # a workbook in a deck; deeper ones are held
_DROPPED_RELATIONSHIPS = (
    "/metadata/core-properties", "/extended-properties", "/custom-properties", "/metadata/thumbnail",
    "/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible", "/commentAuthors", "/authors", "/people",
    "/threadedComment", "/person", "/customXml", "/printerSettings", "/custom-properties", "/digital-signature/origin",
    "/modernComment", "/classificationlabels", "/tags", "/revisionHeaders", "/usernames",
    "/ui/extensibility", "/ui/userCustomization",
)  # fmt: skip


def clean_office(data: bytes, media_type: str, limits: Limits, *, depth: int = 0) -> Cleaning:
    """The document without metadata; a file that carries none comes back byte for byte.

    Raises:
        RejectedEvidence: `reject:malformed`, `bomb`, `encrypted`, `archive_path`, `entities`, `polyglot`. What holds
            the file comes back as a refusal in the details, with the embedded parts.
    """
    members = read_members(data, limits)
    package = _opened(members, limits)
    if isinstance(package, Cleaning):
        return package
    findings, unwanted = _all_findings(package, limits, depth)
    if findings & HOLDING:
        return _held(findings, members)
    active = strip_active(package, unwanted) if findings else {}
    removed = _strip_private(package, limits, depth)
    if not active and not removed and not package.is_changed:
        return Cleaning(data, "", {"parts": len(members)}, scannable_parts(members))
    written = package.members()
    if active and (left := _findings_left(written, limits, depth)):
        return _held(left, members)
    details = {"parts": len(members), "removed": {**removed, **active}}
    how = "sanitised" if active else "stripped"
    return Cleaning(write_members(written), how, details, scannable_parts(members))


def _all_findings(package: Package, limits: Limits, depth: int) -> tuple[set[str], dict[str, str]]:
    """What was found, and the parts that must go with the kind of each."""
    unwanted = _unwanted_parts(package, limits, depth)
    findings = set(unwanted.values()) | relationship_findings(package)
    for name, root in package.trees():
        findings |= xml_findings(name, root)
    return findings, unwanted


def _findings_left(members: dict[str, bytes], limits: Limits, depth: int) -> set[str]:
    """What is active in the new file: nothing, or this cleaner is wrong and a person decides."""
    return _all_findings(Package(members, lambda content: parse_xml(content, limits)[0]), limits, depth)[0]


def _strip_private(package: Package, limits: Limits, depth: int) -> dict[str, int]:
    removed: dict[str, int] = {}
    _drop_private_parts(package, removed)
    for name, root in package.trees():
        if count := strip_people(root):
            package.touch(name)
            removed["people"] = removed.get("people", 0) + count
    media_removed = _clean_all_media(package, limits, depth)
    if media_removed:
        removed["media metadata"] = media_removed
    package.drop_external_images(removed)
    strip_vml_links(package, removed)
    package.drop_unreachable(removed)
    package.neutralise_links(removed)
    return removed


def _opened(members: dict[str, bytes], limits: Limits) -> Package | Cleaning:
    """The package, or the hold on one whose markup is broken around a command that a lenient reader would still run."""
    try:
        return Package(members, lambda content: parse_xml(content, limits)[0])
    except RejectedEvidence as refusal:
        if refusal.reason != "malformed":
            raise
        findings: set[str] = set()
        for name, content in members.items():
            if name.lower().endswith(_XML_SUFFIXES) and (root := parse_broken_xml(content)) is not None:
                findings |= xml_findings(name, root)
        if not findings:
            raise
        return _held(findings, members)


def _held(findings: set[str], members: dict[str, bytes]) -> Cleaning:
    details: dict[str, Any] = {
        "findings": sorted(findings),
        "refusal": {"verdict": "quarantine", "reason": "active_content"},
    }
    return Cleaning(b"", "", details, scannable_parts(members))


def _unwanted_parts(package: Package, limits: Limits, depth: int) -> dict[str, str]:
    """Parts that their names, content types and first bytes give away, with the kind of each."""
    unwanted: dict[str, str] = {}
    for name, content in package.binaries():
        if (kind := _binary_kind(package, name, content, limits, depth)) is not None:
            unwanted[name] = kind
    for name in package.names():
        if (kind := _named_kind(name.lower(), package.content_type(name).lower())) is not None:
            unwanted.setdefault(name, kind)
    return unwanted


def _binary_kind(package: Package, name: str, content: bytes, limits: Limits, depth: int) -> str | None:
    lowered, content_type = name.lower(), package.content_type(name).lower()
    if "vbaproject" in lowered or "vbaproject" in content_type or "vbadata" in lowered:
        return "macro"
    if "activex" in lowered or "activex" in content_type:
        return "activex"
    if content.startswith(b"\xd0\xcf\x11\xe0") or "oleobject" in content_type:
        return "embedded_object"
    if _is_program(content):
        return "program"
    return _embedded_kind(content, limits, depth) if content.startswith(b"PK\x03\x04") else None


def _named_kind(name: str, content_type: str) -> str | None:
    if (
        "macrosheet" in name
        or "macroenabled" in content_type
        or "macrosheet" in content_type
        or "attachedtoolbars" in content_type
    ):
        return "macro"
    if "activex" in content_type or "/activex/" in f"/{name}":
        return "activex"
    return "foreign part" if name.endswith(_FOREIGN) else None


def _is_program(content: bytes) -> bool:
    return content.startswith((b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe"))


def _embedded_kind(content: bytes, limits: Limits, depth: int) -> str | None:
    """A chart's workbook is an Office file of its own and is judged like one; what it could lose, it loses later."""
    if depth >= _MAX_EMBEDDING:
        return "embedding too deep"
    try:
        inner = clean_office(content, "", limits, depth=depth + 1)
    except RejectedEvidence as refusal:
        if refusal.reason in ("bomb", "archive_path", "encrypted"):
            raise
        return "embedded_object"
    held = HOLDING & set(inner.details.get("findings", ()))
    return min(held) if held else "embedded_object" if "refusal" in inner.details else None


def _drop_private_parts(package: Package, removed: dict[str, int]) -> None:
    for suffix in dict.fromkeys(_DROPPED_RELATIONSHIPS):
        if count := package.drop_related(suffix):
            removed[suffix.rpartition("/")[2]] = count


def _clean_all_media(package: Package, limits: Limits, depth: int) -> int:
    changed = 0
    for name, content in list(package.binaries()):
        cleaned = content
        if content.startswith(b"PK\x03\x04"):
            cleaned = clean_office(content, "", limits, depth=depth + 1).data
        else:
            cleaned = clean_media(name, content, limits)
        if cleaned != content:
            package.replace(name, cleaned)
            changed += 1
    return changed
