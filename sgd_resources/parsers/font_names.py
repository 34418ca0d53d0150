"""Turns a font's raw name ('ABCDEF+SourceSansPro-SemiboldIt') into a family and style ('Semibold Italic').

Pure. General naming rules of PostScript and CSS only, no list of fonts.
"""

import re

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE_WORDS = [
    "extralight",
    "ultralight",
    "semilight",
    "demilight",
    "thin",
    "hairline",
    "light",
    "book",
    "regular",
    "normal",
    "roman",
    "medium",
    "semibold",
    "demibold",
    "extrabold",
    "ultrabold",
    "bold",
    "heavy",
    "black",
    "ultra",
    "demi",
    "semi",
    "extra",
    "italic",
    "ital",
    "oblique",
    "slanted",
    "condensed",
    "cond",
    "narrow",
    "compressed",
    "expanded",
    "extended",
    "variable",
    "display",
    "upright",
]
_SHORT_STYLES = {
    "it": "Italic",
    "obl": "Oblique",
    "bd": "Bold",
    "blk": "Black",
    "lt": "Light",
    "md": "Medium",
    "med": "Medium",
    "rg": "Regular",
    "reg": "Regular",
    "sb": "Semibold",
    "smbd": "Semibold",
    "semibd": "Semibold",
    "xbd": "Extrabold",
    "bk": "Book",
    "hv": "Heavy",
    "cn": "Condensed",
    "ex": "Extended",
    "th": "Thin",
    "xlt": "Extralight",
    "ultlt": "Ultralight",
    "b": "Bold",
    "i": "Italic",
    "bi": "Bold Italic",
    "bdit": "Bold Italic",
    "boldit": "Bold Italic",
    "semiboldit": "Semibold Italic",
    "lightit": "Light Italic",
    "blackit": "Black Italic",
    "mediumit": "Medium Italic",
    "regularit": "Italic",
    "r": "Regular",
}
_VENDOR = re.compile(r"(?:PS)?MT$|PSMT$|PS$|(?<=[a-z])(?:Std|Pro)?(?:OT|OTF|TTF)$|(?<=[a-z])W\d\d$")
_GENERIC = {
    "serif",
    "sans-serif",
    "monospace",
    "cursive",
    "fantasy",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
    "math",
    "emoji",
    "fangsong",
    "inherit",
    "initial",
    "unset",
    "revert",
    "revert-layer",
    "-apple-system",
    "blinkmacsystemfont",
    "none",
    "default",
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\d)(?=[A-Z][a-z])")


def is_generic_family(name: str) -> bool:
    """Whether `name` is a CSS keyword, not a family."""
    return name.strip().strip("\"'").lower() in _GENERIC


def split_font_name(raw_name: str) -> tuple[str, str | None]:
    """(family, style words or None) of a raw font name; the family is empty only when the name is."""
    name = _SUBSET.sub("", raw_name.strip().strip("\"'")).strip()
    name = re.sub(r"[#_]20", " ", name)
    head, separator, tail = name.replace(",", "-").partition("-") if " " not in name else (name, "", "")
    if separator and tail:
        styles = _styles_of(tail)
        if styles is None:
            head, styles = name, []
    else:
        head, styles = name, []
    had_camel = " " not in head
    head = _VENDOR.sub("", head) if len(_VENDOR.sub("", head)) >= 3 else head
    words = _CAMEL.sub(" ", head).replace("_", " ").split() if had_camel else head.replace("_", " ").split()
    words, trailing = _strip_style(words)
    family = " ".join(words)
    style = " ".join(dict.fromkeys(trailing + styles))
    return family or head, style or None


def _strip_style(words: list[str]) -> tuple[list[str], list[str]]:
    kept = list(words)
    styles: list[str] = []
    while len(kept) > 1:
        last = kept[-1].lower()
        pair = (kept[-2] + kept[-1]).lower() if len(kept) > 2 else ""
        if pair in _STYLE_WORDS:
            styles.insert(0, pair.capitalize())
            del kept[-2:]
        elif last in _STYLE_WORDS and last not in {"roman", "display"}:
            styles.insert(0, last.capitalize())
            del kept[-1]
        else:
            break
    return kept, styles


def _styles_of(tail: str) -> list[str] | None:
    """Style words of what stands behind the hyphen, or None when it is part of the name."""
    found: list[str] = []
    for part in re.split(r"[-\s]+", tail):
        lowered = part.lower()
        lowered = re.sub(r"(?:ps)?mt$|ps$", "", lowered) or lowered
        if lowered in _SHORT_STYLES:
            found.append(_SHORT_STYLES[lowered])
            continue
        words = _peel(lowered)
        if words is None:
            return None
        found.extend(words)
    return found


def _peel(text: str) -> list[str] | None:
    words: list[str] = []
    rest = text
    while rest:
        match = next((word for word in _STYLE_WORDS if rest.startswith(word)), None)
        if match is not None:
            words.append(match.capitalize())
            rest = rest[len(match) :]
        elif words and rest in _SHORT_STYLES:
            words.append(_SHORT_STYLES[rest])
            rest = ""
        elif rest.isdigit():
            rest = ""
        else:
            return None
    return words
