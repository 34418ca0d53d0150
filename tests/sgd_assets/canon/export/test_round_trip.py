"""Every format is let in by the evidence gate's own cleaner, read by the real parsers, and gives the same brand."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from sgd_assets.canon.derive import derive_canon
from sgd_assets.canon.export.formats import FORMATS, export_canon
from sgd_assets.canon.model import Canon, Citation, ColourValue, Fact, Role
from sgd_assets.evidence.agreement import agreed_type
from sgd_assets.evidence.policy import upload_policy
from sgd_resources.cleaning.dispatch import clean
from sgd_resources.colour import oklab_of, rgb_of
from sgd_resources.filetype import detect
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest
from tests.sgd_assets.canon.made_evidence import canon_of


def brand(colours: Sequence[tuple[str, str | None, Role | None]], fonts: Sequence[tuple[str, Role | None]]) -> Canon:
    """A canon of (hex, name, role) and (family, role)."""
    cited = (Citation(evidence_sha256="a" * 64, file_name="guide.pdf", page=3, quote="as printed"),)
    facts = [
        Fact(
            id=f"c{number}",
            kind="colour",
            value=value,
            role=role,
            colour=ColourValue(hex=value, rgb=rgb_of(value), oklab=oklab_of(value), name=name),
            citations=cited,
            method="stated_hex",
            confidence=0.9,
        )
        for number, (value, name, role) in enumerate(colours)
    ]
    facts += [
        Fact(
            id=f"f{number}", kind="font", value=family, role=role, citations=cited, method="font_named", confidence=0.9
        )
        for number, (family, role) in enumerate(fonts)
    ]
    return Canon(palette_hex=tuple(one[0] for one in colours), fonts=tuple(one[0] for one in fonts), facts=tuple(facts))


PLAIN = brand(
    [("#12355B", "Harbour", "primary"), ("#F2A541", "Sand", "accent"), ("#FFFFFF", "White", "background")],
    [("Fraunces", "heading"), ("Inter", "body")],
)
AWKWARD_NAMES = brand(
    [
        ("#0B3D2E", "Info", None),
        ("#4C8C6B", "Muted Teal", None),
        ("#1F6FEB", "Blue 500", None),
        ("#79B8FF", "Blue 300", None),
        ("#0366D6", "Blue 700", None),
        ("#C8E1FF", "Blue 100", None),
        ("#D73A49", "Facebook", None),
        ("#6F42C1", "Slack", None),
        ("#E36209", None, None),
        ("#000000", "Text", "text"),
        ("#24292E", 'Night */ "x" <b> -- \n} #AABBCC', None),
        ("#FFD33D", "日本の黄色", None),
    ],
    [("Source Serif 4", None), ("Work Sans", "body"), ("JetBrains Mono", "mono")],
)
ONE_HUE = brand(
    [("#DCEBFA", "Light", None), ("#8FBCE6", None, None), ("#3D82C4", None, None), ("#12355B", "Dark", None)],
    [("Lora", None)],
)
WIDE = brand(
    [(f"#{(37 * n) % 256:02X}{(91 * n) % 256:02X}{(203 * n) % 256:02X}", None, None) for n in range(1, 15)], []
)


def read_back(name: str, canon: Canon) -> Canon:
    """The canon of an exported file alone, through detection, the policy, cleaning and parsing."""
    exported = export_canon(canon, name)
    kind = agreed_type(detect(exported.data), file_name=exported.file_name, declared_type=None, policy=upload_policy())
    kept = clean(exported.data, kind, upload_policy().limits).data
    request = ParseRequest(hashlib.sha256(kept).hexdigest(), kind, kept, Path(exported.file_name).suffix)
    return derive_canon([(exported.file_name, LocalParser().parse(request))])


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("canon", [PLAIN, AWKWARD_NAMES, ONE_HUE, WIDE], ids=["plain", "names", "one hue", "wide"])
def test_an_exported_canon_read_back_gives_the_same_palette_and_fonts(name: str, canon: Canon) -> None:
    found, held = read_back(name, canon), FORMATS[name].fonts_held
    assert found.palette_hex == canon.palette_hex
    assert found.fonts == (canon.fonts if held is None else canon.fonts[:held])


@pytest.mark.parametrize("name", FORMATS)
def test_a_canon_derived_of_a_guide_survives_the_way_out_and_in(name: str) -> None:
    canon = canon_of(guide_md=GUIDE)
    assert len(canon.palette_hex) == 3
    assert len(canon.fonts) == 2
    found, held = read_back(name, canon), FORMATS[name].fonts_held
    assert found.palette_hex == canon.palette_hex
    assert set(found.fonts) == set(canon.fonts if held is None else canon.fonts[:held])


GUIDE = """# Colours

| Name | Hex |
|---|---|
| Harbour Blue | #12355B |
| Sand | #F2A541 |
| Chalk | #F7F3E9 |

# Typography

Headlines are set in Fraunces. Our body typeface is Inter.
"""


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_canon_gives_the_same_bytes(name: str) -> None:
    assert export_canon(PLAIN, name).data == export_canon(PLAIN, name).data


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"ase", "thmx"}))
def test_each_colour_stands_with_its_source_where_the_format_has_comments(name: str) -> None:
    assert export_canon(PLAIN, name).data.decode().count("guide.pdf, page 3") >= len(PLAIN.palette_hex)


@pytest.mark.parametrize("name", FORMATS)
def test_no_quoted_words_of_the_evidence_are_handed_out(name: str) -> None:
    assert b"as printed" not in export_canon(PLAIN, name).data


def test_no_colour_stands_in_a_sheet_that_the_canon_does_not_have() -> None:
    tree = json.loads(export_canon(PLAIN, "dtcg").data)
    values = {one["$value"]["hex"].upper() for key, one in tree["brand"].items() if not key.startswith("$")}
    assert values == set(PLAIN.palette_hex)


def test_a_format_without_room_for_a_font_says_which_it_left_out() -> None:
    assert export_canon(AWKWARD_NAMES, "thmx").left_out == ("JetBrains Mono",)
    assert export_canon(PLAIN, "ase").left_out == PLAIN.fonts
    assert export_canon(PLAIN, "css").left_out == ()
