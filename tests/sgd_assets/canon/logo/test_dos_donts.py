"""Dos and don'ts below the logo's heading: each item as written, on its side, and no prose."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.sgd_assets.canon.drawn_guides import drawn
from tests.sgd_assets.canon.made_evidence import canon_of


def test_below_the_logos_heading_an_instruction_need_not_name_the_logo() -> None:
    canon = canon_of(
        guide_md="# Fernwick\n\n## Logo\n\nThe logo was drawn by hand. Use the white version on dark grounds. "
        "Other elements must not touch it. Read more about its history.\n\n## Office\n\nUse white cups on Fridays.\n"
    )
    assert canon.logo_dos == ("Use the white version on dark grounds.",)
    assert canon.logo_donts == ("Other elements must not touch it.",)


@pytest.mark.parametrize(
    ("lead", "item"),
    [
        ("Please do not use the Fernwick logo in any of these ways, whatever the occasion:", "on a photo of a crowd"),
        ("When you use the logo, you may not:", "stretch it to fit a box"),
        ("Das Logo darf in keinem Fall so verwendet werden, und nicht:", "auf unruhigem Grund"),
    ],
)
def test_items_below_a_sentence_that_forbids_are_donts_as_written(lead: str, item: str) -> None:
    canon = canon_of(guide_md=f"# Logo\n\n{lead}\n\n- {item}\n")
    assert (item in canon.logo_donts, canon.logo_dos) == (True, ())


@pytest.mark.parametrize(
    "lead",
    [
        "Do not capitalise the name of the logo unless it is:",
        "If the logo cannot be shown:",
        "You can find the logo here:",
        "The logo is licensed under a licence that says you are free to:",
    ],
)
def test_items_below_an_exception_or_a_condition_are_no_rules(lead: str) -> None:
    canon = canon_of(guide_md=f"# Logo\n\n{lead}\n\n- a word of a title that is long\n")
    assert "a word of a title that is long" not in (*canon.logo_dos, *canon.logo_donts)


def test_a_long_item_below_donts_is_a_dont_and_what_explains_it_is_not() -> None:
    item = (
        "Place the logo above or beside the logo of another company in a way that could make a reader believe that "
        "both stand for one firm."
    )
    why = "A reader who believes this will write to the wrong firm, and neither of them will be glad of it at all."
    canon = canon_of(guide_md=f"# Logo\n\n## Don'ts\n\n- {item} {why}\n")
    assert canon.logo_donts == (item,)


def test_captions_of_wrong_logos_on_a_page_are_donts_and_names_and_remarks_are_not() -> None:
    canon = canon_of(guide_pdf=drawn(_misuse_page))
    assert set(canon.logo_donts) == {"Wrong proportions", "Logo on a busy photo", "The logo is stretched"}
    assert canon.logo_dos == ()


def test_captions_below_do_and_dont_on_a_page_are_on_their_side() -> None:
    canon = canon_of(guide_pdf=drawn(_columns_page))
    assert set(canon.logo_dos) == {"White logo on dark photos"}
    assert set(canon.logo_donts) == {"Low contrast to the ground"}


def test_a_heading_that_forbids_is_a_rule_and_one_that_names_its_section_is_none() -> None:
    canon = canon_of(
        guide_md="# Logo\n\n## Never redraw the logo\n\nIt has its shape for a reason.\n\n## Use of the logo\n\nText.\n"
    )
    assert canon.logo_donts == ("Never redraw the logo",)
    assert canon.logo_dos == ()


def test_punctuation_marks_and_sets_of_icons_are_no_logos() -> None:
    canon = canon_of(
        guide_md="# Handbook\n\n## Quotation marks\n\nUse double ones.\n\n## Icons\n\nUse the small ones in menus.\n"
    )
    assert (canon.logo_dos, canon.logo_donts) == ((), ())


def test_what_stands_instead_of_the_logo_is_no_rule_on_it() -> None:
    canon = canon_of(
        guide_md="# Logo\n\nIt is recommended to use this icon instead of the logo where a square is needed.\n"
    )
    assert canon.logo_dos == ()


def _misuse_page(page: Canvas) -> None:
    """Captions in two columns below a title, a remark, and the guide's name twice."""
    page.setFont("Helvetica-Bold", 24)
    page.drawString(50, 780, "Logo misuse")
    page.setFont("Helvetica", 10)
    for x, y, words in (
        (50, 740, "These are examples of what goes wrong."),
        (50, 500, "Wrong proportions"),
        (300, 500, "Logo on a busy photo"),
        (50, 300, "The logo is stretched"),
        (300, 300, "Fernwick Guide"),
        (300, 40, "Fernwick Guide"),
    ):
        page.drawString(x, y, words)


def _columns_page(page: Canvas) -> None:
    """A column of what is right beside one of what is wrong."""
    for size, x, y, words in (
        (24, 50, 780, "Logo backgrounds"),
        (14, 50, 730, "Do"),
        (14, 300, 730, "Don\u2019t"),
        (9, 50, 500, "White logo on dark photos"),
        (9, 300, 500, "Low contrast to the ground"),
        (9, 50, 300, "Black version"),
    ):
        page.setFont("Helvetica-Bold" if size > 9 else "Helvetica", size)
        page.drawString(x, y, words)
