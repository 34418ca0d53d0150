"""Office themes as files of their own."""

import io
import zipfile

import pytest

from sgd_assets.canon.export.formats import export_canon
from sgd_resources.cleaning.dispatch import clean
from sgd_resources.errors import RejectedEvidence
from sgd_resources.filetype import THMX, detect
from sgd_resources.parsers.office.thmx import parse_thmx
from sgd_resources.ports.examination import Limits
from tests.sgd_assets.canon.export.test_round_trip import PLAIN

THEME = export_canon(PLAIN, "thmx").data


def test_custom_colours_come_before_the_slots_with_their_names() -> None:
    found = parse_thmx(THEME, ".thmx")
    assert [(use.hex, use.name) for use in found.colours[:3]] == [
        ("#12355B", "Harbour"),
        ("#F2A541", "Sand"),
        ("#FFFFFF", "White"),
    ]
    assert {use.source for use in found.colours[3:]} == {"office_theme"}
    assert [use.family for use in found.fonts] == ["Fraunces", "Inter"]


def test_the_bytes_say_what_they_are_and_the_cleaner_lets_them_through() -> None:
    assert detect(THEME).media_type == THMX
    assert parse_thmx(clean(THEME, THMX, Limits()).data, ".thmx").colours == parse_thmx(THEME, ".thmx").colours


def test_a_package_without_a_theme_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(RejectedEvidence):
        parse_thmx(target.getvalue(), ".thmx")
