"""Whether a reader at a screen sees an element: the cascade decides, not that some rule can hide its class."""

import pytest

from sgd_resources.parsers.web.html import parse_html


def seen(style: str, body: str) -> bool:
    page = f"<html><head>{style}</head><body>{body}</body></html>"
    [block] = parse_html(page.encode(), ".html").text_blocks
    return not block.is_hidden


@pytest.mark.parametrize(
    ("css", "body"),
    [
        (".tab{display:none}.tab.active{display:block}", '<div class="tab active">words</div>'),
        (".x{display:none}.x{display:block}", '<div class="x">words</div>'),
        (".x{display:none}", '<div class="x" style="display:block">words</div>'),
        (".x{display:none!important}@media (min-width:48rem){.y{display:block!important}}", '<p class="x y">words</p>'),
        (".hidden{display:none}@media (width>=768px){.md\\:block{display:block}}", '<p class="hidden md:block">w</p>'),
        ("@media print{main{display:none}}", "<main>words</main>"),
        ("@media (max-width:600px){.wide{display:none}}", '<p class="wide">words</p>'),
        ("@media not screen{p{display:none}}", "<p>words</p>"),
        (".no-js .content{display:none}", '<p class="content">words</p>'),
        (".fade{opacity:0;animation:in 1s forwards}", '<p class="fade">words</p>'),
        ("[data-aos]{opacity:0}", '<p data-aos="fade-up">words</p>'),
        (
            ".cloak{visibility:hidden}.ready .cloak{visibility:visible}",
            '<div class="ready"><p class="cloak">w</p></div>',
        ),
        ("p:::{display:none}", "<p>words</p>"),
        (".x{display:none;&.on{display:block}}", '<p class="x on">words</p>'),
        (":root{--d:none}.on{--d:block}p{display:var(--d)}", '<div class="on"><p>words</p></div>'),
        (".panel{max-height:0;overflow:hidden;transition:max-height .3s}", '<p class="panel">words</p>'),
        ("p{left:-9999px}", "<p>words</p>"),
        ("ul{font-size:0}li{font-size:16px}", "<ul><li>words</li></ul>"),
        (".row{font-size:1px}.row p{font-size:1rem}", '<div class="row"><p>words</p></div>'),
        (".row{font-size:0}.row p{font-size:var(--step)}", '<div class="row"><p>words</p></div>'),
        ("p{margin-left:-20px;transform:translateX(-50%)}", "<p>words</p>"),
        ("", "<dialog open>words</dialog>"),
        ("p{color:transparent;background-clip:text}", "<p>words</p>"),
    ],
)
def test_what_another_rule_shows_is_seen(css: str, body: str) -> None:
    assert seen(f"<style>{css}</style>", body)


@pytest.mark.parametrize(
    ("css", "body"),
    [
        (".x{display:none}", '<div class="x">words</div>'),
        ("@layer a{@supports (display:grid){.x{visibility:hidden}}}", '<p class="x">words</p>'),
        (".x{display:block}div .x{display:none}", '<div><p class="x">words</p></div>'),
        ("@media (min-width:40em){.x{display:none}}", '<p class="x">words</p>'),
        ("p{display:none!important}", '<p style="display:block">words</p>'),
        (".x{opacity:0}", '<p class="x">words</p>'),
        (".sr{position:absolute;clip:rect(0,0,0,0)}", '<p class="sr">words</p>'),
        ("p{font-size:0}", "<p>words</p>"),
        (".p{&.q{display:none}}", '<p class="p q">words</p>'),
        (".p{.q{display:none}}", '<div class="p"><p class="q">words</p></div>'),
        (".p{@media (min-width:10px){display:none}}", '<p class="p">words</p>'),
        (":root{--d:none}.v{display:var(--d)}", '<p class="v">words</p>'),
        (".v{display:var(--missing, none)}", '<p class="v">words</p>'),
        ("", "<dialog>words</dialog>"),
        ("", "<div popover>words</div>"),
        ("p{position:absolute;left:-9999px}", "<p>words</p>"),
        ("p{text-indent:-9999px}", "<p>words</p>"),
        ("p{transform:translateX(-9999px)}", "<p>words</p>"),
        ("p{max-height:0;overflow:hidden}", "<p>words</p>"),
        ("p{opacity:.01}", "<p>words</p>"),
        ("p{filter:opacity(0)}", "<p>words</p>"),
        ("p{font-size:.1px}", "<p>words</p>"),
        ("p{font-size:1px}", "<p>words</p>"),
        ("ul{display:none;font-size:0}li{font-size:16px}", "<ul><li>words</li></ul>"),
        ("div{font-size:0}p{font-size:2em}", "<div><p>words</p></div>"),
        ("div{font-size:0}p{font-size:0px}", "<div><p>words</p></div>"),
        ("p{content-visibility:hidden}", "<p>words</p>"),
    ],
)
def test_what_the_cascade_hides_is_hidden(css: str, body: str) -> None:
    assert not seen(f"<style>{css}</style>", body)


def test_sheets_for_print_and_for_readers_without_scripts_hide_nothing() -> None:
    assert seen('<style media="print">p{display:none}</style>', "<p>words</p>")
    assert seen("<noscript><style>p{display:none}</style></noscript>", "<p>words</p>")


@pytest.mark.parametrize(
    "sheet",
    [
        "{:root{--brand-primary:#123456}}",
        "@layer base{:root{--brand-primary:#123456}}",
        "@media screen{#top{color:#123456}}",
        "<![CDATA[:root{--brand-primary:#123456}]]>",
    ],
)
def test_a_minified_sheet_is_no_template(sheet: str) -> None:
    parts = parse_html(f"<style>{sheet}</style><p>{{: .note }}words</p>".encode(), ".html")
    assert [block.text for block in parts.text_blocks] == ["words"]
    assert "#123456" in {use.hex for use in parts.colours} or sheet.startswith("{:")
