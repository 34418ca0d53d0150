"""Text in the colour of its ground, or below an opaque box, is not seen where the page proves it; all else is seen."""

import pytest

from sgd_resources.cleaning.web.html import clean_html
from sgd_resources.parsers.web.html import parse_html
from sgd_resources.ports.examination import Limits


def reasons(style: str, body: str, *, head: str = "") -> dict[str, str | None]:
    page = f"<html><head>{head}<style>{style}</style></head><body>{body}</body></html>"
    return {block.text: block.hidden_reason for block in parse_html(page.encode(), ".html").text_blocks}


@pytest.mark.parametrize(
    ("style", "body"),
    [
        (".dark{background:#0A2540;color:#fff}", '<div class="dark"><p>words</p></div>'),
        (":root{--bg:#0A2540}.h{background:linear-gradient(var(--bg),#123);color:white}", '<p class="h">words</p>'),
        (".h{background-image:url(x.jpg);color:#fff}", '<div class="h"><p>words</p></div>'),
        (".h{background:#fff url(x.jpg);color:#fff}", '<p class="h">words</p>'),
        ("body{background:#fff}.h{color:#fff;background:rgba(0,0,0,.6)}", '<p class="h">words</p>'),
        ("p{color:transparent;background:linear-gradient(red,blue);background-clip:text}", "<p>words</p>"),
        ("p{color:#fff;background:#fff;-webkit-text-stroke:1px #000}", "<p>words</p>"),
        ("p{color:#fff;text-shadow:0 0 2px #000}", "<p>words</p>"),
        ("p{color:#fff;background:#fff;transition:color .3s}", "<p>words</p>"),
        ("p{color:#fff}", '<p style="color:#111">words</p>'),
        ("p{color:#fff!important;background:#fff}p{background:#000!important}", "<p>words</p>"),
        ("p{color:var(--x);background:#fff}", "<p>words</p>"),
        ("div{color:#fff}img{position:absolute;z-index:-1}", '<div><img src="a.jpg"><p>words</p></div>'),
        ("div{color:#fff}p{margin-top:-80px}", '<div><img src="a.jpg"><p>words</p></div>'),
        ("body{color-scheme:dark;color:#fff}", "<p>words</p>"),
        ("body{background:#fff}p{color:#fff}td{background:#000}", "<table><tr><td><p>words</p></td></tr></table>"),
        ("div{color:#fff}", '<div><button>words</button></div>'),
        ("div{color:#fff}", '<div><a href="#">words</a></div>'),
        ("", '<table bgcolor="#000000"><tr><td><font color="#ffffff">words</font></td></tr></table>'),
        # boxes over a text that lift it, show it through, wait, or go away
        (".c{position:relative}.o{position:absolute;inset:0;background:#fff}.t{position:relative}",
         '<div class="c"><div class="o"></div><p class="t">words</p></div>'),
        (".c{position:relative}.o{position:absolute;inset:0;background:#fff;z-index:-1}",
         '<div class="c"><div class="o"></div><p>words</p></div>'),
        (".c{position:relative}.o{position:absolute;inset:0;background:rgba(0,0,0,.5)}",
         '<div class="c"><p>words</p><div class="o"></div></div>'),
        (".c{position:relative}.o{position:absolute;inset:0;background:#fff;opacity:0}",
         '<div class="c"><p>words</p><div class="o"></div></div>'),
        (".c{position:relative}.o{position:absolute;inset:0;background:#fff;transform:translateY(100%)}",
         '<div class="c"><p>words</p><div class="o"></div></div>'),
        (".c{position:relative}.o{position:absolute;top:0;left:0;width:4px;height:100%;background:#fff}",
         '<div class="c"><p>words</p><div class="o"></div></div>'),
        ("#loader{position:fixed;inset:0;background:#fff;z-index:99}", '<div id="loader"></div><p>words</p>'),
        ("body{position:relative}#l{position:absolute;inset:0;background:#fff}", '<div id="l"></div><p>words</p>'),
    ],
)  # fmt: skip
def test_what_may_be_seen_is_read(style: str, body: str) -> None:
    assert reasons(style, body) == {"words": None}


