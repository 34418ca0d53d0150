"""Colours of a part, or of the picture at large; those of a topic, a photo or the ground are none."""

import pytest

from sgd_assets.renders.brief.coloured import colours_asked
from sgd_assets.renders.brief.read import read_brief
from tests.briefs.truths import read_set
from tests.sgd_assets.renders.brief.reading import brief_of


def asked(instruction: str) -> list[tuple[str | None, str]]:
    return [(each.part, each.colour) for each in colours_asked(instruction, brief_of(instruction), names=("Forest",))]


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        ('Poster "Swim" with the headline in red', [("headline", "red")]),
        ("Poster with the headline Swim time in red", [("headline", "red")]),
        ('make the button blue, "Swim"', [("call_to_action", "blue")]),
        ('Poster "Swim" with a blue button', [("call_to_action", "blue")]),
        ('Headline "Swim" in dark green and button "Go" in yellow',
         [("headline", "dark green"), ("call_to_action", "yellow")]),
        ('Poster "Swim", headline in #ff00aa', [("headline", "#ff00aa")]),
        ('Poster "Swim", headline in Forest', [("headline", "Forest")]),
        ("Plakat „Los“, Überschrift in Rot", [("headline", "red")]),
        ("Affiche « Salut », le titre en rouge", [("headline", "red")]),
        ('Cartel "Hola" con el botón azul', [("call_to_action", "blue")]),
        ('Titolo rosso: "Ciao"', [("headline", "red")]),
        ('Poster "Swim" on #0B3D2E, text in white', [("headline", "white")]),
        ('Poster "Swim" #ff00aa', [(None, "#ff00aa")]),
        ('Poster "Swim" with a gold gradient and pink', [(None, "gold"), (None, "pink")]),
        ('Poster "Swim" with a gold to pink gradient', [(None, "gold"), (None, "pink")]),
        ('Use pink and gold: "Swim"', [(None, "pink"), (None, "gold")]),
        ("„Los“ auf unserem Grün", []),
        ('Poster for our red wine tasting "Swim"', []),
        ('Poster with a photo of a red barn, "Swim"', []),
        ('Poster "Swim", no pink please', []),
        ('Poster "Red nights in pink"', []),
    ],
)  # fmt: skip
def test_what_is_to_have_which_colour(instruction: str, right: list[tuple[str | None, str]]) -> None:
    assert asked(instruction) == right


def test_no_brief_of_the_set_asks_for_a_colour_beside_its_ground() -> None:
    for entry in read_set():
        instruction = entry.request["prompts"]["instruction"]
        brief = read_brief(entry.request)
        assert brief.edits or colours_asked(instruction, brief) == (), instruction
