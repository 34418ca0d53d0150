"""Titles, lists, links and tables of AsciiDoc."""

from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.parsers.markup.asciidoc import markdown_of
from sgd_resources.parsers.select import LocalParser
from tests.sgd_assets.canon.made_evidence import canon_of
from tests.sgd_resources.parsers.parsing import parse

_PAGE = """\
= Quillbrook brand
:toc: left

// a comment

== Colours

[cols="1,1"]
|===
|Name |Hex

|Ink
|#10243E

|Straw |#E8C872
|===

ember:: RGB colour: https://quillbrook.example/d9480f[#D9480F] +
for small marks

Voice and tone
--------------

Our voice is *warm* and plain.

====
* Use short words.
** Write to one person.
. Avoid jargon.
====
"""


def test_titles_and_lists_are_read_as_such() -> None:
    document = parse(_PAGE, "text/plain", ".adoc")
    assert [(b.text, b.level) for b in document.text_blocks if b.kind == "heading"] == [
        ("Quillbrook brand", 1),
        ("Colours", 2),
        ("Voice and tone", 2),
    ]
    assert document.parser == "asciidoc"
    assert document.parser_version == LocalParser().version_for("text/plain", ".asciidoc")
    items = [block.text for block in document.text_blocks if block.kind == "list_item"]
    assert items[1:] == ["Use short words.", "Write to one person.", "Avoid jargon."]
    assert not any("comment" in block.text or ":toc:" in block.text for block in document.text_blocks)


def test_colours_of_tables_and_terms_and_the_voice_are_the_canons() -> None:
    canon = canon_of(brand_adoc=_PAGE)
    assert canon.palette_hex == ("#10243E", "#E8C872", "#D9480F")
    assert [fact.colour.name for fact in canon.facts if fact.colour] == ["Ink", "Straw", "ember"]
    assert canon.voice is not None
    assert (canon.voice.tone, canon.voice.donts) == ("Our voice is warm and plain.", ("Avoid jargon.",))


def test_a_table_without_a_head_keeps_the_lines_below_it_in_place() -> None:
    page = "|===\n|Ink |#10243E\n|===\n\n== Below\n"
    assert markdown_of(page) == "| Ink | #10243E |\n|---|---|\n\n\n## Below\n"


@given(st.text(alphabet="=*.-|:/[]+ ab\n", max_size=80))
def test_any_text_is_read_and_only_tables_move_lines(text: str) -> None:
    lines = markdown_of(text).split("\n")
    assert len(lines) == len(text.split("\n")) or "|" in text


def test_a_title_loses_the_signs_that_close_it_and_no_others() -> None:
    assert markdown_of("== Sea ==\n\n=== Sea=\n\n== a = b  ==  \n") == "## Sea\n\n### Sea=\n\n## a = b\n"
