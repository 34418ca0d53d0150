"""Citations in words: where in which file, and how a fact was found. What must not live here: pictures, HTML."""

from sgd_assets.canon.model import Citation

METHODS = {
    "stated_hex": "stated as a hex value",
    "stated_rgb": "stated as RGB",
    "stated_cmyk": "stated as CMYK",
    "stated_spot": "stated as a spot colour",
    "css_variable": "a variable of a style sheet",
    "design_token": "a design token",
    "swatch": "a drawn swatch",
    "pixels": "measured on pixels",
    "svg_fill": "drawn in a vector logo",
    "office_theme": "an Office theme",
}


def method_in_words(method: str) -> str:
    """How a fact was found, for a reader."""
    return METHODS.get(method, method.replace("_", " "))


def place_of(citation: Citation, *, has_pages: bool) -> str:
    """Page, line, selector or path, the most telling first; empty for a picture, which is one place."""
    parts = []
    if has_pages and citation.page is not None and citation.line is None:
        # Without a box it is no place on the page but something the page refers to: a font dictionary.
        is_resource = citation.bbox is None and not citation.xml_path and not citation.selector
        parts.append(f"page {citation.page}" + (" resources" if is_resource else ""))
    if citation.line is not None:
        parts.append(f"line {citation.line}")
    if citation.selector:
        parts.append(citation.selector)
    if citation.xml_path and (citation.line is None or ":/" in citation.xml_path):
        parts.append(_path_in_short(citation.xml_path))
    return " · ".join(parts)


def _path_in_short(path: str) -> str:
    """The part's name and the last two steps; a bare name is a table of a font file."""
    part, colon, steps = path.partition(":/")
    if not colon:
        return f"{path} table" if "/" not in path else path
    tail = steps.split("/")[-2:]
    return f"{part} › {' › '.join(tail)}"
