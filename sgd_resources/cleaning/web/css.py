"""Takes out of CSS what loads or runs, and leaves every colour, font and custom property.

Works on tokens, so escapes and comments cannot hide a `url(`. Idempotent. What must not live here: style sheets
uploaded on their own (those are kept as they are; nothing renders them).
"""

import re
from collections.abc import Callable

import tinycss2
from tinycss2.ast import Node

_MAX_NESTING = 40  # real sheets nest a few deep; bounds the recursion
_MAX_PASSES = 6  # until nothing changes: each takes away what the one before uncovered
_LOADING_FUNCTIONS = frozenset(
    {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element"}
)
_RUNNING_FUNCTIONS = frozenset({"expression"})
_RUNNING_PROPERTIES = frozenset({"behavior", "-ms-behavior", "-moz-binding"})
_SAFE_URL = re.compile(r"#[^\s\"'()\\<>]*\Z|data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
_SCRIPT_URL = re.compile(r"(?:java|vb|live)script\s*:", re.I)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""An escape may name a character that no XML can hold."""
_TAG_START = re.compile(r"<(?=[/!?a-z])", re.I)
"""Only a string can hold one in valid CSS, and there the escape means the same character."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)


def clean_stylesheet(text: str) -> tuple[str, bool]:
    """The style sheet without imports, remote loads and script, and whether anything was taken out."""
    return _settle(text, _stylesheet_once)


def clean_declarations(text: str) -> tuple[str, bool]:
    """The content of a `style` attribute, cleaned the same way."""
    return _settle(text, _declarations_once)


def _settle(text: str, clean: Callable[[str], tuple[str, bool]]) -> tuple[str, bool]:
    """Clean until nothing changes any more: broken CSS may read differently once it is written out."""
    has_changed = False
    for _ in range(_MAX_PASSES):
        cleaned, changed = clean(text)
        has_changed |= changed
        if cleaned == text:
            return text, has_changed
        text = cleaned
    return "", True


def _stylesheet_once(text: str) -> tuple[str, bool]:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    kept: list[Node] = []
    has_changed = False
    for rule in rules:
        if rule.type == "error" or (
            rule.type == "at-rule" and rule.lower_at_keyword in ("import", "charset", "namespace")
        ):
            has_changed = True
            continue
        has_changed |= _clean_rule(rule, 0)
        kept.append(rule)
    return _settled(kept, has_changed, text)


def _declarations_once(text: str) -> tuple[str, bool]:
    nodes = tinycss2.parse_component_value_list(text, skip_comments=True)
    kept, has_changed = _clean_nodes(nodes, 0)
    return _settled(kept, has_changed, text)


def clean_value(text: str) -> tuple[str, bool]:
    """One value, as in a presentation attribute; 'none' when it loads something from elsewhere."""
    nodes = tinycss2.parse_component_value_list(text, skip_comments=True)
    if any(_is_unsafe(node, 0) for node in nodes):
        return "none", True
    return text, False


def _settled(nodes: list[Node], has_changed: bool, text: str) -> tuple[str, bool]:
    """The source itself when it was clean (so its spelling survives), else the cleaned tokens."""
    is_plain = "<" not in text and not has_changed and not _COMMENT.search(text)
    cleaned = text if is_plain else str(tinycss2.serialize(nodes))
    return _TAG_START.sub(r"\\3c ", _NOT_XML.sub("", cleaned).replace("-->", "")), has_changed


def _clean_rule(rule: Node, depth: int) -> bool:
    has_changed = False
    rule.prelude, changed = _clean_nodes(rule.prelude, depth)
    has_changed |= changed
    if rule.content is not None:
        rule.content, changed = _clean_nodes(rule.content, depth)
        has_changed |= changed
    return has_changed


def _clean_nodes(nodes: list[Node], depth: int) -> tuple[list[Node], bool]:
    """Cut each declaration (up to its semicolon) that loads or runs; blocks are cleaned inside."""
    kept: list[Node] = []
    pending: list[Node] = []
    has_changed = False
    for node in nodes:
        if node.type in ("{} block",):
            node.content, changed = _clean_nodes(node.content, depth + 1) if depth < _MAX_NESTING else ([], True)
            has_changed |= changed
            if any(_is_unsafe(one, depth) for one in pending) or _names_running_property(pending):
                has_changed = True
                pending = []
                continue
            kept += [*pending, node]
            pending = []
        elif node.type == "at-keyword" and node.lower_value == "import":
            has_changed = True
        elif node == ";":
            changed = _flush(pending, kept, depth)
            has_changed |= changed
            if not changed:
                kept.append(node)
            pending = []
        else:
            pending.append(node)
    has_changed |= _flush(pending, kept, depth)
    return kept, has_changed


def _flush(pending: list[Node], kept: list[Node], depth: int) -> bool:
    if any(_is_unsafe(node, depth) for node in pending) or _names_running_property(pending):
        return True
    kept += pending
    return False


def _names_running_property(nodes: list[Node]) -> bool:
    first = next((node for node in nodes if node.type != "whitespace"), None)
    return first is not None and first.type == "ident" and first.lower_value in _RUNNING_PROPERTIES


def _is_unsafe(node: Node, depth: int) -> bool:
    if depth > _MAX_NESTING:
        return True
    if node.type in ("url", "error"):
        return node.type == "error" or not _SAFE_URL.match(node.value.strip())
    if node.type == "string":
        return _SCRIPT_URL.search(node.value) is not None
    if node.type == "function":
        if node.lower_name in _RUNNING_FUNCTIONS:
            return True
        if node.lower_name in _LOADING_FUNCTIONS:
            return not _loads_only_from_itself(node.arguments)
        return any(_is_unsafe(one, depth + 1) for one in node.arguments)
    if node.type in ("() block", "[] block", "{} block"):
        return any(_is_unsafe(one, depth + 1) for one in node.content)
    return False


def _loads_only_from_itself(arguments: list[Node]) -> bool:
    for node in arguments:
        if node.type in ("string", "url") and not _SAFE_URL.match(node.value.strip()):
            return False
        if node.type == "function" and not _loads_only_from_itself(node.arguments):
            return False
        if node.type == "error":
            return False
    return True
