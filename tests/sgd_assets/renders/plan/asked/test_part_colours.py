"""A colour that is asked of one part is given where the palette has it and it can be read; else it is told."""

import pytest

from sgd_assets.renders.model import RenderOutput
from sgd_resources.colour import contrast
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import request
from tests.sgd_assets.renders.laying import brand
from tests.sgd_assets.renders.rendering import render

GREEN, GOLD, RED, CREAM = "#1E4D3A", "#F2A62B", "#BF4F2A", "#F7F0E3"


def made(instruction: str, size: str = "1200x628", number: int = 21) -> RenderOutput:
    render_id = f"00000000-0000-4000-8000-{number:012d}"
    return render(brand("larkfold"), request(instruction, size), FakeConfinedJobs(), render_id=render_id).outputs[0]


@pytest.mark.parametrize(
    ("instruction", "part", "hex_value"),
    [
        ('Poster "Open day", headline in green', "headline", GREEN),
        ('Poster "Open day", headline in red', "headline", RED),
        ('Poster "Open day" with a gold button "Book now"', "call_to_action", GOLD),
        ("Plakat „Offen“, Überschrift in Rot", "headline", RED),
        ('Flyer "Open day", price "€5" in red', "price", RED),
    ],
)
@pytest.mark.parametrize("size", ["1200x628", "1080x1080", "160x600"])
def test_a_colour_of_the_palette_is_given_on_a_ground_that_shows_it(
    instruction: str, part: str, hex_value: str, size: str
) -> None:
    output = made(instruction, size)
    assert output.plan.unmet == ()
    assert [(wish.element, wish.hex) for wish in output.plan.colour_wishes] == [(part, hex_value)]
    assert output.plan.background_hex is not None
    assert contrast(hex_value, output.plan.background_hex) >= 3.0
    assert output.critique.violations == ()


@pytest.mark.parametrize(
    ("instruction", "told"),
    [
        ('Poster "Open day", headline in pink', "colour: headline pink: the palette has none"),
        ('Poster "Open day" #FF00AA', "colour: #FF00AA: the palette has none"),
        ('Poster "Open day" with a gold gradient and pink', "colour: pink: the palette has none"),
        ('Poster "Open day" with a blue button', "colour: call_to_action blue: the palette has none"),
        ('Poster "Open day", the button in gold', "colour: call_to_action gold: there is no such part on the picture"),
        ('Poster "Open day" on our green, headline in red',
         "colour: headline red: it cannot be read where that part stands"),
    ],
)  # fmt: skip
def test_a_colour_that_is_not_given_is_told(instruction: str, told: str) -> None:
    assert told in made(instruction).plan.unmet


def test_a_headline_in_its_colour_differs_from_one_without() -> None:
    plain, red = made('Poster "Open day" on cream'), made('Poster "Open day" on cream, headline in red', number=22)
    assert plain.plan.background_hex == red.plan.background_hex == CREAM
    assert plain.sha256 != red.sha256
