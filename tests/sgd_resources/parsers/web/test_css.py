import pytest

from sgd_resources.parsers.web import css_declarations
from sgd_resources.parsers.web.css import parse_css
from sgd_resources.parsers.web.css_declarations import scan_sheet
from tests.sgd_resources.parsers.parsing import hexes, only, parse


def test_custom_properties_are_resolved_and_cited_as_written() -> None:
    document = parse(
        ":root {\n  --brand: #0A7; /* our green */\n  --link: var(--brand);\n}\na { color: var(--link) }", "text/css"
    )
    assert hexes(document) == ["#00AA77"] * 3
    brand = document.colours[0]
    assert (brand.name, brand.source, brand.operator, brand.label) == ("--brand", "css_variable", "#0A7", "our green")
    assert brand.location.line == 2
    assert brand.location.selector == ":root --brand"
    link = document.colours[2]
    assert (link.source, link.name, link.operator, link.location.selector) == (
        "css_declaration",
        "color",
        "var(--link)",
        "a color",
    )


def test_scss_variables_maps_and_modules_are_resolved() -> None:
    sheet = """
    $brand: #c69 !default; // lead
    $palette: ("night": #036, "day": (light: #fed, deep: #a00));
    .a { color: $brand; .b & { background: map-get($palette, "night"); } }
    .c { border: 1px solid map.get($palette, "day", "deep") }
    .d { color: darken($brand, 10%) }
    """
    document = parse(sheet, "text/x-scss", ".scss")
    assert only(document, "#CC6699", "css_variable").name == "$brand"
    assert {use.name for use in document.colours} >= {"$palette.night", "$palette.day/light", "$palette.day/deep"}
    assert hexes(document, "css_declaration") == ["#CC6699", "#003366", "#AA0000"]


def test_less_variables_and_every_value_notation_are_read() -> None:
    sheet = (
        "@sea: #0086bf;\na{color:@sea}b{color:RebeccaPurple}c{background:oklch(0.7 0.1 200)}d{color:rgb(1 2 3 / .5)}"
    )
    document = parse(sheet, "text/plain", ".less")
    assert hexes(document)[:3] == ["#0086BF", "#0086BF", "#663399"]
    assert only(document, "#010203").alpha == 0.5


def test_a_font_stack_is_kept_whole_and_its_first_real_family_counts() -> None:
    document = parse(
        "@font-face{font-family:'Inter';src:url(x)}\nbody{font:400 16px/1.5 system-ui, \"Work Sans\", serif}",
        "text/css",
    )
    face, body = document.fonts
    assert (face.family, face.source) == ("Inter", "font_face")
    assert (body.family, body.stack, body.source) == (
        "Work Sans",
        ("system-ui", "Work Sans", "serif"),
        "css_font_family",
    )


def test_a_variable_that_holds_a_stack_is_a_font_whatever_it_is_called() -> None:
    document = parse(
        ":root { --font-display: 'Space Grotesk', sans-serif; --sans: 'Rubik', system-ui; --font-display-mode: swap;\n"
        "--easing: ease, linear; --font-display-weight: bold }",
        "text/css",
    )
    assert [(font.family, font.name) for font in document.fonts] == [
        ("Space Grotesk", "--font-display"),
        ("Rubik", "--sans"),
    ]


def test_names_of_colours_in_other_properties_are_no_colours() -> None:
    document = parse(".tan{animation: red 1s; grid-area: blue; content: 'black #fff'}", "text/css")
    assert document.colours == ()


def test_urls_strings_and_comments_do_not_break_the_scan() -> None:
    sheet = "a{background:url(data:image/png;base64,AA;BB}==) #123456;color:red}/* } */b{color:#fedcba"
    document = parse(sheet, "text/css")
    assert hexes(document) == ["#123456", "#FF0000", "#FEDCBA"]


def test_the_scanner_never_fails_on_broken_input() -> None:
    for broken in ("", "}", "{{{", "a{b:", "$x:(a:(b", "/*", '"', "a{color:#}", "@media"):
        parse_css(broken.encode(), ".css")


