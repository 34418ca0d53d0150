"""Cleans HTML by allowlist: text, structure, styles and classes stay; scripts, handlers and remote loads go.

The page is read with the HTML standard's own tree builder and written out afresh from the tree, so what a browser
builds from the result is what was judged here. What must not live here: which text is hidden (the parser flags
that).
"""

import base64
import binascii
import html as entities
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.cleaning.web.css import clean_declarations, clean_stylesheet
from sgd_resources.cleaning.web.html_tree import MAX_DEPTH, parse_page
from sgd_resources.cleaning.web.html_vocabulary import (
    ATTRIBUTES,
    DROPPED_WITH_CONTENT,
    ELEMENTS,
    KEPT_META,
    STYLED_ELSEWHERE,
    SVG_ELEMENTS,
    SVG_TEXT_ELEMENTS,
    URL_ATTRIBUTES,
    VOID,
)
from sgd_resources.cleaning.web.svg_vocabulary import ATTRIBUTES as SVG_ATTRIBUTES
from sgd_resources.filetype import decoded_text
from sgd_resources.ports.examination import Cleaning, Limits

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = re.compile(
    r"(?:https?://|mailto:|tel:|#)[^\x00-\x20]*\Z|(?:\.{0,2}/(?![/\\]))?[A-Za-z0-9_.][^\x00-\x20:\\]*\Z|/\Z", re.I
)
_LOCAL_FILE = re.compile(r"(?:\./)?[A-Za-z0-9_][A-Za-z0-9_./-]*\Z")
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+\Z", re.I)
_DATA_SHEET = re.compile(r"data:text/css(?:;charset=[\w-]{1,30})?(;base64)?,(.*)\Z", re.I | re.S)
_SVG_LOCAL = re.compile(r"#[^\s\"'()\\<>:]+\Z")
_TAG_CHARACTERS = re.compile(r"[\U000E0000-\U000E0FFF]")
_FLAG = re.compile(r"(\U0001F3F4[\U000E0061-\U000E007A\U000E0030-\U000E0039]{2,6}\U000E007F)")
_ZERO_WIDTH = re.compile(r"[\u200b\u2060-\u2064\ufeff\u180e]")
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Controls, surrogates and noncharacters: a parse error in HTML, and yet in the tree when written as a reference.
Source: HTML standard, 13.2.5.80 "Numeric character reference end state" (2026-11)."""
_VERTICAL = str.maketrans("\x0b\x0c", "  ")
_DOCUMENT = re.compile(r"<(?:html|body)\b", re.I)
_MARKUP = re.compile(r"<[/!?a-z]", re.I)
_DOCTYPE = "<!DOCTYPE html>\n"
_SAFE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_:.-]*\Z")


def clean_html(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The page as UTF-8 with only allowed elements and attributes.

    Raises:
        RejectedEvidence: `reject:malformed` (not text), `reject:bomb` (too many or too deep elements).
    """
    text = _text(data)
    page = parse_page(text, most_elements=limits.max_xml_nodes)
    # A page that begins on its first line has no line for a doctype of its own.
    doctype = _DOCTYPE if page.lines.get(page.root, 0) > 1 else _DOCTYPE.rstrip("\n")
    writer = _Writer(limits, page.lines, first_line=1 + doctype.count("\n"))
    writer.element(page.root, 0)
    if writer.is_styled_elsewhere or not _DOCUMENT.search(text):
        writer.mark_as_styled_elsewhere()
    cleaned = (doctype + "".join(writer.out)).encode("utf-8")
    details: dict[str, Any] = {"removed": writer.removed} if writer.removed else {}
    return Cleaning(cleaned, "sanitised", details)


def _text(data: bytes) -> str:
    """The text that the type was judged by: UTF-8 wherever the bytes allow it, whatever the page claims."""
    text = decoded_text(data)
    if text is None:
        reject("malformed", message="not text")
    return _SURROGATES.sub("\ufffd", text)


_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


