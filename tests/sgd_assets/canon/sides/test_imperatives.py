"""Lines that instruct, in English and by the form of the verb in other languages."""

from sgd_assets.canon.sides.imperatives import imperative


def test_verbs_of_german_and_french_instruct_by_their_form() -> None:
    assert imperative("Verwendet kurze Sätze, die für das Publikum klar sind.") == "voice_do"
    assert imperative("Versucht nicht, die Leser zu unterhalten.") == "voice_dont"
    assert imperative("Adressez-vous directement aux gens") == "voice_do"
    assert imperative("Faire des phrases courtes") == "voice_do"
    assert imperative("Notre ton est clair et simple.") is None
    assert imperative("Whether a reader knows it or not") is None


def test_an_english_line_instructs_by_its_first_verb_behind_any_condition() -> None:
    assert imperative("Write short sentences") == "voice_do"
    assert imperative("When you are in doubt, keep it short.") == "voice_do"
    assert imperative("In general, avoid jargon.") == "voice_dont"
    assert imperative("No exclamation marks") == "voice_dont"
    assert imperative("Open source brings people together.") is None
    assert imperative("Learn more about our words") is None
    assert imperative("Use what?") is None


def test_courage_is_asked_for_in_the_form_of_a_prohibition() -> None:
    assert imperative("Don't be afraid to use humour.") == "voice_do"
    assert imperative("We're not shy to say what we think.") == "voice_do"
    assert imperative("Don't be funny.") == "voice_dont"


def test_copy_that_sends_the_reader_on_instructs_nobody() -> None:
    assert imperative("Read on to learn more.") is None
    assert imperative("Thank you, and good luck.") is None
    assert imperative("Consider the example posts below.") is None
    assert imperative("Thank people for their time.") == "voice_do"
