"""Brand pages in reStructuredText: headings, tables, words of directives and roles, each at its line of the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.parsers.markup.markdown import parse_markdown
from tests.sgd_assets.canon.made_evidence import canon_of

pytestmark = pytest.mark.slow

_PAGE = """\
========
Plumtree
========

Colours
*******

=======  =================
**Hex**  **Suggested use**
#4D77FD  Accents | links
#2B2B2B  Titles
=======  =================

Fonts
~~~~~

======  =======
Family  Use
======  =======
Ubuntu  Main
Oxygen  Second
======  =======
"""


def test_headings_take_their_level_from_the_order_of_their_rules() -> None:
    blocks = parse_markdown(_PAGE.encode(), ".rst").text_blocks
    headings = [(block.text, block.level, block.location.line) for block in blocks if block.kind == "heading"]
    assert headings == [("Plumtree", 1, 2), ("Colours", 2, 5), ("Fonts", 3, 14)]


def test_simple_tables_become_cells_with_a_head() -> None:
    blocks = parse_markdown(_PAGE.encode(), ".rst").text_blocks
    cells = [(b.cell.table, b.cell.row, b.text, b.location.line) for b in blocks if b.cell is not None]
    assert (0, 0, "Hex", 9) in cells
    assert (0, 1, "Accents | links", 10) in cells
    assert (1, 2, "Oxygen", 21) in cells


def test_a_page_of_a_brand_is_read() -> None:
    canon = canon_of(branding_rst=_PAGE)
    assert canon.palette_hex == ("#4D77FD", "#2B2B2B")
    assert canon.fonts == ("Ubuntu", "Oxygen")


_GRID = """\
Colours
-------

+-----------+---------+
| Name      | Hex     |
+===========+=========+
| Harbour   | #0A2342 |
| blue      |         |
+-----------+---------+
| Sail      | #F4E9CD |
+-----------+---------+

.. list-table:: Accents
   :header-rows: 1

   * - Name
     - Hex
   * - Buoy
     - #E4572E

After.
"""


def test_grids_and_list_tables_are_tables_with_the_lines_of_the_file() -> None:
    blocks = parse_markdown(_GRID.encode(), ".rst").text_blocks
    cells = [(block.text, block.cell.is_header, block.location.line) for block in blocks if block.cell]
    assert cells == [
        ("Name", True, 5),
        ("Hex", True, 5),
        ("Harbour blue", False, 7),
        ("#0A2342", False, 7),
        ("Sail", False, 10),
        ("#F4E9CD", False, 10),
        ("Name", True, 16),
        ("Hex", True, 17),
        ("Buoy", False, 18),
        ("#E4572E", False, 19),
    ]
    assert blocks[-1].text == "After."
    assert canon_of(**{"brand.rst": _GRID}).palette_hex == ("#0A2342", "#F4E9CD", "#E4572E")


_DIRECTIVES = """\
.. toctree::
   :maxdepth: 2

   palette

Ask for :ref:`the guide <guide>` or :hue:`#112233`, on |sea| first.

.. swatch:: #998877
   :usage: walls

   Stone, for walls.

   .. tab-item:: Print

      Deep
      ----

      Ink #010203 only.

.. image:: mark.png
   :alt: The mark in stone

.. |sea| replace:: #0A2342
.. [1] A note on
   #777777 here.

.. A comment with #FFFFFF
"""


def said(source: str) -> list[tuple[int, str, str]]:
    blocks = parse_markdown(source.encode(), ".rst").text_blocks
    return [(block.location.line or 0, block.kind, block.text) for block in blocks]


def test_unknown_directives_and_roles_keep_their_words_at_their_lines() -> None:
    assert said(_DIRECTIVES) == [
        (4, "paragraph", "palette"),
        (6, "paragraph", "Ask for the guide or #112233, on #0A2342 first."),
        (8, "paragraph", "#998877"),
        (9, "paragraph", "usage: walls"),
        (11, "paragraph", "Stone, for walls."),
        (13, "paragraph", "Print"),
        (15, "heading", "Deep"),
        (18, "paragraph", "Ink #010203 only."),
        (21, "alt_text", "The mark in stone"),
        (23, "paragraph", "sea: #0A2342"),
        (24, "paragraph", "A note on\n#777777 here."),
    ]


def test_a_colour_is_cited_by_the_line_that_states_it() -> None:
    page = parse_markdown((_DIRECTIVES + _LISTS).encode(), ".rst")
    lines = (_DIRECTIVES + _LISTS).split("\n")
    stated = {use.hex: use.location.line for use in page.colours if use.hex != "#0A2342"}
    assert set(stated) > {"#112233", "#998877", "#010203", "#E4572E", "#E45730", "#222222", "#123456"}
    for hex_value, line in stated.items():
        assert line is not None
        assert hex_value in f"{lines[line - 1]} {lines[line]}", (hex_value, line)


_LISTS = """
- one

  - two #E4572E

