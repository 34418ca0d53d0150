from tests.sgd_resources.parsers.parsing import only, parse

SOURCE = """---
title: Brand
---
# Colours

| Name | PMS | RGB |
|------|-----|-----|
| Teal | 3125 | 0 174 199 |

Our lead is **#0086bf**.

- Do be kind
  - and brief

```css
:root { --sea: #1b2c3d }
```

<div>

<p style="color:#abcdef">Inside</p>

</div>

![The mark](x.png)
"""


def test_blocks_have_kinds_and_lines_of_the_file() -> None:
    document = parse(SOURCE, "text/markdown", ".md")
    assert document.title == "Brand"
    heading = next(block for block in document.text_blocks if block.kind == "heading")
    assert (heading.text, heading.level, heading.location.line) == ("Colours", 1, 4)
    assert [(block.text, block.level) for block in document.text_blocks if block.kind == "list_item"] == [
        ("Do be kind", 1),
        ("and brief", 2),
    ]
    assert [block.text for block in document.text_blocks if block.kind == "alt_text"] == ["The mark"]


def test_table_headers_explain_bare_numbers_and_rows_name_them() -> None:
    document = parse(SOURCE, "text/markdown", ".md")
    teal = [use for use in document.colours if use.hex == "#00AEC7"]
    assert [(use.space, use.spot_name) for use in teal] == [("spot", "PANTONE 3125"), ("rgb", None)]
    assert all((use.label or "").startswith("Teal") for use in teal)


def test_fenced_sheets_embedded_html_and_prose_all_state_colours() -> None:
    document = parse(SOURCE, "text/markdown", ".md")
    assert only(document, "#0086BF").location.line == 10
    assert only(document, "#1B2C3D").name == "--sea"
    assert only(document, "#ABCDEF").source == "css_declaration"


def test_components_and_imports_of_mdx_do_not_break_it() -> None:
    document = parse(
        'import { A } from \'../a\'\n\n# Brand\n\n<Swatch name="Sea" hex="#0086bf" style={{ a: 1 }} />\n',
        "text/markdown",
        ".mdx",
    )
    assert [block.text for block in document.text_blocks if block.kind == "heading"] == ["Brand"]
    assert only(document, "#0086BF").label == "Sea"


def test_block_quotations_are_marked() -> None:
    source = "Rule\n\n> Quoted\n> words\n\n<blockquote><p>As a tag</p></blockquote>\n\nAfter\n"
    blocks = parse(source, "text/markdown", ".md").text_blocks
    assert [(block.text, block.is_quote) for block in blocks] == [
        ("Rule", False),
        ("Quoted\nwords", True),
        ("As a tag", True),
        ("After", False),
    ]
