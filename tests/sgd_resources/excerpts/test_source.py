import io
import zipfile
from typing import Any

from sgd_resources.excerpts.source import excerpt_source

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def excerpt(
    data: bytes, kind: str, quote: str, *, line: int | None = None, xml_path: str | None = None
) -> list[dict[str, Any]]:
    places = [{"line": line, "xml_path": xml_path, "quote": quote}]
    found: list[dict[str, Any]] = excerpt_source(data, {"kind": kind, "places": places})[0]["excerpts"][0]
    return found


def package(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def test_the_quote_is_marked_between_its_neighbours() -> None:
    lines = excerpt(b":root {\n  --brand: #1E4D3A;\n}\n", "text", "#1e4d3a", line=2)
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert (lines[1]["before"], lines[1]["marked"], lines[1]["after"]) == ("  --brand: ", "#1E4D3A", ";")


def test_a_paragraph_may_hold_the_quote_below_its_first_line() -> None:
    lines = excerpt(b"<p>\n  We are\n  **plain** spoken.\n</p>", "text", "plain spoken", line=1)
    assert next(line["marked"] for line in lines if line["marked"]) == "plain** spoken"


def test_a_line_that_refers_to_a_variable_is_shown_with_the_line_that_holds_the_value() -> None:
    css = b":root{\n--font: Inter;\n}\n\n\nbody{\nfont-family: var(--font);\n}"
    lines = excerpt(css, "text", "Inter", line=7)
    assert [(line["number"], line["marked"]) for line in lines] == [(2, "Inter"), (7, "")]


def test_long_lines_are_cut_around_the_quote() -> None:
    [line] = excerpt(b"x" * 50_000 + b" #1E4D3A " + b"y" * 50_000, "text", "#1E4D3A", line=1)
    assert line["marked"] == "#1E4D3A"
    assert len(line["before"] + line["after"]) < 400
    assert line["before"].startswith("…")
    assert line["after"].endswith("…")


def test_a_very_long_quote_is_cut_too() -> None:
    [line] = excerpt(b"a" * 5000, "text", "a" * 5000, line=1)
    assert len(line["marked"]) < 1000


def test_the_element_of_a_drawing_is_found_by_its_path() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><g/><g><path fill="#1e4d3a" d="M0 0h9"/></g></svg>'
    [line] = excerpt(svg, "xml", "#1E4D3A", line=1, xml_path="/*/*[2]/*[1]")
    assert line["before"] == '<path fill="'


def test_a_paragraph_of_an_office_file_is_shown_as_its_words_between_its_neighbours() -> None:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Voice", "Be brief", "Be kind"))
    data = package(word__document=f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    lines = excerpt(data, "package", "Be brief", xml_path="word/document.xml:/w:document/w:body/w:p[2]")
    assert [line["before"] + line["marked"] + line["after"] for line in lines] == ["Voice", "Be brief", "Be kind"]
    assert [line["marked"] for line in lines] == ["", "Be brief", ""]


def test_a_theme_colour_is_shown_as_its_element() -> None:
    theme = '<a:theme xmlns:a="urn:a"><a:dk2><a:srgbClr val="1E4D3A"/></a:dk2></a:theme>'
    [line] = excerpt(package(theme1=theme), "package", "1E4D3A", xml_path="theme1.xml:/a:theme/a:dk2")
    assert line["before"] + line["marked"] + line["after"] == '<a:dk2><a:srgbClr val="1E4D3A"/></a:dk2>'


def test_what_is_not_there_gives_no_lines() -> None:
    assert excerpt(b"one\ntwo", "text", "x", line=99) == []
    assert excerpt(package(a="<a/>"), "package", "x", xml_path="b.xml:/a") == []
    assert excerpt(package(a="<a/>"), "package", "x", xml_path="a.xml:/a[") == []
    assert excerpt(package(a="<a/>"), "package", "x") == []
