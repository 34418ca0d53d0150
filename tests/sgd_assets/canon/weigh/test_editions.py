"""Two editions of one guide: the newer stands, the older is told as superseded."""

import pytest

from sgd_assets.canon.derive import extract_claims
from sgd_assets.canon.weigh.editions import _edition_of, newest_editions
from tests.sgd_assets.canon.made_evidence import canon_of, read

OLD = "# Brand colours\n\n- Primary: #0A2540\n- Secondary: #FF5A5F\n\n# Typography\n\nHeadings are set in Sora.\n"
NEW = "# Brand colours\n\n- Primary: #5B2A86\n- Secondary: #FF5A5F\n\n# Typography\n\nHeadings are set in Lora.\n"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("guide-2019.md", "guide-2025.md"),
        ("guide_v1.9.md", "guide_v1.10.md"),
        ("2024-03 guide.md", "2024-11 guide.md"),
        ("Guide Version 2.md", "guide version 3.md"),
    ],
)
def test_years_months_and_versions_order_editions(older: str, newer: str) -> None:
    (one, first), (other, second) = _edition_of(older), _edition_of(newer)
    assert one == other
    assert first is not None
    assert second is not None
    assert first < second


@pytest.mark.parametrize("name", ["guide.md", "banner-1920.png", "logo-512.png", "tav2.md"])
def test_other_numbers_are_no_editions(name: str) -> None:
    assert _edition_of(name)[1] is None


def test_the_newer_edition_stands_and_the_older_is_told() -> None:
    documents = [extract_claims(read("a.md", text), name) for name, text in (("g-2019.md", OLD), ("g-2025.md", NEW))]
    kept, superseded = newest_editions(documents)
    assert [len(document.colours) for document in kept] == [0, 2]
    told = [(conflict.kind, conflict.dropped, conflict.citations[1].file_name) for conflict in superseded]
    assert told == [("colour", "#0A2540", "g-2019.md"), ("font", "Sora", "g-2019.md")]


def test_an_older_edition_counts_for_what_the_newer_leaves_out() -> None:
    documents = [
        extract_claims(read("a.md", text), name)
        for name, text in (("g-2019.md", OLD), ("g-2025.md", NEW.partition("# Typography")[0]))
    ]
    kept, _ = newest_editions(documents)
    assert [font.family for font in kept[0].fonts] == ["Sora"]


def test_guides_of_two_names_are_no_editions_of_one() -> None:
    canon = canon_of(web_2019_md=OLD, print_2025_md=NEW)
    assert set(canon.palette_hex) == {"#5B2A86", "#FF5A5F", "#0A2540"}
