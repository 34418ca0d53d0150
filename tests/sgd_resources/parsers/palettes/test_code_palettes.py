"""Palettes of invented brands in Python, R and JavaScript: names from their place, comments as titles of sets."""

from sgd_assets.canon.derive import derive_canon
from tests.sgd_resources.parsers.parsing import parse

_PYTHON = """\
import plot

# Primary colors.
fjord = Shade("fjord", "#5088C5")
amber = Shade("amber", "#F28360")

# Shades.
dusk = Shade("dusk", "#094468")

HARBOUR_COLS = {"RED": (153, 0, 0), "SEA": [47, 62, 234]}
plot.line(x, color="#123456", width=(1, 2, 3))
"""
_SCRIPT = """\
// Brand guidelines
export const brandColors = [
  { name: 'Tide', hex: '#0F2E5B' }, // deep
  { name: 'Foam', hex: '#E8F1F2' },
];
const link = 'https://example.org'; // not a colour
"""
_R = '`warm sand` = "#ebcb27",\n'


def test_definitions_are_named_by_what_they_are_assigned_to() -> None:
    found = parse(_PYTHON, "text/plain", ".py").colours
    assert [(use.name, use.hex, use.label, use.location.line) for use in found] == [
        ("fjord", "#5088C5", "Primary colors.", 4),
        ("amber", "#F28360", "Primary colors.", 5),
        ("dusk", "#094468", "Shades.", 8),
        ("HARBOUR_COLS.RED", "#990000", None, 10),
        ("HARBOUR_COLS.SEA", "#2F3EEA", None, 10),
    ]
    assert [use.operator for use in found[-2:]] == ["(153, 0, 0)", "[47, 62, 234]"]


def test_objects_in_a_list_are_named_by_their_name() -> None:
    found = parse(_SCRIPT, "text/plain", ".js").colours
    assert [(use.name, use.hex, use.label) for use in found] == [
        ("brandColors.Tide", "#0F2E5B", "deep"),
        ("brandColors.Foam", "#E8F1F2", "Brand guidelines"),
    ]


def test_names_in_backticks_keep_their_spaces() -> None:
    found = parse(f"shore_colors <- c(\n{_R})\n", "text/plain", ".R").colours
    assert [(use.name, use.hex) for use in found] == [("shore_colors.warm sand", "#EBCB27")]


def test_the_set_called_primary_is_the_palette() -> None:
    canon = derive_canon([("harbour.py", parse(_PYTHON.split("HARBOUR", maxsplit=1)[0], "text/plain", ".py"))])
    assert canon.palette_hex == ("#5088C5", "#F28360")


def test_unclosed_brackets_and_strings_do_no_harm() -> None:
    document = parse("colors = {" * 200 + '"a": "#112233", "b": "#44', "text/plain", ".js")
    assert [use.hex for use in document.colours] == ["#112233"]


def test_a_file_of_nothing_but_colours_is_a_palette() -> None:
    module = "module.exports = { 'kestrel-blue': '#0A2540', 'signal-coral': '#FF5A5F' };\n"
    found = [(use.name, use.hex) for use in parse(module, "text/plain", ".js").colours]
    assert found == [("kestrel-blue", "#0A2540"), ("signal-coral", "#FF5A5F")]
    assert parse("const fill = '#0A2540';\nconst line = '#FF5A5F';\nrun('now');\n", "text/plain", ".js").colours == ()
    assert parse("const fill = '#0A2540';\n", "text/plain", ".js").colours == ()


def test_a_theme_names_its_font_families() -> None:
    theme = """module.exports = { theme: { fontFamily: {
      sans: ['"Proxima Nova"', 'sans-serif'], display: ['Oswald', 'Impact'], mono: ['var(--x)', 'Iosevka'],
      ui: ['system-ui', 'Arial'] } } }
    """
    fonts = [(font.family, font.name) for font in parse(theme, "text/plain", ".js").fonts]
    assert fonts == [
        ("Proxima Nova", "theme.fontFamily.sans"),
        ("Oswald", "theme.fontFamily.display"),
        ("Iosevka", "theme.fontFamily.mono"),
        ("Arial", "theme.fontFamily.ui"),
    ]
