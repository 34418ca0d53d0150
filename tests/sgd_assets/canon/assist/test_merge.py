"""Each claim is re-opened where it says that it stands and looked at a second time; what fails is counted by reason."""

from typing import Any

import pytest

from sgd_assets.canon.assist.blocks import Page, choose_pages
from sgd_assets.canon.assist.merge import VETO, Merged, merge_page
from sgd_assets.canon.assist.uplift import uplift_of
from sgd_assets.canon.derive import derive_canon
from sgd_assets.canon.model import Canon
from tests.fakes.canon_model import claims
from tests.sgd_assets.canon.made_evidence import read

GUIDE = """# Brand guide

## Colours

| Name | Value | Use |
|---|---|---|
| Lake | #005F73 | Main colour of the brand |
| Coral | #EE6C4D | Buttons |

Sand, rgb(233, 216, 166), is the background of long texts.

The orange #FF7700 of our old logo is no longer part of the brand.

## Errors

Alerts are #B00020.

## Typography

Titles are set in Alegreya. Where it is missing, Georgia stands in as a fallback font.

## Voice and tone

We sound patient and exact.

### Don'ts

- Shout at readers

### Dos

- Name the reader's gain first

## Logo usage

Leave half the height of the symbol free on all sides as clear space around the logo.

The logo must never be tilted.

Please place the logo at the top left.

The logo is at least 24 px high: its minimum size.
"""


def setting(text: str = GUIDE) -> tuple[Canon, Page]:
    """The local canon of one document, and its page."""
    documents = [("guide.md", read("guide.md", text))]
    canon = derive_canon(documents)
    return canon, choose_pages(documents, canon).pages[0]


def without_rules(text: str = GUIDE) -> tuple[Canon, Page]:
    """The same, as if the local route had read no voice and no logo rule."""
    canon, page = setting(text)
    facts = tuple(fact for fact in canon.facts if not fact.kind.startswith(("voice_", "logo_")))
    return canon.model_copy(update={"facts": facts}), page


def merged(text: str = GUIDE, **kinds: dict[str, Any]) -> Merged:
    """One claim of each kind named, placed on the first block that holds its quote's beginning."""
    canon, page = without_rules(text)
    listed = {
        kind: [{"block": next((s.id for s in page.snippets if claim["quote"][:12] in s.text), "s1"), **claim}]
        for kind, claim in kinds.items()
    }
    return merge_page(canon, claims(**listed), page)


def colour(value: str, quote: str, role: str | None = None, name: str | None = None) -> dict[str, Any]:
    return {"value": value, "name": name, "role": role, "quote": quote}


def font(family: str, quote: str, use: str | None = None) -> dict[str, Any]:
    return {"family": family, "use": use, "quote": quote}


def rule(kind: str, quote: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "quote": quote, **({"measure": None} if kind.startswith("logo") else {}), **more}


HALF = {"unit": "ratio", "value": 0.5, "reference": "height of the symbol"}
SPACE = "Leave half the height of the symbol free on all sides as clear space around the logo."
DROPPED: list[tuple[str, dict[str, Any], str]] = [
    ("colours", colour("#123456", "Lake"), "the value is neither printed there nor shown beside it"),
    ("colours", colour("lake", "Lake"), "the value is no colour"),
    ("colours", colour("#005F73", "Lake leads all"), "the quote does not stand there"),
    ("colours", {**colour("#005F73", "Lake"), "block": "s999"}, "no such block"),
    ("colours", colour("#005F73", "#005F73", name="Ocean"), "the name does not stand there"),
    ("colours", colour("#B00020", "Alerts are #B00020."), "nothing there speaks of the brand's colours"),
    ("colours", colour("#EE6C4D", "Coral", "text"), "the role does not follow from the quote or its headings"),
    ("fonts", font("Comic Sans", "Titles are set in Alegreya."), "the quote does not name the family"),
    ("fonts", font("Georgia", "Where it is missing, Georgia stands in as a fallback font."), "stands in for another"),
    ("fonts", font("Alegreya", "Titles are set in Alegreya.", "mono"), "the use does not follow"),
    ("voice", rule("voice_do", "Shout at readers"), "the side does not follow"),
    ("voice", rule("voice_dont", "Name the reader's gain first"), "the side does not follow"),
    ("voice", rule("voice_tone", "Titles are set in Alegreya."), "nothing there speaks of the brand's voice"),
    ("logo", rule("logo_do", "The logo must never be tilted."), "the side does not follow"),
    ("logo", rule("logo_dont", "Please place the logo at the top left."), "the side does not follow"),
    ("logo", rule("logo_clear_space", SPACE, measure={**HALF, "value": 2.0}), "the measure is not the one"),
    ("logo", rule("logo_min_size", "Please place the logo at the top left."), "the quote states no size"),
    ("logo", rule("logo_do", "We sound patient and exact."), "nothing there speaks of the logo"),
]


