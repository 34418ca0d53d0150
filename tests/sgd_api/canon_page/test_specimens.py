import pytest

from sgd_api.canon_page.specimens import make_specimens
from sgd_resources.font_shelf import font_shelf
from sgd_resources.sandbox.pool import Sandbox
from tests.sgd_api.canon_page.canons import evidence
from tests.sgd_resources.excerpts.test_specimens import font

pytestmark = pytest.mark.slow


@pytest.mark.slow
def test_the_brands_own_font_file_is_used_when_it_may_be_embedded(sandbox: Sandbox) -> None:
    files = [evidence("Jost.ttf", "font/ttf", font("Jost"), "f")]
    [specimen] = make_specimens(("Jost",), files, sandbox, font_shelf())
    assert specimen.is_own
    assert specimen.weights == (400, 700)
    assert specimen.files[0].woff2[:4] == b"wOF2"


@pytest.mark.slow
def test_a_restricted_font_file_is_not_embedded(sandbox: Sandbox) -> None:
    files = [evidence("Jost.ttf", "font/ttf", font("Jost", fs_type=0x0002), "f")]
    [specimen] = make_specimens(("Jost",), files, sandbox, font_shelf())
    assert not specimen.is_own


@pytest.mark.slow
def test_an_open_stand_in_is_named_as_such(sandbox: Sandbox) -> None:
    [specimen] = make_specimens(("Gotham",), [], sandbox, font_shelf())
    assert (specimen.set_in, specimen.is_own) == ("Montserrat", False)
    assert "nearest open font" in specimen.reason
    assert specimen.css_family == "s0"


@pytest.mark.slow
def test_a_damaged_font_file_is_passed_over(sandbox: Sandbox) -> None:
    files = [evidence("Jost.ttf", "font/ttf", b"\x00\x01\x00\x00damaged", "f")]
    [specimen] = make_specimens(("Jost",), files, sandbox, font_shelf())
    assert not specimen.is_own
