"""Checks Office files (OOXML) for what runs or calls out, and takes out what tells of people.

Macros, OLE objects, DDE, remote templates and linked data hold the whole file for an operator. Document properties,
comments, tracked deletions, hidden runs, thumbnails and the metadata of pictures go; theme, styles, text, fonts and
media stay. Runs inside the sandbox's child. What must not live here: reading text, ODF.
"""

from typing import Any

from sgd_resources.cleaning.archive import read_members, scannable_parts, write_members
from sgd_resources.cleaning.media import clean_media
from sgd_resources.cleaning.office_active import relationship_findings, xml_findings
from sgd_resources.cleaning.office_package import Package
from sgd_resources.cleaning.office_people import strip_people
from sgd_resources.cleaning.xml_tree import parse_broken_xml, parse_xml
from sgd_resources.errors import RejectedEvidence
from sgd_resources.examination import Cleaning, Limits

_XML_SUFFIXES = (".xml", ".rels", ".vml")
_MAX_EMBEDDING = 2
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
        RejectedEvidence: `reject:malformed`, `bomb`, `encrypted`, `archive_path`, `entities`, `polyglot`. Active
            content comes back as a refusal in the details, with the embedded parts.
    """
    members = read_members(data, limits)
    package = _opened(members, limits)
    if isinstance(package, Cleaning):
        return package
    findings = _part_findings(package, limits, depth)
    findings |= relationship_findings(package)
    for name, root in package.trees():
        findings |= xml_findings(name, root)
    if findings:
        return _held(findings, members)
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
    package.drop_unreachable(removed)
    package.neutralise_links(removed)
    if not removed and not package.is_changed:
        return Cleaning(data, "", {"parts": len(members)}, scannable_parts(members))
    details = {"parts": len(members), "removed": removed}
    return Cleaning(write_members(package.members()), "stripped", details, scannable_parts(members))


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


def _part_findings(package: Package, limits: Limits, depth: int) -> set[str]:
    """What the parts' names, content types and first bytes give away."""
    findings: set[str] = set()
    for name, content in package.binaries():
        lowered = name.lower()
        content_type = package.content_type(name).lower()
        if "vbaproject" in lowered or "vbaproject" in content_type or "vbadata" in lowered:
            findings.add("macro")
        elif "activex" in lowered or "activex" in content_type:
            findings.add("activex")
        elif content.startswith(b"\xd0\xcf\x11\xe0") or "oleobject" in content_type:
            findings.add("embedded_object")
        elif _is_program(content):
            findings.add("program")
        elif content.startswith(b"PK\x03\x04"):
            findings |= _embedded_findings(name, content, limits, depth)
    for name in package.names():
        lowered = name.lower()
        content_type = package.content_type(name).lower()
        if (
            "macrosheet" in lowered
            or "macroenabled" in content_type
            or "macrosheet" in content_type
            or "attachedtoolbars" in content_type
        ):
            findings.add("macro")
        elif "activex" in content_type or "/activex/" in f"/{lowered}":
            findings.add("activex")
        elif lowered.endswith(
            (".html", ".htm", ".mht", ".mhtml", ".rtf", ".exe", ".js", ".vbs", ".hta", ".bat", ".ps1", ".lnk", ".dll")
        ):
            findings.add("foreign part")
    return findings


def _is_program(content: bytes) -> bool:
    return content.startswith((b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe"))


def _embedded_findings(name: str, content: bytes, limits: Limits, depth: int) -> set[str]:
    """A chart's workbook is an Office file of its own and is judged like one."""
    if depth >= _MAX_EMBEDDING:
        return {"embedding too deep"}
    try:
        inner = clean_office(content, "", limits, depth=depth + 1)
    except RejectedEvidence as refusal:
        if refusal.reason in ("bomb", "archive_path", "encrypted"):
            raise
        return {"embedded_object"}
    return set(inner.details.get("findings", ()))


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