@pytest.mark.parametrize(("kind", "claim", "reason"), DROPPED)
def test_a_claim_that_its_place_does_not_bear_out_is_dropped_with_its_reason(
    kind: str, claim: dict[str, Any], reason: str
) -> None:
    found = merged(GUIDE, **{kind: claim})
    assert (found.canon, found.taken) == (without_rules()[0], 0)
    assert len(found.dropped) == 1
    assert reason in found.dropped[0]


def test_a_colour_printed_in_its_quote_is_added_behind_the_measured_ones_with_its_name_and_role() -> None:
    text = "# Our colours\n\n- Lake `#005F73`\n\nReaders rest on Sand (#E9D8A6), the background of long texts.\n"
    canon = setting(text)[0].model_copy(update={"palette_hex": ("#005F73",)})
    canon = canon.model_copy(update={"facts": tuple(f for f in canon.facts if f.value == "#005F73")})
    _, page = setting(text)
    [block] = [one.id for one in page.snippets if "Sand" in one.text]
    claim = {**colour("#E9D8A6", "Sand (#E9D8A6), the background of long texts", "background", "Sand"), "block": block}
    found = merge_page(canon, claims(colours=[claim]), page)
    assert found.canon.palette_hex == ("#005F73", "#E9D8A6")
    made = found.canon.facts[-1]
    assert (made.role, made.method, made.citations[0].line) == ("background", "assisted_colour", 5)
    assert made.colour is not None
    assert (made.colour.name, made.colour.rgb) == ("Sand", (233, 216, 166))
    assert uplift_of(canon, found.canon).worse == ()


def test_what_the_canon_says_already_counts_as_agreed_and_changes_nothing() -> None:
    found = merged(fonts=font("Alegreya", "Titles are set in Alegreya.", "heading"))
    assert (found.canon, found.taken, found.agreed, found.dropped) == (without_rules()[0], 0, 1, ())


def test_a_rule_that_the_files_give_another_side_keeps_it() -> None:
    canon, page = setting()
    block = next(one.id for one in page.snippets if one.text == "Shout at readers")
    found = merge_page(canon, claims(voice=[{**rule("voice_do", "Shout at readers"), "block": block}]), page)
    assert (found.canon, found.dropped) == (canon, ("voice: the evidence gave another side",))


def test_printed_colours_make_the_palette_where_files_only_showed_colours_of_logos() -> None:
    text = "# Color palette\n\nHEX 0075C9\n\nHEX 80BC00\n"
    canon, page = setting(text)
    of_logo = setting("# Colours\n\n- Ink `#231F20`\n")[0].facts[0].model_copy(update={"method": "logo_vector"})
    canon = canon.model_copy(update={"facts": (of_logo,), "palette_hex": ("#231F20",)})
    blocks = {one.text: one.id for one in page.snippets}
    listed = [{**colour(f"#{name[4:]}", name), "block": block} for name, block in blocks.items() if "HEX" in name]
    found = merge_page(canon, claims(colours=listed), page).canon
    assert found.palette_hex == ("#0075C9", "#80BC00")
    assert "#231F20" in {fact.value for fact in found.facts}


def test_a_family_below_a_label_with_a_slip_is_a_font_and_capitals_are_spelled_as_the_claim_does() -> None:
    found = merged("TYPFACE\n\nNEUTRAFACE 2 BOOK AND BOLD\n", fonts=font("Neutraface 2", "NEUTRAFACE 2 BOOK AND BOLD"))
    assert found.canon.fonts == ("Neutraface 2",)
    assert merged("SIZE\n\nNEUTRAFACE 2 BOOK\n", fonts=font("Neutraface 2", "NEUTRAFACE 2 BOOK")).dropped == (
        "font: nothing there speaks of type",
    )