@pytest.mark.parametrize(
    ("style", "body", "reason"),
    [
        ("", '<p style="color:#fff">words</p>', "white_on_white"),
        ("", '<p style="color:#fefefe;background-color:white">words</p>', "white_on_white"),
        (".s{background:#0A2540;color:rgb(10,37,64)}", '<div class="s"><p>words</p></div>', "same_as_background"),
        (":root{--i:#123456}.s{background:var(--i);color:var(--i)}", '<p class="s">words</p>', "same_as_background"),
        (".s{background:#0A2540;color:#fff}.s p{color:#0a2540}", '<div class="s"><p>words</p></div>',
         "same_as_background"),
        (".n{position:absolute;left:0}.s{background:#eee;color:#eee}", '<p class="s">words</p>', "same_as_background"),
        ("", '<table bgcolor="#000080"><tr><td><font color="#000080">words</font></td></tr></table>',
         "same_as_background"),
        (".c{position:relative}.o{position:absolute;inset:0;background:#fff}",
         '<div class="c"><p>words</p><div class="o"></div></div>', "covered"),
        (".c{position:relative}.o{position:absolute;top:0;left:0;width:100%;height:100%;background:#222}",
         '<div class="c">words<div class="o"></div></div>', "covered"),
    ],
)  # fmt: skip
def test_what_the_page_proves_unseen_is_no_text_of_it(style: str, body: str, reason: str) -> None:
    assert reasons(style, body) == {"words": reason}


def test_only_the_part_that_is_unseen_is_left_out() -> None:
    body = '<p>Be warm. <span style="color:#fff;background:#fff">Be rude.</span> Be clear.</p>'
    assert reasons("", body) == {"Be warm.": None, "Be rude.": "white_on_white", "Be clear.": None}


def test_a_part_with_a_colour_of_its_own_is_seen_within_what_is_not() -> None:
    assert reasons("", '<div style="color:#fff">unseen <b style="color:#000">seen</b></div>') == {
        "unseen": "white_on_white",
        "seen": None,
    }


@pytest.mark.parametrize(
    "head",
    [
        '<link data-removed-stylesheet="a.css">',
        '<link rel="stylesheet" href="a.css">',
        "<style>@import 'a.css'</style>",
    ],
)
def test_a_sheet_that_is_not_there_may_state_the_ground(head: str) -> None:
    assert reasons(".h{color:#fff}", '<div class="h"><p>words</p></div>', head=head) == {"words": None}
    assert reasons(".h{color:#fff;background:#fff}", '<p class="h">words</p>', head=head) == {"words": "white_on_white"}


@pytest.mark.parametrize(
    ("page", "is_hidden"),
    [
        ('<html><body><p style="color:#fff">words</p></body></html>', True),
        ('<html><body><p style="color:#fff">words</p><script>count()</script></body></html>', True),
        ('<p style="color:#fff">words</p>', False),
        ('<html><script src="https://styles.example/now.js"></script><p style="color:#fff">words</p></html>', False),
        ("<html><style>@import 'a.css'</style><p style='color:#fff'>words</p></html>", False),
    ],
)
def test_what_cleaning_took_from_a_page_is_still_known_to_be_missing(page: str, is_hidden: bool) -> None:
    clean = clean_html(page.encode(), "text/html", Limits()).data
    assert clean_html(clean, "text/html", Limits()).data == clean
    [block] = parse_html(clean, ".html").text_blocks
    assert block.is_hidden == is_hidden


def test_a_fragment_stands_on_a_ground_of_others() -> None:
    [block] = parse_html(b'<p style="color:#fff">words</p>', ".html").text_blocks
    assert not block.is_hidden
    [block] = parse_html(b'<html><body>{% block x %}<p style="color:#fff">words</p></body></html>', ".njk").text_blocks
    assert not block.is_hidden
