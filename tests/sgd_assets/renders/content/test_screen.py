"""What blocks, what passes, and what an operator changes of it."""

import sys

import pytest

from sgd_assets.renders.content.enforce import check_texts
from sgd_assets.renders.content.policy import content_policy
from sgd_assets.renders.content.readings import folded
from sgd_assets.renders.content.screen import OWN_RULE, broken_rule
from sgd_assets.renders.content.terms import CATEGORIES, expanded, shipped_terms
from sgd_assets.renders.content.texts import name_as_words, texts_of_request
from sgd_resources.errors import ContentBlocked, ValidationFailed

pytestmark = pytest.mark.slow

POLICY = content_policy()


@pytest.mark.parametrize(
    "text",
    [
        "Kill the lights", "Essex", "shot list", "Scunthorpe", "photo shoot", "drop dead gorgeous", "bombe glacée",
        "die", "a killer deal", "Blood red on white", "Set the headline in nude tones", "https://sussex.example/asset",
    ],
)  # fmt: skip
def test_words_that_only_look_alike_pass(text: str) -> None:
    assert broken_rule(text, POLICY) is None


@pytest.mark.parametrize(
    "text",
    [
        "k1ll them all",
        "p o r n",
        "P.O.R.N",
        "p\u200bo\u200br\u200bn",
        "роrn",
        "po\u0301rn",
        "pooorn",
        "p*rn",
        "ｐｏｒｎ",
    ],
)
def test_a_disguise_hides_nothing(text: str) -> None:
    assert broken_rule(text, POLICY) is not None


def test_a_benign_phrase_spares_its_own_words_only() -> None:
    assert broken_rule("Kill the lights and kill them all", POLICY) == "violence"


def test_a_refusal_reaches_to_the_end_of_its_sentence() -> None:
    assert broken_rule("A poster without weapons", POLICY) is None
    assert broken_rule("Not for children. Weapons everywhere", POLICY) == "weapons"


def test_prevention_makes_a_subject_of_a_word_but_never_of_an_order() -> None:
    assert broken_rule("Suicide prevention helpline", POLICY) is None
    assert broken_rule("Suicide prevention is useless, kill yourself", POLICY) == "self_harm"


def test_an_operator_lifts_a_category_and_adds_phrases() -> None:
    changed = POLICY.with_override({
        "categories": {"weapons": "allow"}, "block": ["Acme Rivals"], "allow": ["porn chic"],
    })  # fmt: skip
    assert broken_rule("AK-47 for sale", changed) is None
    assert broken_rule("Better than ACME rivals!", changed) == OWN_RULE
    assert broken_rule("Porn chic, the exhibition", changed) is None
    assert broken_rule("Porn chic and porn", changed) == "sexual"


def test_an_override_that_breaks_its_contract_is_refused() -> None:
    with pytest.raises(ValidationFailed):
        POLICY.with_override({"categories": {"politics": "block"}})


def test_the_policy_in_force_has_the_form_of_its_file() -> None:
    changed = POLICY.with_override({"pictures": {"look": "required"}, "moderation": "with_key"})
    document = changed.as_document()
    assert document["pictures"] == {"look": "required", "threshold": POLICY.picture_threshold}
    assert document["moderation"] == "with_key"


def test_a_refusal_names_rule_and_path_and_never_the_words() -> None:
    body = {
        "prompts": {"instruction": "A fine poster", "references": ["org/acme/nude_porn-poster.png"]},
        "copy": {"headline": "Hello", "extra": ["Ok", "kill them all"]},
    }
    with pytest.raises(ContentBlocked) as caught:
        check_texts(texts_of_request(body), POLICY)
    assert caught.value.details == {"rule": "sexual", "path": "$.prompts.references[0]", "found_by": "words"}
    assert "porn" not in caught.value.message
    body["prompts"]["references"] = []
    with pytest.raises(ContentBlocked) as caught:
        check_texts(texts_of_request(body), POLICY)
    assert caught.value.details["path"] == "$.copy.extra[1]"
    assert "kill" not in caught.value.message


def test_a_clients_plan_is_looked_at_too() -> None:
    body = {"prompts": {}, "plan": {"goal": "say hello", "headline": "Hello", "extra": ["white power"], "ops": []}}
    with pytest.raises(ContentBlocked):
        check_texts(texts_of_request(body), POLICY)


def test_names_are_read_as_words() -> None:
    assert name_as_words("org/a/summer-sale%20photo_2.PNG") == "org a summer sale photo 2 PNG"


def test_every_term_stands_for_words_and_every_category_has_some() -> None:
    assert set(expanded("sex ?tape{,s}")) == {("sex", "tape"), ("sex", "tapes"), ("sextape",), ("sextapes",)}
    terms = shipped_terms()
    assert set(terms.categories) == set(CATEGORIES)
    assert all(category.always.single for category in terms.categories.values())


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a b c d e f ", "k.i.l.l ", "1337 h4x ", "a*b ", "naked ", "kill the lights "])
def test_a_text_of_twice_the_length_takes_twice_the_steps(piece: str) -> None:
    def steps(times: int) -> int:
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(step)
        try:
            broken_rule(piece * times, POLICY)
        finally:
            sys.setprofile(None)
        return count

    steps(10)
    assert steps(800) < 2.3 * steps(400)


def test_folding_keeps_the_length_of_plain_letters() -> None:
    assert len(folded("é" * 10_000)) == 10_000
