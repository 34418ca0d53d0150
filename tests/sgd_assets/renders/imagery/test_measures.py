"""Pictures are told apart by what is measured of them."""

from collections.abc import Callable

import pytest

from sgd_assets.renders.imagery.measures import PictureMeasures
from sgd_resources.drawing.measure_picture import measure_picture
from sgd_resources.errors import RejectedEvidence
from tests.sgd_assets.renders.imagery import pictures


def measures(data: bytes) -> PictureMeasures:
    return PictureMeasures.model_validate(measure_picture(data, {})[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (pictures.photo, "photo"),
        (pictures.wall_photo, "photo"),
        (pictures.illustration, "illustration"),
        (pictures.logo, "graphic"),
        (pictures.swatches, "graphic"),
        (pictures.page_of_text, "graphic"),
    ],
    ids=["photo", "photo before a wall", "illustration", "logo", "swatches", "page"],
)
def test_photographs_and_illustrations_are_told_from_logos_swatches_and_pages(
    made: Callable[[], bytes], kind: str
) -> None:
    found = measures(made())
    assert found.kind == kind, found


def test_a_thumbnail_is_too_small_to_be_shown() -> None:
    assert not measures(pictures.photo(240, 160)).is_large_enough


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(RejectedEvidence):
        measure_picture(b"\x89PNG\r\n\x1a\n not a picture", {})
