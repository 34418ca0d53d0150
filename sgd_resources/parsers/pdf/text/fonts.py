"""Font dictionaries of a PDF: names, whether embedded, and the share of characters set in each."""

from collections import Counter
from collections.abc import Mapping, Set

import pikepdf

from sgd_resources.parsed_document import FontUse, Location
from sgd_resources.parsers.font_names import split_font_name

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def font_uses(
    document: pikepdf.Pdf, characters: Mapping[str, int], unseen: Set[str], *, page_limit: int
) -> list[FontUse]:
    """Fonts by falling share of characters, then by name.

    Args:
        document: open PDF.
        characters: raw font name -> visible characters set in it (`page_text`).
        unseen: raw names of fonts that only set words which nobody sees.
        page_limit: pages to look at.
    """
    embedded: dict[str, bool] = {}
    pages: dict[str, int] = {}
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(document.pages[:page_limit], start=1):
        _collect(page.obj.get("/Resources"), number, embedded, pages, seen, 0)
    total = max(1, sum(characters.values()))
    shares = Counter[str]()
    for raw_name, count in characters.items():
        shares[_bare(raw_name)] += count
    found = []
    hidden = {_bare(name) for name in unseen} - set(shares)
    known = [name for name in embedded if _bare(name) not in hidden]
    for raw_name in sorted(known, key=lambda name: (-shares[_bare(name)], name)):
        family, style = split_font_name(raw_name)
        if not family:
            continue
        found.append(
            FontUse(
                family=family,
                raw_name=raw_name,
                source="pdf_font",
                style=style,
                share_ratio=round(shares[_bare(raw_name)] / total, 4),
                is_embedded=embedded[raw_name],
                location=Location(page=pages[raw_name]),
            )
        )
    return found


def _bare(name: str) -> str:
    return name[7:] if len(name) > 7 and name[6] == "+" and name[:6].isupper() else name


def _name(base: pikepdf.Object | None) -> str:
    try:
        return str(base).lstrip("/") if base is not None else ""
    except UnicodeDecodeError:
        return ""  # bytes that are no text name no font


def _collect(
    resources: pikepdf.Object | None,
    number: int,
    embedded: dict[str, bool],
    pages: dict[str, int],
    seen: set[tuple[int, int]],
    depth: int,
) -> None:
    if not isinstance(resources, pikepdf.Dictionary) or depth > 8:
        return
    fonts = resources.get("/Font")
    for _, font in fonts.items() if isinstance(fonts, pikepdf.Dictionary) else ():
        if not isinstance(font, pikepdf.Dictionary) or str(font.get("/Subtype", "")) == "/Type3":
            continue
        name = _name(font.get("/BaseFont"))
        descendants = font.get("/DescendantFonts")
        inner = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else font
        descriptor = inner.get("/FontDescriptor") if isinstance(inner, pikepdf.Dictionary) else None
        is_embedded = isinstance(descriptor, pikepdf.Dictionary) and any(key in descriptor for key in _FILES)
        if name:
            embedded[name] = embedded.get(name, False) or is_embedded
            pages.setdefault(name, number)
    forms = resources.get("/XObject")
    for _, form in forms.items() if isinstance(forms, pikepdf.Dictionary) else ():
        if isinstance(form, pikepdf.Stream) and str(form.get("/Subtype", "")) == "/Form" and form.objgen not in seen:
            seen.add(form.objgen)
            _collect(form.get("/Resources"), number, embedded, pages, seen, depth + 1)