def test_a_role_that_the_evidence_gave_is_never_replaced() -> None:
    guide = "# Colours\n\n**Primary color:** Navy (#0A2342)\n\nText on Navy (#0A2342) is white.\n"
    found = merged(guide, colours=colour("#0A2342", "Text on Navy (#0A2342) is white.", "text"))
    assert found.canon == without_rules(guide)[0]
    assert found.dropped == ("colour: the evidence gave another role",)


@pytest.mark.parametrize(
    ("kind", "quote"),
    [
        ("voice_dont", "Shout at readers"),
        ("voice_do", "Name the reader's gain first"),
        ("voice_tone", "We sound patient and exact."),
        ("logo_dont", "The logo must never be tilted."),
        ("logo_do", "Please place the logo at the top left."),
        ("logo_clear_space", SPACE),
        ("logo_min_size", "The logo is at least 24 px high: its minimum size."),
    ],
)
def test_a_rule_on_its_own_side_is_taken_word_for_word(kind: str, quote: str) -> None:
    canon, page = setting()
    bare = canon.model_copy(update={"facts": (), "voice": None, "logo_dos": (), "logo_donts": ()})
    block = next(one.id for one in page.snippets if one.text == quote)
    group = kind.partition("_")[0]
    found = merge_page(bare, claims(**{group: [{**rule(kind, quote), "block": block}]}), page)
    [fact] = found.canon.facts
    assert (fact.kind, fact.value, found.dropped) == (kind, quote, ())
    assert (fact.measure is not None) == (kind in ("logo_clear_space", "logo_min_size"))


def test_a_veto_with_its_quoted_reason_takes_the_fact_out_and_stays_visible_as_a_conflict() -> None:
    canon, page = setting()
    bare = canon.model_copy(update={"palette_hex": (*canon.palette_hex, "#FF7700")})
    if not any(fact.value == "#FF7700" for fact in bare.facts):
        orange = canon.facts[0].model_copy(update={"id": "x", "value": "#FF7700"})
        bare = bare.model_copy(update={"facts": (*bare.facts, orange)})
    quote = "The orange #FF7700 of our old logo is no longer part of the brand."
    block = next(one.id for one in page.snippets if one.text == quote)
    veto = {"kind": "colour", "value": "#FF7700", "quote": quote, "block": block}
    found = merge_page(bare, claims(vetoes=[veto]), page)
    assert "#FF7700" not in (*found.canon.palette_hex, *(fact.value for fact in found.canon.facts))
    shown = found.canon.conflicts[-1]
    assert (shown.rule, shown.kept, shown.dropped, shown.citations[0].quote) == (VETO, "vetoed", "#FF7700", quote)
    assert uplift_of(bare, found.canon).worse == ()
    unfounded = {**veto, "quote": "The orange #FF7700 of our"}
    assert merge_page(bare, claims(vetoes=[unfounded]), page).dropped == ("veto: the quote gives no reason for a veto",)


@pytest.mark.parametrize(
    ("veto", "reason"),
    [
        ({"kind": "colour", "value": "#005F73", "quote": "no longer part of the brand"}, "does not speak of the fact"),
        ({"kind": "colour", "value": "#010203", "quote": "no longer part of the brand"}, "no such known fact"),
    ],
)
def test_a_veto_on_another_fact_than_its_quote_speaks_of_is_dropped(veto: dict[str, Any], reason: str) -> None:
    canon, page = setting()
    block = next(one.id for one in page.snippets if "no longer" in one.text)
    found = merge_page(canon, claims(vetoes=[{**veto, "block": block}]), page)
    assert (found.canon, len(found.dropped)) == (canon, 1)
    assert reason in found.dropped[0]


def test_help_that_left_less_of_a_canon_is_worse_and_misses_the_gate() -> None:
    canon, _ = setting()
    less = canon.model_copy(update={"fonts": (), "facts": tuple(f for f in canon.facts if f.kind != "font")})
    assert "font families" in uplift_of(canon, less).worse
    assert not uplift_of(canon, less).passes
    assert uplift_of(canon, canon).passes == (canon.status == "complete")
