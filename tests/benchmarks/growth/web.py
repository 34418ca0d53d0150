"""Constructs of pages, style sheets and drawings."""

from tests.benchmarks.growth.construct import CSS, HTML, LESS, SCSS, SVG, Construct
from tests.benchmarks.growth.repeated import each, hex_of, hexes


def _page(body: str, style: str = "") -> str:
    return f"<!doctype html><html><head><title>T</title><style>{style}</style></head><body>{body}</body></html>"


def _drawing(body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 100 100">{body}</svg>'
    )


def _path(data: str) -> str:
    return _drawing(f'<path fill="#123" d="{data}"/>')


PAGES = (
    Construct("paragraphs", HTML, lambda n: _page(each(n, "<p>We speak plainly @</p>"))),
    Construct("paragraphs with a colour", HTML, lambda n: _page(hexes(n, "<p>Sea @ ~</p>"))),
    Construct("lines of paragraphs", HTML, lambda n: _page(each(n, "<p>We speak plainly @</p>\n"))),
    Construct("unclosed paragraphs", HTML, lambda n: _page("<p>word " * n)),
    Construct("divisions inside each other", HTML, lambda n: _page("<div>x" * n)),
    Construct("list items", HTML, lambda n: _page("<ul>" + each(n, "<li>Be kind @</li>") + "</ul>")),
    Construct("lists inside each other", HTML, lambda n: _page("<ul><li>x" * n)),
    Construct("emphasis inside each other", HTML, lambda n: _page("<p>" + "<b>x" * n)),
    Construct("unclosed items", HTML, lambda n: _page("<ul>" + "<li>x" * n)),
    Construct("headings", HTML, lambda n: _page(each(n, "<h2>Colours @</h2><p>Text</p>"))),
    Construct("headings of voice", HTML, lambda n: _page(each(n, "<h2>Voice @</h2><p>We are warm and plain.</p>"))),
    Construct("headings alone", HTML, lambda n: _page(each(n, "<h2>Heading @</h2>"))),
    Construct("rows of a table", HTML, lambda n: _page("<table>" + hexes(n, "<tr><td>Sea @<td>~</tr>") + "</table>")),
    Construct("cells of a row", HTML, lambda n: _page("<table><tr>" + hexes(n, "<td>Sea @ ~</td>") + "</table>")),
    Construct("tables", HTML, lambda n: _page(hexes(n, "<table><tr><td>Sea<td>~</tr></table>"))),
    Construct("tables inside each other", HTML, lambda n: _page("<table><tr><td>x" * n)),
    Construct("rows without a start", HTML, lambda n: _page("<table>" + "</tr><td>x" * n + "</table>")),
    Construct("spans of a paragraph", HTML, lambda n: _page("<p>" + each(n, "<span>word @</span> "))),
    Construct("line breaks", HTML, lambda n: _page("<p>" + hexes(n, "Sea @ ~<br>"))),
    Construct("inline styles", HTML, lambda n: _page(hexes(n, '<p style="color:~">Sea @</p>'))),
    Construct("inline styles inside each other", HTML, lambda n: _page(hexes(n, '<div style="color:~">x'))),
    Construct("inline styles in one block", HTML, lambda n: _page("<p>" + hexes(n, '<b style="color:~">Sea</b> '))),
    Construct("declarations of an inline style", HTML, lambda n: _page('<p style="' + "color:#123;" * n + '">x</p>')),
    Construct("attributes", HTML, lambda n: _page("<p " + hexes(n, 'data-@="~" ') + ">x</p>")),
    Construct("classes of an element", HTML, lambda n: _page('<p class="' + each(n, "c@ ") + '">x</p>')),
    Construct("entities", HTML, lambda n: _page("<p>" + "&amp;&#65;&eacute; " * n)),
    Construct("ampersands", HTML, lambda n: _page("<p>" + "&" * n)),
    Construct("character numbers", HTML, lambda n: _page("<p>" + "&#11;" * n)),
    Construct("openings of a tag", HTML, lambda n: _page("<p>" + "<" * n)),
    Construct("openings of a comment", HTML, lambda n: _page("<!--" * n)),
    Construct("comments", HTML, lambda n: _page("<!-- x -->" * n)),
    Construct("template openings", HTML, lambda n: _page("{{" * n)),
    Construct("template tags", HTML, lambda n: _page("{{ x }}{% if %}" * n)),
    Construct("template comments", HTML, lambda n: _page("{% comment %}" * n)),
    Construct("template percent openings", HTML, lambda n: _page("{%" * n)),
    Construct("code openings", HTML, lambda n: _page("<%" * n)),
    Construct("rules in the page's sheet", HTML, lambda n: _page("<p>x", hexes(n, ".c@{color:~}"))),
    Construct("rules and classes", HTML, lambda n: _page(each(n, '<p class="c@">x</p>'), hexes(n, ".c@{color:~}"))),
    Construct("hiding rules", HTML, lambda n: _page(each(n, '<p class="c@">x'), each(n, ".c@{display:none}"))),
    Construct("sheets", HTML, lambda n: _page(hexes(n, "<style>.c@{color:~}</style>"))),
    Construct("meta elements", HTML, lambda n: _page(hexes(n, '<meta name="theme-color" content="~">'))),
    Construct("pictures", HTML, lambda n: _page(each(n, '<img alt="Logo @" src="x.png">'))),
    Construct("quotes inside each other", HTML, lambda n: _page("<blockquote>x" * n)),
    Construct("one long word", HTML, lambda n: _page("<p>" + "a" * 20 * n)),
    Construct("one long line of colours", HTML, lambda n: _page("<p>" + hexes(n, "~ "))),
    Construct("preformatted lines", HTML, lambda n: _page("<pre>" + hexes(n, "sea @ ~\n") + "</pre>")),
    Construct("definitions", HTML, lambda n: _page("<dl>" + hexes(n, "<dt>Sea @<dd>~") + "</dl>")),
    Construct("closing tags", HTML, lambda n: _page("<p>" + "</b>" * n)),
    Construct("custom elements", HTML, lambda n: _page(hexes(n, '<x-c@ hex="~">x</x-c@>'))),
    Construct("frames of layout", HTML, lambda n: _page(each(n, "<div><div><div>Be kind @</div></div></div>"))),
)
SHEETS = (
    Construct("rules", CSS, lambda n: hexes(n, ".c@{color:~}\n")),
    Construct("rules on one line", CSS, lambda n: hexes(n, ".c@{color:~}")),
    Construct("declarations of a rule", CSS, lambda n: "a{" + hexes(n, "--c@:~;") + "}"),
    Construct("selectors of a rule", CSS, lambda n: each(n, ".c@,") + "a{color:#123}"),
    Construct("long selector, many declarations", CSS, lambda n: ".c" * n + "{" + hexes(n, "--c@:~;") + "}"),
    Construct("comments", CSS, lambda n: hexes(n, "/* Sea @ */ --c@: ~;\n")),
    Construct("comments on one line", CSS, lambda n: "/* x */" * n),
    Construct("openings of comments", CSS, lambda n: "/*" * n),
    Construct("openings of comments in lines", CSS, lambda n: "/*\n" * n),
    Construct("line comments", SCSS, lambda n: hexes(n, "// Sea @\n$c@: ~;\n")),
    Construct("comment lines", SCSS, lambda n: "// Sea and sand\n" * n),
    Construct("stars", CSS, lambda n: "/" + "*" * n),
    Construct("double quotes", CSS, lambda n: '"' * n),
    Construct("single quotes", CSS, lambda n: "'" * n),
    Construct("quotes in turns", CSS, lambda n: "\"'" * n),
    Construct("quotes of lines", CSS, lambda n: '"x\n' * n),
    Construct("quotes and spaces", CSS, lambda n: "' " * n + '"'),
    Construct("backslashes", CSS, lambda n: '"' + "\\" * n),
    Construct("escaped quotes", CSS, lambda n: '"' + '\\"' * n),
    Construct("open braces", CSS, lambda n: "a{" * n),
    Construct("rules inside each other", SCSS, lambda n: "a{color:#123;" * n + "}" * n),
    Construct("closing braces", CSS, lambda n: "}" * n),
    Construct("brackets", CSS, lambda n: "a{b:" + "(" * n),
    Construct("addresses", CSS, lambda n: "a{b:" + "url(" * n),
    Construct("interpolations", SCSS, lambda n: "a{b:" + "#{" * n),
    Construct("semicolons", CSS, lambda n: ";" * n),
    Construct("colons", CSS, lambda n: "a{b" + ":" * n + "}"),
    Construct("blank lines", CSS, lambda n: "a{color:#123}" + "\n" * n),
    Construct("spaces", CSS, lambda n: "a{color" + " " * n + ":#123}"),
    Construct("spaces before a value", CSS, lambda n: "a{--x" + " " * n + "#123}"),
    Construct("exclamation marks", CSS, lambda n: "a{color:#123" + " !" * n + "}"),
    Construct("variables in a chain", CSS, lambda n: ":root{--c0:#123456;" + _chain(n) + "}"),
    Construct("variables that multiply", CSS, lambda n: ":root{--c0:#123456;" + _laughs(n) + "}"),
    Construct("uses of one variable", CSS, lambda n: ":root{--c:#123456}" + "a{color:var(--c)}" * n),
    Construct("references in a value", CSS, lambda n: ":root{--c:#123}a{background:" + "var(--c) " * n + "}"),
    Construct("fallbacks inside each other", CSS, lambda n: "a{color:" + "var(--x," * n + "#123" + ")" * n + "}"),
    Construct("openings of references", CSS, lambda n: "a{color:" + "var(--x," * n + "}"),
    Construct("stops of a gradient", CSS, lambda n: "a{background:linear-gradient(" + hexes(n, "~,") + "red)}"),
    Construct("colour functions", CSS, lambda n: "a{background:" + "rgb(1,2,3) " * n + "}"),
    Construct("open functions", CSS, lambda n: "a{background:" + "rgb(" * n + "}"),
    Construct("families of a stack", CSS, lambda n: "a{font-family:" + each(n, "Font@,") + "serif}"),
    Construct("font faces", CSS, lambda n: each(n, "@font-face{font-family:Font@;src:url(x)}")),
    Construct("font shorthands", CSS, lambda n: each(n, "a{font: bold 12px/1.5 Font@, serif}")),
    Construct("words of a shorthand", CSS, lambda n: "a{font:" + "bold " * n + "}"),
    Construct("entries of a map", SCSS, lambda n: "$m: (" + hexes(n, '"c@": ~,') + ");"),
    Construct("maps inside each other", SCSS, lambda n: "$m: " + '("a": ' * n + "#123" + ")" * n + ";"),
    Construct("reads of a map", SCSS, lambda n: '$m: ("a": #123);' + "a{color:map-get($m,'a')}" * n),
    Construct("mixes", SCSS, lambda n: "a{color:" + "rgba(#123, .5) " * n + "}"),
    Construct("names of colours", CSS, lambda n: "a{background:" + "red " * n + "}"),
    Construct("variables", LESS, lambda n: hexes(n, "@c@: ~;\n").replace("@", "@c", 1)),
    Construct("media queries", CSS, lambda n: "@media x{a{color:#123}}" * n),
    Construct("one long value", CSS, lambda n: "a{--x:" + "a" * 20 * n + "}"),
    Construct("hashes", CSS, lambda n: "a{--x:" + "#" * n + "}"),
    Construct("sections", SCSS, lambda n: hexes(n, "// Sea\n// sand @\n\n$c@: ~;\n\n")),
)