def test_a_comment_stands_over_the_declarations_up_to_a_blank_line() -> None:
    sheet = scan_sheet("/* Accents */\n\n$a: #111;\n$b: #222; // deep\n\n$c: #333;\n")
    assert [(one.name, one.section, one.comment) for one in sheet.declarations] == [
        ("$a", "Accents", ""),
        ("$b", "Accents", "deep"),
        ("$c", "", ""),
    ]


@pytest.mark.parametrize(
    "flood", ["/*", "/*\n", '"', "'", '\\"', "url(", "#{", "{", "}", "(", "\"'", "var(--a,", "//\n"]
)
def test_floods_of_one_mark_are_searched_once_per_stretch(flood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def searched(n: int) -> int:
        class Counted(css_declarations._Ahead):
            def find(self, wanted: str, position: int) -> int:
                steps.append(wanted)
                return super().find(wanted, position)

        steps: list[str] = []
        monkeypatch.setattr(css_declarations, "_Ahead", Counted)
        css_declarations.scan_sheet("a{b:" + flood * n)
        return len(steps)

    assert searched(400) <= 2 * searched(200) + 4


def test_a_search_ahead_covers_each_stretch_once() -> None:
    class Text(str):
        __slots__ = ()

        def find(self, wanted: str, *places: int) -> int:  # type: ignore[override] # narrower on purpose
            finds.append(wanted)
            return super().find(wanted, *places)

    finds: list[str] = []
    ahead = css_declarations._Ahead(Text("a" * 500 + ";"))
    assert [ahead.find(";", position) for position in range(500)] == [500] * 500
    assert [ahead.find("}", position) for position in range(500)] == [-1] * 500
    assert [ahead.unescaped('"', position) for position in range(500)] == [-1] * 500
    assert len(finds) == 3


def test_a_quote_that_its_line_does_not_close_opens_no_string() -> None:
    sheet = css_declarations.scan_sheet("a { b: don't /* Sea */ }\n'/* no */' /* Sand */")
    assert [comment.text for comment in sheet.comments] == ["Sea", "Sand"]


def test_variables_that_multiply_end_in_a_bounded_value() -> None:
    chain = "".join(f"--c{n + 1}:var(--c{n}) var(--c{n});" for n in range(40))
    document = parse(":root{--c0:#123456;" + chain + "}", "text/css", ".css")
    assert "#123456" in hexes(document)


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (":root { --brand: 200, 16, 46 } a { color: rgba(var(--brand), 0.5) }", "#C8102E"),
        (":root { --brand-rgb: 200 16 46 }", "#C8102E"),
        (":root { --brand: 120 100% 25% }", "#008000"),
        ('@brand: ~"#f58220";', "#F58220"),
    ],
)
def test_channels_and_escaped_values_of_a_variable_are_its_colour(sheet: str, expected: str) -> None:
    uses = parse(sheet, "text/css", ".css").colours
    assert expected in {use.hex for use in uses if use.source == "css_variable"}


def test_bare_numbers_of_other_variables_are_no_colours() -> None:
    assert parse(":root { --grid: 12 24 48; --ratio: 16, 9, 4 }", "text/css", ".css").colours == ()


def test_a_sass_list_in_brackets_is_a_font_stack() -> None:
    sheet = '$font-heading: ("Barlow Condensed", "Arial Narrow", sans-serif);'
    assert [font.stack[0] for font in parse(sheet, "text/x-scss", ".scss").fonts] == ["Barlow Condensed"]


@pytest.mark.parametrize(
    ("written", "family"),
    [
        (r"S\f6hne, sans-serif", "Söhne"),
        (r"Exo\ 2, sans-serif", "Exo 2"),
        ("'__Barlow_Condensed_a1b2c3', '__Barlow_Condensed_Fallback_a1b2c3'", "Barlow Condensed"),
        ("'Plain_Name'", "Plain_Name"),
    ],
)
def test_escapes_and_bundled_names_are_the_family_s_own_name(written: str, family: str) -> None:
    fonts = parse(f"h1 {{ font-family: {written} }}", "text/css", ".css").fonts
    assert [font.stack[0] for font in fonts] == [family]
