"""Finds in an Office file's markup what runs, fetches or takes commands.

Ordinary links and ordinary fields are not findings. What must not live here: parts by name (that is `office`),
removal.
"""

import re
from typing import Any

from lxml import etree

from sgd_resources.cleaning.office_package import Package

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
_REMOTE = re.compile(r"https?:|ftp:|file:|\\\\", re.I)
_FORMULA_CALL = re.compile(
    r"(?<![A-Z0-9_.])(?:_xlfn\.)?(WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|FOPEN|FWRITELN|SEND\.KEYS|RUN|URLDOWNLOADTOFILE\w*)\s*\(",
    re.I,
)
_DDE_FORMULA = re.compile(r"^[=+@-]?\s*'?[A-Za-z][\w.]*'?\s*\|\s*'?[^!]*!|^[=+@-]?\s*\w+\|'[^']*'", re.I)
_FIELD_ELEMENTS = frozenset({"instrText", "delInstrText"})
_FORMULA_ELEMENTS = frozenset({"f", "formula", "formula1", "formula2", "definedName", "oldFormula"})
_AUTO_NAME = re.compile(r"_xlnm\.auto_|^auto_(?:open|close|activate|deactivate)", re.I)
_MAX_FIELD_RUNS = 400


def relationship_findings(package: Package) -> set[str]:
    """What the relationships lead to."""
    findings: set[str] = set()
    for _, one in package.relationships():
        kind = one.get("Type", "")
        for suffix, finding in _RUNNING_RELATIONSHIPS.items():
            if kind.endswith(suffix):
                findings.add(finding)
        if one.get("TargetMode", "").lower() == "external" and not kind.endswith(_EXTERNAL_HARMLESS):
            findings.add("external_template" if kind.lower().endswith("template") else "external_link")
    return findings


def xml_findings(name: str, root: Any) -> set[str]:
    """What the markup of one part asks for."""
    findings: set[str] = set()
    fields: list[str] = []
    for element in root.iter(etree.Element):
        local = element.tag.rpartition("}")[2]
        if local in _FIELD_ELEMENTS:
            fields.append("".join(element.itertext()))
        elif local == "fldChar":
            findings |= _field_findings("".join(fields[:_MAX_FIELD_RUNS]))
            if element.get(element.tag.replace("fldChar", "fldCharType")) != "separate":
                fields = []
        elif local == "fldSimple":
            findings |= _field_findings(next((v for k, v in element.attrib.items() if k.endswith("}instr")), ""))
        elif local in ("ddeLink", "ddeItem"):
            findings.add("dde")
        elif local in ("OLEObject", "oleObject", "oleObj") and "presentationml/2006/main}link" not in element.tag:
            findings.add("embedded_object")
        elif local in _FORMULA_ELEMENTS and ("spreadsheetml" in element.tag or "excel" in element.tag.lower()):
            findings |= _formula_findings(element)
        elif local in ("hlinkClick", "hlinkHover", "hlinkMouseOver"):
            findings |= _action_findings(element)
    findings |= _field_findings("".join(fields[:_MAX_FIELD_RUNS]))
    return findings


def _field_findings(instruction: str) -> set[str]:
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


def _formula_findings(element: Any) -> set[str]:
    formula = "".join(element.itertext())
    findings = set()
    if call := _FORMULA_CALL.search(formula):
        findings.add("web formula" if call.group(1).upper() in ("WEBSERVICE", "RTD") else "macro")
    if _DDE_FORMULA.match(formula.strip()):
        findings.add("dde")
    if _AUTO_NAME.search(element.get("name", "")):
        findings.add("macro")
    return findings


def _action_findings(element: Any) -> set[str]:
    action = (element.get("action") or "").lower()
    if action.startswith(("ppaction://macro", "ppaction://program", "ppaction://ole")):
        return {"active_action"}
    return set()
