from sgd_api.canon_page.crops import Source, Statement
from sgd_api.canon_page.view import cited_places, sources_in_words, view_of
from sgd_assets.canon.model import Canon, Measure, Voice
from tests.sgd_api.canon_page.canons import CSS, cite, colour_fact, evidence, fact


def test_a_swatch_shows_every_stated_notation() -> None:
    swatch = view_of(Canon(palette_hex=("#1E4D3A",), facts=(colour_fact(),)), ()).swatches[0]
    assert dict(swatch.notations) == {
        "Hex": "#1E4D3A", "RGB": "30 77 58", "CMYK": "80 40 76 44", "Spot": "PANTONE 3435 C",
        "OKLab": "38.0% −0.059 0.017",
    }  # fmt: skip
    assert swatch.fact is not None
    assert (swatch.fact.role, swatch.fact.confidence_percent) == ("primary", 90)


def test_every_fact_stands_in_exactly_one_section() -> None:
    facts = (
        colour_fact(), colour_fact("#FFD200"), fact("font", "Inter"), fact("font", "Georgia"),
        fact("voice_tone", "Calm."), fact("voice_do", "Be brief"), fact("voice_do", "Be kind"),
        fact("voice_dont", "Shout"), fact("logo_do", "Use it"), fact("logo_dont", "Bend it"),
        fact("logo_clear_space", "Half", measure=Measure(unit="ratio", value=0.5, reference="logo height")),
        fact("logo_min_size", "20 px"),
    )  # fmt: skip
    canon = Canon(palette_hex=("#1E4D3A",), fonts=("Inter",), voice=Voice(tone="Calm.", dos=("Be brief",)), facts=facts)
    view = view_of(canon, ())
    shown = [s.fact for s in view.swatches] + list(view.fonts.values()) + list(view.tone_facts)
    shown += [rule.fact for rules in (view.dos, view.donts, view.logo_dos, view.logo_donts) for rule in rules]
    shown += [*view.clear_space, *view.min_sizes, *view.further]
    keys = [found.key for found in shown if found is not None]
    assert sorted(keys) == sorted(cited_places(canon))
    assert [found.value for found in view.further] == ["#FFD200", "Georgia"]
    assert view.drawing is not None


def test_counts_are_of_what_the_canon_holds() -> None:
    canon = Canon(
        palette_hex=("#1E4D3A",), facts=(colour_fact("#1E4D3A", cite(), cite(line=5)),), evidence_sha256s=("a" * 64,)
    )
    assert dict(view_of(canon, ()).counts)["citations"] == 2


def test_files_say_how_often_they_are_cited() -> None:
    canon = Canon(facts=(colour_fact("#1E4D3A", cite(), cite(line=5)),), evidence_sha256s=("a" * 64,))
    files = (evidence("brand.css", "text/css", CSS, "a"), evidence("other.css", "text/css", CSS, "b"))
    assert [(f.name, f.citations) for f in view_of(canon, files).files] == [("brand.css", 2)]


def test_sources_are_counted_in_words() -> None:
    one = Source("guide.pdf", 6, (Statement("page 6", "x"),))
    assert sources_in_words((one,)) == "guide.pdf, page 6"
    assert sources_in_words((Source("logo.png", None, (Statement("", "x"),)),)) == "logo.png"
    assert sources_in_words((one, one)) == "2 places in 1 file"
