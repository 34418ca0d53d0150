"""A page that is read from right to left: what a layout would start at the left stands at the right."""

from sgd_assets.renders.brief.model import BriefCopy
from tests.sgd_assets.renders.laying import laid, plan_of

HEBREW = BriefCopy(
    headline="ליל הסדנאות", body="בואו לצייר, לשמוע מוזיקה ולאכול.", date="31.10.2027", call_to_action="להזמנה",
    price="₪49.90", legal="בכפוף לתנאים.",
)  # fmt: skip


def test_every_text_of_the_page_starts_at_the_right_also_a_price_without_letters() -> None:
    for layout in ("numeral", "split", "poster"):
        scene = laid(plan_of("1200x628", words=HEBREW).model_copy(update={"layout": layout}))
        assert {text.role for text in scene.texts} >= {"headline", "price", "date", "call_to_action"}
        assert {text.anchor for text in scene.texts} <= {"end", "middle"}, layout


def test_what_shares_a_row_is_read_from_right_to_left() -> None:
    scene = laid(plan_of("1200x628", words=HEBREW).model_copy(update={"layout": "numeral"}))
    lefts = {text.role: text.box[0] for text in scene.texts}
    assert lefts["date"] > lefts["call_to_action"]


def test_a_page_in_latin_with_a_hebrew_word_starts_at_the_left() -> None:
    words = BriefCopy(headline="Open ליל הסדנאות", body="Saturday")
    scene = laid(plan_of("1080x1080", words=words).model_copy(update={"layout": "poster"}))
    assert {text.anchor for text in scene.texts} == {"start"}
