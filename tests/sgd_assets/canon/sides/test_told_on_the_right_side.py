"""Negations far from their verb, negated purposes, sentences of two sides and marks of pictures: each on its side."""

import pytest

from sgd_assets.canon.logo.sentences import side_of_sentence
from sgd_assets.canon.sides.imperatives import imperative
from sgd_assets.canon.sides.purposes import without_purpose
from sgd_assets.canon.sides.two_sides import Side, TwoSides, two_sides
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    "sentence",
    [
        "Gebruik het logo niet op foto's van anderen",
        "Setzen Sie das Logo auf dunklen Bildern nicht ein",
        "Använd logotypen aldrig på foton",
        "Brug logoet ikke på mørke fotos",
        "Logotypu nigdy nie rozciągaj",
        "Logotyp na fotografiích nepoužívejte",
        "Usate il logo mai su foto",
        "Utilice el logo nunca sobre fotos",
        "Use o logotipo nunca sobre fotos",
        "Utilisez le logo en aucun cas sur une photo",
        "Use the logo on photos under no circumstances",
    ],
)
def test_a_negation_behind_the_verb_makes_a_dont(sentence: str) -> None:
    canon = canon_of(guide_md=f"# Logo\n\n{sentence}.\n")
    assert (canon.logo_dos, canon.logo_donts) == ((), (f"{sentence}.",))


@pytest.mark.parametrize(
    "sentence",
    [
        "Use the logo sparingly so as not to weaken it",
        "Use the logo sparingly in order not to weaken it",
        "Place the logo inside the margin so that it is not cut off",
        "Use the logo on white to avoid clutter",
        "To avoid clutter, use the logo on white",
        "Keep the logo large enough not to lose its details",
        "Verwenden Sie das Logo sparsam, um es nicht zu schwächen",
        "Gebruik het logo spaarzaam om het niet te verzwakken",
        "Utilisez le logo avec parcimonie pour ne pas l'affaiblir",
        "Usa el logo con moderación para no debilitarlo",
        "Usate il logo con parsimonia per non indebolirlo",
        "Use o logotipo com moderação para não o enfraquecer",
        "Använd logotypen sparsamt för att inte försvaga den",
        "Brug logoet sparsomt for ikke at svække det",
        "Używaj logotypu oszczędnie, aby go nie osłabić",
        "Používejte logotyp střídmě, abyste jej neoslabili",
    ],
)
def test_a_negated_purpose_forbids_nothing(sentence: str) -> None:
    assert side_of_sentence(sentence, is_below_logo=True) == "logo_do"
    assert imperative(sentence) == "voice_do"


@pytest.mark.parametrize(
    "sentence",
    ["Try to avoid shadows", "Make sure to avoid shadows", "It is important to avoid shadows", "Remember to avoid red"],
)
def test_what_one_is_asked_to_avoid_is_no_purpose(sentence: str) -> None:
    assert without_purpose(sentence) == sentence


def _of(part: str) -> Side | None:
    told = side_of_sentence(part, is_below_logo=True)
    return None if told is None else "do" if told == "logo_do" else "dont"


@pytest.mark.parametrize(
    ("do", "join", "dont"),
    [
        ("The badge must be centred", " and ", "must not be tilted"),
        ("Use the logo on white", " and ", "never on red ground"),
        ("Use the logo on white", ", ", "avoid busy grounds"),
        ("Das Logo muss oben stehen", " und ", "darf nicht gedreht werden"),
        ("Le logo doit être en haut", " et ", "ne doit pas être tourné"),
        ("El logo debe ir arriba", " y ", "no debe girarse"),
        ("Il logo deve stare in alto", " e ", "non deve essere ruotato"),
        ("O logo deve ficar em cima", " e ", "não deve ser girado"),
        ("Het logo moet links staan", " en ", "mag niet gedraaid worden"),
        ("Logotypen ska stå till vänster", " och ", "får inte vridas"),
        ("Logoet skal stå øverst", " og ", "må ikke drejes"),
        ("Logotyp musi być u góry", " i ", "nie może być obracany"),
        ("Logotyp musí být nahoře", " a ", "nesmí se otáčet"),
    ],
)
def test_a_do_and_a_dont_in_one_sentence_are_parted(do: str, join: str, dont: str) -> None:
    second = dont[:1].upper() + dont[1:]
    assert two_sides(do + join + dont, _of) == TwoSides(do, "do", second, "dont")
    canon = canon_of(guide_md=f"# Logo\n\n{do}{join}{dont}.\n")
    assert (canon.logo_dos, canon.logo_donts) == ((do,), (f"{second}.",))


