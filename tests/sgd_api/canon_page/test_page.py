import re
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from sgd_api.canon_page.evidence_files import EvidenceFile
from sgd_api.canon_page.page import build_canon_page
from sgd_assets.canon.model import Abstention, Canon
from sgd_assets.canon.statements.apply import apply_statements
from sgd_resources.ports.statements import FactStatement
from tests.sgd_api.canon_page.canons import CSS, HOSTILE, SVG, cite, colour_fact, evidence, hostile_canon, png

pytestmark = pytest.mark.slow

FILES = (
    evidence("brand.css", "text/css", CSS, "a"),
    evidence("logo.svg", "image/svg+xml", SVG, "d"),
    evidence("logo.png", "image/png", png(), "c"),
)


class Tags(HTMLParser):
    """Every start tag with its attributes, and the text that is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def ids(self) -> list[str]:
        return [found for _, attrs in self.tags if (found := attrs.get("id"))]


def page(canon: Canon, files: Sequence[EvidenceFile] = FILES) -> Tags:
    return Tags(build_canon_page(canon, title="Acme", files=files).decode("utf-8"))


@pytest.fixture(scope="module")
def hostile() -> Tags:
    return page(hostile_canon())


def test_nothing_of_the_evidence_becomes_markup(hostile: Tags) -> None:
    assert not {"script", "img", "iframe", "object", "link", "base", "form"} & {tag for tag, _ in hostile.tags}
    assert not [name for _, attrs in hostile.tags for name in attrs if name.startswith("on") or name == "style"]
    assert hostile.text.count(HOSTILE) > 8
    assert "49" not in re.findall(r"\b49\b", hostile.text)


def test_every_reference_stays_in_the_file(hostile: Tags) -> None:
    ids = hostile.ids()
    assert len(ids) == len(set(ids))
    for _, attrs in hostile.tags:
        for name in ("href", "src", "xlink:href"):
            value = attrs.get(name)
            if value is None:
                continue
            assert value.startswith(("#", "data:image/webp;base64,"))
            assert not value.startswith("#") or value[1:] in ids


def test_a_strict_policy_stands_before_anything_it_must_bind(hostile: Tags) -> None:
    names = [tag for tag, _ in hostile.tags]
    metas = [attrs for tag, attrs in hostile.tags if tag == "meta"]
    assert "default-src 'none'" in str(metas[1]["content"])
    assert names.index("meta") < names.index("style")
    assert names.count("style") == 1


def test_headings_step_down_one_at_a_time(hostile: Tags) -> None:
    levels = [int(tag[1]) for tag, _ in hostile.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pictures_have_words_for_those_who_cannot_see_them() -> None:
    citations = (
        cite("d", "logo.svg", page=1, bbox=(0, 0, 200, 50), line=1, xml_path="/*/*[1]"),
        cite("c", "logo.png", page=1, bbox=(0, 0, 60, 40), line=None),
    )
    found = page(Canon(palette_hex=("#1E4D3A",), facts=(colour_fact("#1E4D3A", *citations),)))
    drawn = [attrs for tag, attrs in found.tags if tag == "svg" and attrs.get("role") == "img"]
    assert [attrs["aria-label"] for attrs in drawn] == [
        "Picture of logo.svg, with the cited place outlined", "Picture of logo.png, with the cited place outlined",
    ]  # fmt: skip
    assert [attrs["id"] for tag, attrs in found.tags if tag == "image"] == ["p0", "p1"]


def test_an_empty_canon_says_what_was_not_found() -> None:
    found = page(Canon(abstained=(Abstention(what="palette", reason="no colour in 3 documents"),)))
    assert "No colour in 3 documents." in found.text
    assert "so none are given" in found.text


def test_the_same_canon_is_the_same_page() -> None:
    canon = Canon(palette_hex=("#1E4D3A",), fonts=("Inter",), facts=(colour_fact(),))
    first = build_canon_page(canon, title="Acme", files=FILES)
    assert first == build_canon_page(canon, title="Acme", files=FILES)


def test_evidence_that_is_gone_leaves_a_page_with_its_words() -> None:
    assert "no longer among the evidence" in page(Canon(palette_hex=("#1E4D3A",), facts=(colour_fact(),)), ()).text


def test_what_people_decided_is_shown_with_reason_and_audit_entry() -> None:
    canon = Canon(palette_hex=("#112233",), facts=(colour_fact("#112233"),))
    gone = FactStatement("reject", "0" * 16, "colour", "#445566", "an old <b>colour</b>", "user:u1", 12)
    kept = FactStatement("confirm", canon.facts[0].id, "colour", "#112233", "checked in print", "user:u2", 13)
    shown = page(apply_statements(canon, [gone, kept]))
    assert "Decided by people" in shown.text
    assert "an old <b>colour</b> · user:u1, entry 12 of the audit log" in shown.text
    assert "Said by user:u2; entry 13 of the audit log." in shown.text
    assert "Confirmed by a person" in shown.text
    assert "Decided by people" not in page(canon).text
