"""What of a long guide is kept: the voice before orthography, no line twice, never more than a page."""

from sgd_assets.canon.voice.rank import FILL, MOST
from tests.sgd_assets.canon.made_evidence import canon_of

VOICE = "# Voice\n\nOur voice is plain and calm.\n\n- Write to one person.\n- Use short words.\n"
WORDS = ("ropes", "lamps", "sails", "boats", "tides", "winds", "charts", "knots", "ports", "buoys")


def _commas(count: int) -> str:
    rules = (f"- Use a comma behind {WORDS[i % 10]} and before {WORDS[i // 10]}.\n" for i in range(count))
    return "# Writing: grammar\n\n" + "".join(rules)


def test_a_manual_is_cut_to_a_page_and_the_voice_stays() -> None:
    voice = canon_of(a_grammar_md=_commas(90), voice_md=VOICE).voice
    assert voice is not None
    assert voice.dos[-2:] == ("Write to one person.", "Use short words.")
    assert len(voice.dos) == 2 + FILL[3] - 2 <= MOST


def test_a_line_said_twice_is_kept_once_with_both_citations() -> None:
    canon = canon_of(voice_md=VOICE, other_md=VOICE.replace("calm", "calm too"))
    assert canon.voice is not None
    assert canon.voice.dos == ("Write to one person.", "Use short words.")
    fact = next(fact for fact in canon.facts if fact.value == "Use short words.")
    assert len(fact.citations) == 2


def test_how_a_name_and_code_are_spelled_is_no_voice() -> None:
    style = (
        "# Branding\n\n## Writing style\n\nAvoid “QUILL-brook”.\n\n"
        "- Writing on the project should use capitalized Quillbrook at all times.\n"
        "- Code elements should be formatted according to the language in use.\n"
        "- Folders use lowercase quillbrook.\n"
    )
    assert canon_of(guide_md=style).voice is None
    style += "- Write short sentences.\n- Speak to the reader.\n- Use plain words.\n"
    assert canon_of(guide_md=style).voice is not None
