"""Finds in an Office file's markup what runs, fetches or takes commands.

Ordinary links and ordinary fields are not findings. What must not live here: parts by name (that is `ooxml`),
removal (that is `strip`).
"""

import re
from typing import Any
from urllib.parse import unquote

from lxml import etree

from sgd_resources.cleaning.office.package import SAFE_LINK, Package

_EXTERNAL_HARMLESS = ("/hyperlink", "/hlink", "/image")
_RUNNING_RELATIONSHIPS = {
    "/vbaProject": "macro",
    "/wordVbaData": "macro",
    "/xlMacrosheet": "macro",
    "/xlIntlMacrosheet": "macro",
    "/attachedToolbars": "macro",
    "/keyMapCustomizations": "macro",
    "/oleObject": "embedded_object",
    "/control": "activex",
    "/activeXControlBinary": "activex",
    "/aFChunk": "foreign part",
    "/externalLink": "external_link",
    "/externalLinkPath": "external_link",
    "/ddeLink": "dde",
    "/connections": "data connection",
    "/queryTable": "data connection",
    "/webExtension": "web extension",
    "/webextension": "web extension",
    "/webextensiontaskpanes": "web extension",
}
_FIELD = re.compile(
    r"^\s*\\?\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|AUTOTEXT\s+\\\\)\b",
    re.I,
)
_LINK_FIELD = re.compile(r"^\s*HYPERLINK\s+(?!\\)\"?([^\"]*)", re.I)
_LINK_FORMULA = re.compile(r"(?<![A-Z0-9_.])HYPERLINK\s*\(\s*\"([^\"]*)\"", re.I)
_REMOTE = re.compile(r"https?:|ftp:|file:|\\\\", re.I)
_FORMULA_CALL = re.compile(
    r"(?<![A-Z0-9_.])(?:_xlfn\.)?(WEBSERVICE|RTD|IMAGE|CALL|REGISTER(?:\.ID)?|EXEC|FOPEN|FWRITELN|SEND\.KEYS|RUN|URLDOWNLOADTOFILE\w*)\s*\(",
    re.I,
)
_WEB_CALLS = frozenset({"WEBSERVICE", "RTD", "IMAGE"})
_DDE_FORMULA = re.compile(r"^[=+@-]?\s*'?[A-Za-z][\w.]*'?\s*\|\s*'?[^!]*!|^[=+@-]?\s*\w+\|'[^']*'", re.I)
_FIELD_ELEMENTS = frozenset({"instrText", "delInstrText"})
_FORMULA_ELEMENTS = frozenset({"f", "formula", "formula1", "formula2", "definedName", "oldFormula"})
_AUTO_NAME = re.compile(r"_xlnm\.auto_|^auto_(?:open|close|activate|deactivate)", re.I)
MAX_FIELD_RUNS = 400  # a field's instruction split over runs; bounds the time of a part
_LOCAL_DRIVE = re.compile(r"(?:file:/{2,3})?[A-Za-z]:[\\/]", re.I)
HOLDING = frozenset({"macro", "dde", "external_template"})
"""What is wanted for its effect and cannot be judged without it: the file is held as a whole."""


def relationship_findings(package: Package) -> set[str]:
    """What the relationships lead to."""
    findings: set[str] = set()
    for _, one in package.relationships():
        kind = one.get("Type", "")
        for suffix, finding in _RUNNING_RELATIONSHIPS.items():
            if kind.endswith(suffix):
                findings.add(finding)
        if one.get("TargetMode", "").lower() == "external" and not kind.endswith(_EXTERNAL_HARMLESS):
            is_remote_template = kind.lower().endswith("template") and not is_local_template(one)
            findings.add("external_template" if is_remote_template else "external_link")
    return findings


def is_local_template(relationship: Any) -> bool:
    """Word keeps the path of the template that a document began with; one on the author's own drive loads nothing."""
    is_template = relationship.get("Type", "").lower().endswith("template")
    return is_template and _LOCAL_DRIVE.match(unquote(relationship.get("Target", "")).strip()) is not None


def xml_findings(name: str, root: Any) -> set[str]:
    """What the markup of one part asks for."""
    findings: set[str] = set()
    fields: list[str] = []
    for element in root.iter(etree.Element):
        local = element.tag.rpartition("}")[2]
        if local in _FIELD_ELEMENTS:
            fields.append("".join(element.itertext()))
        elif local == "fldChar":
            findings |= field_findings("".join(fields[:MAX_FIELD_RUNS]))
            if element.get(element.tag.replace("fldChar", "fldCharType")) != "separate":
                fields = []
        elif local == "fldSimple":
            findings |= field_findings(next((v for k, v in element.attrib.items() if k.endswith("}instr")), ""))
        elif local in ("ddeLink", "ddeItem"):
            findings.add("dde")
        elif local in ("OLEObject", "oleObject", "oleObj") and "presentationml/2006/main}link" not in element.tag:
            findings.add("embedded_object")
        elif is_formula(element):
            findings |= formula_findings(element)
        elif local in ("hlinkClick", "hlinkHover", "hlinkMouseOver"):
            findings |= action_findings(element)
    findings |= field_findings("".join(fields[:MAX_FIELD_RUNS]))
    return findings


def field_findings(instruction: str) -> set[str]:
    """What a field's instruction asks for."""
    link = _LINK_FIELD.match(instruction)
    if link is not None and link.group(1).strip() and not SAFE_LINK.match(link.group(1).strip()):
        return {"link"}
    found = _FIELD.match(instruction)
    if found is None:
        return set()
    verb = found.group(1).upper()
    if verb.startswith("DDE"):
        return {"dde"}
    if verb == "MACROBUTTON":
        # The placeholder idiom "MACROBUTTON NoMacro click here" of ordinary templates names no macro that exists.
        return set()
    if verb in ("INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT") and not _REMOTE.search(instruction):
        return set()
    return {"linked field"}


def is_formula(element: Any) -> bool:
    """Whether the element holds a sheet's formula."""
    tag = element.tag
    return tag.rpartition("}")[2] in _FORMULA_ELEMENTS and ("spreadsheetml" in tag or "excel" in tag.lower())


def formula_findings(element: Any) -> set[str]:
    """What a formula calls."""
    formula = "".join(element.itertext())
    findings = set()
    if call := _FORMULA_CALL.search(formula):
        findings.add("web formula" if call.group(1).upper() in _WEB_CALLS else "macro")
    if any(not SAFE_LINK.match(link.strip()) for link in _LINK_FORMULA.findall(formula)):
        findings.add("link")
    if _DDE_FORMULA.match(formula.strip()):
        findings.add("dde")
    if _AUTO_NAME.search(element.get("name", "")):
        findings.add("macro")
    return findings


def action_findings(element: Any) -> set[str]:
    """What a click on a slide starts."""
    action = (element.get("action") or "").lower()
    if action.startswith(("ppaction://macro", "ppaction://program", "ppaction://ole")):
        return {"active_action"}
    return set()