@pytest.mark.parametrize(
    ("sentence", "do"),
    [
        ("Do not use the icon; use the full logo instead.", "Use the full logo instead."),
        ("The logo must not be tilted and must stay in the centre.", "Must stay in the centre."),
        ("Never tilt the mark, but keep it upright.", "Keep it upright."),
    ],
)
def test_what_is_right_instead_is_a_do(sentence: str, do: str) -> None:
    canon = canon_of(guide_md=f"# Logo\n\n{sentence}\n")
    assert (canon.logo_dos, len(canon.logo_donts)) == ((do,), 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not stretch or rotate the logo and do not crop it",
        "Never crop, place or use the logo on red",
        "Use only the logo that you must show and must not change",
        "Use the logo on white, red and blue",
    ],
)
def test_a_sentence_of_one_side_is_left_whole(sentence: str) -> None:
    assert two_sides(sentence, _of) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Use the full logo rather than the icon",
        "Use the full logo instead of the icon",
        "Use the full logo in place of the icon",
        "Rather than the icon, use the full logo",
        "Instead of the icon, use the full logo",
        "Verwenden Sie das volle Logo statt des Signets",
        "Utilisez le logo complet plutôt que le symbole",
        "Gebruik het volle logo in plaats van het beeldmerk",
    ],
)
def test_what_is_used_rather_than_something_else_is_a_do(sentence: str) -> None:
    canon = canon_of(guide_md=f"# Logo\n\n- {sentence}\n")
    assert (canon.logo_dos, canon.logo_donts) == ((sentence,), ())


def test_a_cross_before_words_that_oblige_is_that_of_the_picture() -> None:
    canon = canon_of(
        guide_md="# Logo\n\n❌ The badge must carry the sign.\n\n❌ Use the logo on photos\n\n"
        "✅ Never tilt the logo\n\n## Don'ts\n\n- ❌ The logo must be blue\n"
    )
    assert canon.logo_dos == ("The badge must carry the sign.",)
    assert set(canon.logo_donts) >= {"Use the logo on photos", "Never tilt the logo"}


def test_a_voice_that_must_and_must_not_is_told_on_both_sides() -> None:
    canon = canon_of(
        guide_md="# Voice and tone\n\nOur tone is calm, clear and warm.\n\n"
        "Verbs should be kept short and must not be used in slang.\n"
    )
    assert canon.voice is not None
    assert (canon.voice.dos, canon.voice.donts) == (("Verbs should be kept short",), ("Must not be used in slang.",))


@pytest.mark.parametrize("joined", ["rather than", "instead of", "in place of"])
def test_in_a_list_of_words_to_avoid_what_is_used_for_one_of_them_is_a_do(joined: str) -> None:
    canon = canon_of(
        guide_md="# Voice and tone\n\nOur tone is calm, clear and warm.\n\n## Words to avoid\n\n"
        f"- Use plain help {joined} assistance\n- Empty superlatives\n"
    )
    assert canon.voice is not None
    assert canon.voice.dos == (f"Use plain help {joined} assistance",)
    assert canon.voice.donts == ("Empty superlatives",)


def test_below_donts_a_preference_is_a_do_and_what_stands_in_for_the_logo_is_wrong() -> None:
    canon = canon_of(
        guide_md="# Logo\n\n## Don'ts\n\n- Use the logo rather than the icon\n- Use the icon instead of the logo\n"
    )
    assert canon.logo_dos == ("Use the logo rather than the icon",)
    assert canon.logo_donts == ("Use the icon instead of the logo",)
