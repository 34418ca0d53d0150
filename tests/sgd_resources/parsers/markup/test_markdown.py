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


def test_a_fence_that_lists_colours_is_a_list_and_one_of_code_is_code() -> None:
    listed = "```\nfern; 0 150 130; #009682\nsky;  70 100 170; #4664AA\n```\n"
    page = f"# Colours\n\n{listed}\n```\nx = '#112233'\ny = '#445566'\n```\n"
    blocks = parse(page, "text/markdown", ".md").text_blocks
    assert [(block.kind, block.location.line) for block in blocks] == [("heading", 1), ("paragraph", 4), ("code", 8)]


def test_an_indented_block_is_cited_by_its_own_first_line() -> None:
    page = "# Colours\n\n    Fern #009682\n    Sky #4664AA\n"
    assert [use.location.line for use in parse(page, "text/markdown", ".md").colours] == [3, 3]
    tags = '{% swatch { label: "Fern", hex: "#009682" } %}\n{% swatch { label: "Sky", hex: "#4664AA" } %}\n'
    assert [use.location.line for use in parse(f"Text\n\n{tags}", "text/markdown", ".md").colours] == [3, 3]


def test_a_fence_of_swatches_is_read_by_its_keys() -> None:
    one = '```color\nspan: 3\nname: "Fern"\nvalue: "#009682"\n```\n'
    page = f'# Colours\n\n{one}\n```palette\ncolors:\n  - {{name: "100", value: "#E3F1FC"}}\n```\n'
    cells = [block.text for block in parse(page, "text/markdown", ".md").text_blocks if block.cell]
    assert cells == ["span", "name", "value", "3", "Fern", "#009682", "name", "value", "100", "#E3F1FC"]


def test_front_matter_may_write_its_colours_without_a_hash() -> None:
    page = "---\nspecs:\n  colors:\n  - name: Ember\n    hex: EF3340\n  - name: Soot\n    hex: '643335'\n---\n"
    document = parse(page, "text/markdown", ".md")
    assert [block.text for block in document.text_blocks if block.cell] == [
        "name",
        "hex",
        "Ember",
        "EF3340",
        "Soot",
        "643335",
    ]


def test_palettes_of_a_program_under_a_colour_heading_keep_their_names() -> None:
    fence = "```js\nexport const colors = {\n  ink: '#10243E',\n};\n```\n"
    document = parse(f"# Brand colours\n\n{fence}\n## Usage\n\n{fence}", "text/markdown", ".md")
    named = [(use.name, use.location.line) for use in document.colours if use.source == "design_token"]
    assert named == [("colors.ink", 5)]


def test_a_box_that_holds_markdown_by_its_own_word_is_read_as_markdown() -> None:
    page = (
        '# Type\n\n<div class="note" markdown="1">\n[Acme Sans](https://example.org) is our typeface.\n</div>\n\nEnd\n'
    )
    document = parse(page, "text/markdown", ".md")
    assert [(block.text, block.location.line) for block in document.text_blocks] == [
        ("Type", 1),
        ("Acme Sans is our typeface.", 4),
        ("End", 7),
    ]
