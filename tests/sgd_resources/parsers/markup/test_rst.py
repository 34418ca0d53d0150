"""Headings and simple tables of reStructuredText."""

from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.parsers.markup.markdown import parse_markdown
from sgd_resources.parsers.markup.rst import markdown_of
from tests.sgd_assets.canon.made_evidence import canon_of

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
    assert (0, 0, "Hex", 8) in cells
    assert (0, 1, "Accents | links", 10) in cells
    assert (1, 2, "Oxygen", 21) in cells


def test_a_page_of_a_brand_is_read() -> None:
    canon = canon_of(branding_rst=_PAGE)
    assert canon.palette_hex == ("#4D77FD", "#2B2B2B")
    assert canon.fonts == ("Ubuntu", "Oxygen")


def test_rules_inside_paragraphs_and_lone_borders_stay() -> None:
    text = "One line of\na paragraph\n-----------\n\n=== ===\n\nDone.\n"
    assert markdown_of(text) == text


@given(st.text(alphabet="=-~ #ab|\n", max_size=80))
def test_lines_keep_their_number(text: str) -> None:
    assert markdown_of(text).count("\n") == text.count("\n")


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
        ("Hex", True, 16),
        ("Buoy", False, 18),
        ("#E4572E", False, 18),
    ]
    assert blocks[-1].text == "After."
    assert canon_of(**{"brand.rst": _GRID}).palette_hex == ("#0A2342", "#F4E9CD", "#E4572E")