class _Writer:
    """Walks the tree once and writes what is allowed, each element on its own line of the page.

    Lines that went with what was taken out are made up for inside the next start tag, where they mean nothing.
    """

    def __init__(self, limits: Limits, lines: Mapping[Any, int], *, first_line: int) -> None:
        self.out: list[str] = []
        self._lines = lines
        self._line = first_line
        self.removed: dict[str, int] = {}
        self._limits = limits
        self._nodes = 0
        self.is_styled_elsewhere = False

    def mark_as_styled_elsewhere(self) -> None:
        """Once: a page that was cleaned before has the mark."""
        if STYLED_ELSEWHERE not in self.out[0]:
            tag = self.out[0][:-1].rstrip("\n")
            self.out[0] = f'{tag} {STYLED_ELSEWHERE}=""{self.out[0][len(tag) :]}'

    def element(self, node: Any, depth: int) -> None:
        self._nodes += 1
        if depth > MAX_DEPTH:
            bomb("elements inside each other", depth, MAX_DEPTH)
        if self._nodes > self._limits.max_xml_nodes:
            bomb("elements", self._nodes, self._limits.max_xml_nodes)
        if not isinstance(node.tag, str):
            self._count("comment")
            return
        name = _allowed_name(node.tag)
        if name is None:
            local = node.tag.rpartition("}")[2]
            self._count(f"element:{local[:40]}")
            self.is_styled_elsewhere |= local.lower() == "script" and node.get("src") is not None
            if local.lower() == "noscript":
                self._without_scripts(node, depth)
            elif local.lower() not in DROPPED_WITH_CONTENT:
                self._children(node, depth)
            return
        if name == "meta":
            self._meta(node)
        elif name == "link":
            self._link(node)
        elif node.tag.startswith(_SVG) and name in SVG_TEXT_ELEMENTS:
            self._svg_text(node, name, depth)
        elif name == "style":
            self._style(node)
        else:
            self._plain(node, name, depth)

    def _plain(self, node: Any, name: str, depth: int) -> None:
        is_svg = node.tag.startswith(_SVG)
        attributes = "".join(self._attribute(name, key, value, is_svg=is_svg) for key, value in node.attrib.items())
        self._open(node, f"<{name}{attributes}")
        if name == "head":
            self.out.append('<meta charset="utf-8">')
        if name in VOID and not is_svg:
            return
        if name in ("pre", "textarea", "listing") and (node.text or "").startswith("\n"):
            self._put("\n")
        self._children(node, depth)
        self.out.append(f"</{name}>")

    def _children(self, node: Any, depth: int) -> None:
        self._write_text(node.text)
        for child in node:
            self.element(child, depth + 1)
            self._write_text(child.tail)

    def _without_scripts(self, node: Any, depth: int) -> None:
        """What is for readers without scripts: its words stay, its sheet would hide what the others see."""
        self._write_text(node.text)
        for child in node:
            if isinstance(child.tag, str) and _allowed_name(child.tag) == "style":
                self._count("element:style")
            else:
                self.element(child, depth + 1)
            self._write_text(child.tail)

    def _write_text(self, text: str | None) -> None:
        if not text:
            return
        visible = self._without_smuggled(text)
        self._put(entities.escape(visible, quote=False))

    def _without_smuggled(self, text: str) -> str:
        """Tag characters outside flag emoji and zero-width spaces show nothing and can carry orders to a model."""
        text, controls = _CONTROL.subn("", text.translate(_VERTICAL))
        self._count("control_characters", controls)
        pieces = _FLAG.split(text)
        kept = []
        for index, piece in enumerate(pieces):
            if index % 2:
                kept.append(piece)
                continue
            without_tags, tags = _TAG_CHARACTERS.subn("", piece)
            visible, zeros = _ZERO_WIDTH.subn("", without_tags)
            self._count("tag_characters", tags)
            self._count("zero_width", zeros)
            kept.append(visible)
        return "".join(kept)

    def _style(self, node: Any) -> None:
        # XHTML's marks around a sheet are no CSS: with them its first rule would be lost
        self._sheet(node, _CDATA.sub(" ", "".join(node.itertext())))

    def _sheet(self, node: Any, sheet: str) -> None:
        self.is_styled_elsewhere |= "@import" in sheet.lower()
        cleaned, has_changed = clean_stylesheet(sheet)
        if has_changed:
            self._count("css")
        media = self._without_smuggled(node.get("media") or "")
        attribute = f' media="{entities.escape(media)}"' if media else ""
        self._open(node, f"<style{attribute}")
        self._put(f"{cleaned}</style>")

    def _svg_text(self, node: Any, name: str, depth: int) -> None:
        """Escaped text means the same whether a browser reads it as markup or as raw text."""
        text = node.text or ""
        if name == "style":
            text, has_changed = clean_stylesheet(text)
            self._count("css", int(has_changed))
        self._open(node, f"<{name}")
        self._put(f"{entities.escape(self._without_smuggled(text), quote=False)}</{name}>")
        for child in node:
            self.element(child, depth + 1)
            self._write_text(child.tail)

    def _meta(self, node: Any) -> None:
        name = (node.get("name") or node.get("property") or "").strip().lower()
        if name not in KEPT_META or node.get("content") is None:
            if name:
                self._count(f"meta:{name[:40]}")
            return
        key = "name" if node.get("name") else "property"
        content = self._without_smuggled(node.get("content"))
        self._open(node, f'<meta {key}="{entities.escape(name)}" content="{entities.escape(content)}"')

    def _link(self, node: Any) -> None:
        """A style sheet link loads nothing any more, but its address names fonts: it stays as plain data.

        A sheet that the page carries in the address itself is a style element of its own.
        """
        carried = _carried_sheet(node)
        if carried is not None:
            self._sheet(node, carried)
            return
        address = node.get("data-removed-stylesheet")
        if "stylesheet" in (node.get("rel") or "").lower():
            address = node.get("href")
        if node.get("rel") or node.get("href"):
            self._count("link")
        if address:
            self._open(
                node, f'<link data-removed-stylesheet="{entities.escape(self._without_smuggled(address)[:500])}"'
            )

    def _attribute(self, element: str, key: str, value: str, *, is_svg: bool) -> str:
        value = self._without_smuggled(value)
        name = key.rpartition("}")[2] if is_svg else key.lower()
        if name.startswith("{") or not _SAFE_NAME.match(name):
            self._count("attribute")
            return ""
        if name in URL_ATTRIBUTES:
            kept = self._url(element, name, value, is_svg=is_svg)
            return "" if kept is None else f' {name}="{entities.escape(kept)}"'
        allowed = SVG_ATTRIBUTES if is_svg else ATTRIBUTES
        if (name not in allowed and not name.startswith(("aria-", "data-"))) or name.startswith("on"):
            self._count(f"attribute:{name[:40]}")
            return ""
        if _MARKUP.search(value):
            # Markup inside an attribute is how a page that was cleaned once becomes another when it is read twice.
            self._count(f"attribute:{name[:40]}")
            return ""
        if name == "style" or (is_svg and "(" in value and name not in ("d", "transform", "gradientTransform")):
            value, has_changed = clean_declarations(value)
            if has_changed:
                self._count("css")
        return f' {name}="{entities.escape(value)}"'

    def _url(self, element: str, name: str, value: str, *, is_svg: bool) -> str | None:
        trimmed = value.strip()
        if is_svg:
            is_kept = _SVG_LOCAL.match(trimmed) is not None
        elif name == "href":
            is_kept = element in ("a", "area") and _LINK.match(trimmed) is not None
        else:
            is_local = _LOCAL_FILE.match(trimmed) is not None and ".." not in trimmed and "//" not in trimmed
            is_kept = element == "img" and name == "src" and bool(is_local or _DATA_IMAGE.match(trimmed))
        if not is_kept:
            self._count(f"url:{element}")
            return None
        return trimmed

    def _open(self, node: Any, tag: str) -> None:
        """Write a start tag so that it ends on the line on which the page's own ends, where that is still ahead."""
        behind = self._lines.get(node, 0) - self._line - tag.count("\n")
        self._put(tag + "\n" * behind + ">")

    def _put(self, text: str) -> None:
        self._line += text.count("\n")
        self.out.append(text)

    def _count(self, what: str, n: int = 1) -> None:
        if n and (what in self.removed or len(self.removed) < 50):
            self.removed[what] = self.removed.get(what, 0) + n


def _carried_sheet(node: Any) -> str | None:
    """The style sheet in a link's `data:` address, as pages saved to one file have; None for any other link."""
    if "stylesheet" not in (node.get("rel") or "").lower():
        return None
    found = _DATA_SHEET.match((node.get("href") or "").strip())
    if found is None:
        return None
    try:
        raw = base64.b64decode("".join(found[2].split()), validate=True) if found[1] else unquote_to_bytes(found[2])
    except binascii.Error:
        return None
    return decoded_text(raw)


def _allowed_name(tag: str) -> str | None:
    if tag.startswith(_XHTML):
        name = tag.removeprefix(_XHTML).lower()
        return name if name in ELEMENTS else None
    if tag.startswith(_SVG):
        name = tag.removeprefix(_SVG)
        return name if name in SVG_ELEMENTS else None
    return None