Sand : warm
   #F4E9CD

:Primary: #FF0000

| verse
| #010204

.. csv-table:: Accents
   :header: "Name", "Hex"

   "Long
   name", "#E45731"
   Rope, #E45730

+-----+--------+
| a   | b      |
+=====+========+
| c   | d      |
|     |        |
|     | #222222|
+-----+--------+

.. code-block:: css

   a { color: #123456; }
"""


def test_rows_of_comma_separated_values_and_paragraphs_in_a_cell_have_their_own_lines() -> None:
    cells = [(line, text) for line, kind, text in said(_LISTS) if kind == "table_cell"]
    assert cells == [
        (15, "Name"), (15, "Hex"), (17, "Long name"), (18, "#E45731"), (19, "Rope"), (19, "#E45730"),
        (22, "a"), (22, "b"), (24, "c"), (24, "d"), (26, "#222222"),
    ]  # fmt: skip


def test_a_cell_that_spans_rows_leaves_the_columns_of_the_others_right() -> None:
    grid = "+---+---+\n| a | b |\n|   +---+\n|   | c |\n+---+---+\n| d | e |\n+---+---+\n"
    blocks = parse_markdown(grid.encode(), ".rst").text_blocks
    cells = [(block.text, block.cell.row, block.cell.column) for block in blocks if block.cell]
    assert cells == [("a", 0, 0), ("b", 0, 1), ("c", 1, 1), ("d", 2, 0), ("e", 2, 1)]


def test_a_grid_whose_edge_is_ragged_is_read_by_its_bars() -> None:
    ragged = "+-----+------+\n| Sea | #0A2342|\n| blue |\n+-----+------+\n| Sail | #F4E9CD |\n+-----+------+\n"
    assert [(line, text) for line, _, text in said(ragged)] == [
        (2, "Sea"), (2, "#0A2342"), (3, "blue"), (5, "Sail"), (5, "#F4E9CD"),
    ]  # fmt: skip


def test_nothing_is_included_and_raw_markup_is_read_as_what_it_is() -> None:
    page = ".. include:: /etc/hostname\n\n.. csv-table::\n   :file: /etc/hostname\n\n.. raw:: html\n\n   <p>Hi</p>\n"
    assert [(line, text) for line, _, text in said(page)] == [(8, "Hi")]


def test_a_long_page_is_read_in_bundles_without_tearing_a_table_or_a_title() -> None:
    part = "Sea\n===\n\n==== ====\nName Hex\n\nSea  #0A2342\n==== ====\n\nSail\n----\n\nWords.\n\n"
    found = said(part * 60)
    height = part.count("\n")
    assert len(found) == 7 * 60
    for i in range(60):
        assert found[7 * i : 7 * i + 7] == [(line + i * height, kind, text) for line, kind, text in found[:7]]


@pytest.mark.slow
def test_nesting_beyond_any_stack_keeps_its_words() -> None:
    deep = "".join(f"{'  ' * i}- w{i}\n\n" for i in range(500))
    words = " ".join(text for _, _, text in said(deep))
    assert all(f"w{i}" in words for i in range(500))


@pytest.mark.slow
def test_substitutions_cannot_grow_a_page_without_end() -> None:
    page = f".. |a| replace:: {'x' * 400}\n\n" + "|a| " * 5_000
    assert sum(len(text) for _, _, text in said(page)) < 3 * len(page)


def test_a_comment_that_speaks_of_inclusion_is_a_comment() -> None:
    assert said('.. end of inclusion from "x"\n\nWords.\n') == [(3, "paragraph", "Words.")]


_MARKS = st.lists(
    st.sampled_from([
        ".. a:: ", ".. |s| replace:: ", "|s|", "+--+--+", "|  |  |", "== ==", "====", "----", "- ", "1. ", ":f: ", "::",
        "   ", "a", "`", "*", "``", ":r:`x`", "_", "__ ", ".. [1] ", ".. _t: ", "\\", "\n", "\n\n", "| ", "-o ", ">>> ",
    ]),
    max_size=60,
)  # fmt: skip


@pytest.mark.slow
@given(_MARKS.map("".join))
def test_any_mix_of_markup_is_read_and_cited_within_the_file(page: str) -> None:
    last = page.count("\n") + 1
    assert all(1 <= line <= last for line, _, _ in said(page))
