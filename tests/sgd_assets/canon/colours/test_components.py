"""Colours that components of invented pages show."""

from tests.sgd_assets.canon.made_evidence import canon_of

_PAGE = """\
# Harbour

## Colours

<Swatch name="Ink" hex="#10243E" />

<Grid>
  <Card title="Moss" value="#5C7C4A">For what grows</Card>
</Grid>

| Name | Shown |
|------|-------|
| Plum | <Chip color="#7B4266" /> |

## Incorrect use

<Swatch name="Wrong" hex="#FF00FF" />

## Buttons

<Button color="#00FFEE" />
"""


def test_components_under_a_colour_heading_state_their_values() -> None:
    canon = canon_of(**{"brand.md": _PAGE})
    assert canon.palette_hex == ("#10243E", "#5C7C4A", "#7B4266")
    assert [fact.colour.name for fact in canon.facts if fact.colour] == ["Ink", "Moss", "Plum"]
    assert [fact.citations[0].line for fact in canon.facts if fact.colour] == [5, 8, 13]


def test_data_attributes_of_a_page_do_too() -> None:
    items = "".join(
        f'<li data-name="{name}" data-hex="{value}"></li>'
        for name, value in (("Night", "#112244"), ("Fire", "#AA3311"))
    )
    canon = canon_of(**{"guide.html": f"<h1>Brand colours</h1>\n<ul>{items}</ul>"})
    assert canon.palette_hex == ("#112244", "#AA3311")


def test_colours_that_html_itself_takes_as_attributes_are_no_statement() -> None:
    page = '<h1>Colours</h1>\n<p><font color="#FF8800">Hello</font></p><p>Our colour is #225577.</p>'
    assert canon_of(**{"guide.html": page}).palette_hex == ("#225577",)