def _chain(n: int) -> str:
    return "".join(f"--c{number + 1}:var(--c{number});" for number in range(n))


def _laughs(n: int) -> str:
    return "".join(f"--c{number + 1}:var(--c{number}) var(--c{number});" for number in range(n))


DRAWINGS = (
    Construct("paths", SVG, lambda n: _drawing(hexes(n, '<path fill="~" d="M0 0h@v9z"/>'))),
    Construct("paths of one colour", SVG, lambda n: _drawing('<path fill="#123456" d="M0 0h1v9z"/>' * n)),
    Construct("groups inside each other", SVG, lambda n: _drawing("<g>" * min(n, 200) + "</g>" * min(n, 200))),
    Construct("segments of a path", SVG, lambda n: _path("M0 0" + "h1v1" * n + "z")),
    Construct("curves of a path", SVG, lambda n: _path("M0 0" + "c1 1 2 2 3 3" * n + "z")),
    Construct("numbers of a path", SVG, lambda n: _path("M0 0 L" + "1 " * n)),
    Construct("digits of a path", SVG, lambda n: _path("M" + "1" * n)),
    Construct("rules", SVG, lambda n: _drawing(f"<style>{hexes(n, '.c@{fill:~}')}</style><path d='M0 0h9v9'/>")),
    Construct(
        "rules and classes",
        SVG,
        lambda n: _drawing(f"<style>{hexes(n, '.c@{fill:~}')}</style>" + each(n, '<path class="c@" d="M0 0h9v9z"/>')),
    ),
    Construct(
        "rules of names and classes",
        SVG,
        lambda n: _drawing(
            f"<style>{hexes(n, 'path.c@{fill:~}')}</style>" + each(n, '<path class="c@" d="M0 0h9v9z"/>')
        ),
    ),
    Construct("classes of an element", SVG, lambda n: _drawing('<path class="' + each(n, "c@ ") + '" d="M0 0h9"/>')),
    Construct("sheets", SVG, lambda n: _drawing(hexes(n, "<style>.c@{fill:~}</style>"))),
    Construct("inline styles", SVG, lambda n: _drawing(hexes(n, '<path style="fill:~" d="M0 0h9v9z"/>'))),
    Construct(
        "gradients",
        SVG,
        lambda n: _drawing(
            "<defs>"
            + hexes(n, '<linearGradient id="g@"><stop stop-color="~"/></linearGradient>')
            + "</defs>"
            + each(n, '<path fill="url(#g@)" d="M0 0h9v9z"/>')
        ),
    ),
    Construct(
        "stops of a gradient",
        SVG,
        lambda n: _drawing(
            "<linearGradient id='g'>"
            + hexes(n, '<stop stop-color="~"/>')
            + "</linearGradient>"
            + '<path fill="url(#g)" d="M0 0h9v9z"/>' * n
        ),
    ),
    Construct(
        "gradients in a chain",
        SVG,
        lambda n: _drawing(
            "<linearGradient id='g0'><stop stop-color='#123'/></linearGradient>"
            + "".join(f'<linearGradient id="g{i + 1}" xlink:href="#g{i}"/>' for i in range(n))
            + each(n, '<path fill="url(#g@)" d="M0 0h9v9z"/>')
        ),
    ),
    Construct("uses", SVG, lambda n: _drawing('<path id="a" d="M0 0h9v9z"/>' + '<use href="#a"/>' * n)),
    Construct(
        "uses in a chain",
        SVG,
        lambda n: _drawing(
            '<path id="u0" d="M0 0h9"/>' + "".join(f'<g id="u{i + 1}"><use href="#u{i}"/></g>' for i in range(n))
        ),
    ),
    Construct("texts", SVG, lambda n: _drawing(hexes(n, '<text y="@">Sea ~</text>'))),
    Construct("spans of a text", SVG, lambda n: _drawing("<text>" + hexes(n, "<tspan>Sea ~</tspan>") + "</text>")),
    Construct("transforms", SVG, lambda n: _drawing('<path transform="' + "translate(1 1)" * n + '" d="M0 0h9"/>')),
    Construct("swatches and captions", SVG, lambda n: _drawing(_swatches(n))),
    Construct("titles", SVG, lambda n: _drawing(hexes(n, '<path fill="~" d="M0 0h9v9z"><title>Sea @</title></path>'))),
    Construct("clips", SVG, lambda n: _drawing(each(n, '<clipPath id="c@"><rect width="9" height="9"/></clipPath>'))),
    Construct("points", SVG, lambda n: _drawing('<polygon fill="#123" points="' + "1,1 2,5 " * n + '"/>')),
)


def _swatches(n: int) -> str:
    return "".join(
        f'<rect x="{i % 50}" y="{i // 50}" width="1" height="1" fill="{hex_of(i)}"/><text x="{i % 50}" y="{i // 50}">'
        f"Sea {i}</text>"
        for i in range(n)
    )


CONSTRUCTS = (*PAGES, *SHEETS, *DRAWINGS)
