"""HTML cleaning: text and styles stay, what runs or loads goes, and the result means the same to every reader."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgd_resources.cleaning.web.html import clean_html
from sgd_resources.ports.examination import Limits

LIMITS = Limits()


def clean(text: str) -> str:
    return clean_html(text.encode(), "text/html", LIMITS).data.decode()


def test_brand_facts_survive() -> None:
    cleaned = clean(
        "<!doctype html><html lang=en><head><title>Acme brand</title><meta name=theme-color content='#0086BF'>"
        "<style>:root{--brand:#f60} h1>b{font-family:'Acme Sans',serif}</style></head><body>"
        "<h1 class=hero style='color:#123456'>Our <b>voice</b> &amp; tone</h1><table><tr><td>1</td></tr></table>"
        "<a href='https://example.org/a?b=1'>link</a><img src='logo.png' alt='Acme logo'>"
        "<svg viewBox='0 0 9 9'><style>.a{fill:#abcdef}</style><path fill='#fedcba' d='M0 0'/></svg></body></html>"
    )
    for fact in (
        "Acme brand", "#0086BF", "--brand:#f60", "h1>b{font-family:'Acme Sans'", "#123456", "voice", "&amp; tone",
        "<td>1</td>",
        'href="https://example.org/a?b=1"', 'src="logo.png"', 'alt="Acme logo"', "#abcdef", "#fedcba", 'lang="en"',
    ):  # fmt: skip
        assert fact in cleaned


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<iframe src=//evil.test></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data=//evil.test></object><embed src=//evil.test>",
        "<base href=//evil.test><link rel=preload href=//evil.test/x.js>",
        "<meta http-equiv=refresh content='0;url=//evil.test'>",
        "<form action=//evil.test><input name=a><button formaction=//evil.test>x</button></form>",
        "<img srcset='//evil.test 2x'><picture><source srcset=//evil.test></picture>",
        "<video poster=//evil.test src=//evil.test></video><audio src=//evil.test></audio>",
        "<body background=//evil.test>",
        "<style>@import '//evil.test';a{background:url(//evil.test)}</style>",
        "<div style='background:url(//evil.test)'>x</div>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><image href=//evil.test /><use href=//evil.test /></svg>",
        "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<xmp><img src=x onerror=alert(1)></xmp><plaintext><img onerror=alert(1)>",
        "<p id='x' ONCLICK=alert(1)>x</p>",
        "<img src='file:///etc/passwd'><img src='http://169.254.169.254/'>",
    ],
)
def test_what_runs_or_loads_is_gone(hostile: str) -> None:
    cleaned = clean(f"<p>Before</p>{hostile}")
    lowered = cleaned.lower()
    assert "Before" in cleaned
    for mark in ("<script", "evil.test", "onerror=", "onclick", "javascript:", "<iframe", "<form", "<base",
                 "http-equiv", "srcdoc", "etc/passwd", "169.254", "<math", "<template", "<noscript", "<object",
                 "<embed", "<video", "@import"):  # fmt: skip
        is_only_text = mark == "onerror=" and "&lt;" in lowered
        assert mark not in lowered or is_only_text


def test_the_address_of_a_style_sheet_stays_as_data() -> None:
    cleaned = clean("<link rel=stylesheet href='https://fonts.example.com/css?family=Acme+Sans'>")
    assert 'data-removed-stylesheet="https://fonts.example.com/css?family=Acme+Sans"' in cleaned
    assert " href=" not in cleaned


def test_a_style_block_cannot_be_closed_from_inside_its_css() -> None:
    cleaned = clean("<style>a::after{content:'\\3c/style><script>alert(1)</script>'}</style>")
    assert "<script" not in cleaned
    assert cleaned.count("</style>") == 1


def test_smuggled_characters_go_and_are_counted() -> None:
    found = clean_html("<p>Hi\U000e0069\U000e0067\u200b there</p>".encode(), "text/html", LIMITS)
    assert "<p>Hi there</p>" in found.data.decode()
    assert found.details["removed"]["tag_characters"] == 2
    assert found.details["removed"]["zero_width"] == 1


def test_flag_emoji_and_joined_emoji_stay() -> None:
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert scotland in clean(f"<p>{scotland}</p>")
    assert "\U0001f469\u200d\U0001f4bb" in clean("<p>\U0001f469\u200d\U0001f4bb</p>")


def test_utf_7_is_text_and_nothing_else() -> None:
    assert "<script" not in clean("<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-")


def test_template_text_stays() -> None:
    assert "{% block main %}" in clean("{% extends 'x.njk' %}{% block main %}<h1>Colour</h1>{% endblock %}")


@given(st.text(alphabet="<>/='\"! abmpsvgtyle&;-[]\n", max_size=200))
@settings(max_examples=120, deadline=None)
def test_no_text_makes_it_fail_or_leaves_a_handler(text: str) -> None:
    cleaned = clean(text)
    assert "<script" not in cleaned.lower()
    assert clean(cleaned).count("<script") == 0


@pytest.mark.parametrize(
    ("reference", "read"),
    [
        ("&#11;", " "),
        ("&#xC;", " "),
        ("&#1;", ""),
        ("&#x1F;", ""),
        ("&#127;", ""),
        ("&#x81;", ""),
        ("&#x80;", "€"),
        ("&#0;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#x110000;", "\ufffd"),
        ("&#99999999999999;", "\ufffd"),
        ("&#xFFFE;", ""),
        ("&#xFDD0;", ""),
        ("&#x1FFFF;", ""),
    ],
)
def test_a_reference_to_any_code_point_is_read_as_html_says_and_leaves_no_control(reference: str, read: str) -> None:
    page = f'<title>a{reference}b</title><p title="a{reference}b">a{reference}b</p><style>p{{color:red}}</style>'
    found = clean_html(page.encode(), "text/html", LIMITS)
    text = found.data.decode("utf-8")
    assert f'<title>a{read}b</title></head><body><p title="a{read}b">a{read}b</p>' in text


def test_control_characters_of_the_page_itself_go_and_are_told() -> None:
    page = "<p>" + "words " * 40 + "a\x01b\x0bc</p>"
    found = clean_html(page.encode(), "text/html", LIMITS)
    assert b"ab c</p>" in found.data
    assert found.details["removed"]["control_characters"] == 1


def test_a_reference_to_a_control_hides_no_script() -> None:
    page = '<a href="&#1;javascript:alert(1)">x</a><a href="java&#11;script:alert(1)">y</a><p title="<&#1;img>">z</p>'
    text = clean_html(page.encode(), "text/html", LIMITS).data.decode("utf-8")
    assert "javascript" not in text
    assert "<img" not in text


def test_a_sheet_for_readers_without_scripts_goes_and_its_words_stay() -> None:
    cleaned = clean("<noscript><style>.js{display:none}</style><p>Words</p></noscript><p class=js>More</p>")
    assert "display" not in cleaned
    assert "Words" in cleaned
    assert "More" in cleaned


def test_marks_of_xhtml_around_a_sheet_cost_no_rule() -> None:
    assert "--brand" in clean("<style><![CDATA[:root{--brand:#123456}]]></style>")


def test_a_page_in_an_old_encoding_is_read_as_it_declares() -> None:
    title = "\u30d6\u30e9\u30f3\u30c9\u30ab\u30e9\u30fc"
    page = f"<html><head><meta charset='Shift_JIS'></head><body><h1>{title}</h1></body></html>"
    assert title in clean_html(page.encode("shift_jis"), "text/html", LIMITS).data.decode()


def test_a_sheet_that_the_page_carries_in_an_address_is_a_sheet() -> None:
    sheet = base64.b64encode(b":root{--brand:#0a2540} b{background:url(//evil.test)}").decode()
    cleaned = clean(f"<head><link rel=stylesheet href='data:text/css;base64,{sheet}'></head>")
    assert "--brand:#0a2540" in cleaned
    assert "evil.test" not in cleaned
    assert "--sea:#0086bf" in clean("<link rel=stylesheet href='data:text/css,:root%7B--sea:%230086bf%7D'>")


def test_words_stand_on_the_line_of_the_upload_also_where_no_tag_opens_the_page() -> None:
    page = '{% extends "layout" %}\n\n{% set title = "Colour" %}\n\n<h2>Blue</h2>\n<p>\n#212b32</p>\n'
    for text in (page, f"<h1>One</h1>{page}", f"<!doctype html><html><body>{page}"):
        cleaned = clean(text).split("\n")
        for line, words in ((3, "set title"), (5, "Blue"), (7, "#212b32")):
            assert words in cleaned[line - 1]
        assert clean("\n".join(cleaned)) == "\n".join(cleaned)
