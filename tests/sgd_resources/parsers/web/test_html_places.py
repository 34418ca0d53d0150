"""Places of a page's elements are counted once per parent, however many ask; words around them are read once."""

from lxml import etree

from sgd_resources.parsers.web.html_places import Places


def page(body: str) -> etree._Element:
    return etree.fromstring(f"<html><body>{body}</body></html>".encode(), etree.HTMLParser())


def test_selectors_find_their_elements_again() -> None:
    root = page("<div><p>a</p><p>b</p></div><div id='x'><b>c</b></div>")
    selectors = [Places(0).selector(element) for element in root.iter("p", "b")]
    assert selectors == [
        "body > div:nth-of-type(1) > p:nth-of-type(1)", "body > div:nth-of-type(1) > p:nth-of-type(2)", "div#x > b"
    ]  # fmt: skip


def test_each_parent_is_counted_once() -> None:
    class Counting(Places):
        counted = 0

        def _count(self, siblings: object) -> None:
            self.counted += 1
            super()._count(siblings)  # type: ignore[arg-type] # only passed on

    root = page("<p>x</p>" * 500)
    places = Counting(0)
    selectors = {places.selector(element) for element in root.iter("p")}
    assert (len(selectors), places.counted) == (500, 1)


def test_words_are_those_of_the_element_or_of_the_nearest_box_when_they_are_few() -> None:
    root = page("<ul><li>Sea <i></i></li></ul><div>" + "word " * 100 + "<i></i></div>")
    places = Places(0)
    assert [places.words(element) for element in root.iter("i")] == ["Sea", None]
