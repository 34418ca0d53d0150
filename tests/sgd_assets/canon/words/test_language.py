"""Languages are files that state what the readers ask; a further one needs its file and nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sgd_assets.canon.derive import rules_version
from sgd_assets.canon.words.language import Language, languages
from sgd_assets.canon.words.topic_names import TOPICS
from sgd_resources.code_versions.version import version_in

ROOT = Path(__file__).resolve().parents[4]
LACKS = {
    "cs": {"we"},
    "es": {"we"},
    "it": {"we"},
    "pt": {"we"},
    "pl": {"we"},
    "ja": {
        "tone_word", "trait_head", "meaning_head", "things_said", "to_avoid", "to_favour", "we", "negative_we",
        "positive_start", "voice_word", "voice_noun", "sounds", "but_not", "is_or_sounds", "without",
        "subordinate", "alters", "joins", "prohibition", "must_not",
    },
}  # fmt: skip
"""Topics that a language has no words of. Of itself a brand speaks by the verb's ending in the first five."""
SPOKEN = {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs", "ja"}
NEEDED_BY_A_FORM = "function_word"
"""Asked only where a language tells instructions by the form of a verb."""
MADE_UP = """
name = "Made up"
[topics]
colour = ["gloobar*"]
typography = ["letruna"]
logo = ["sigla boro"]
misuse = ["vorzak*"]
"""
GUIDE = "# Gloobaren\\n\\nZun: #C81E5A\\nMir: #1E5AC8\\n\\n## Vorzak sigla boro\\n\\n- Sigla boro tirup\\n"


def test_twelve_languages_are_spoken() -> None:
    assert languages().keys() == SPOKEN


@pytest.mark.parametrize("code", sorted(SPOKEN - {"en"}))
def test_what_a_language_lacks_is_known(code: str) -> None:
    assert _lacks(languages()[code]) - {NEEDED_BY_A_FORM} == LACKS.get(code, set())


@pytest.mark.parametrize("code", sorted(SPOKEN))
def test_a_language_that_tells_instructions_by_form_has_its_function_words(code: str) -> None:
    language = languages()[code]
    assert not language.instructions or language.topics[NEEDED_BY_A_FORM]


@pytest.mark.parametrize(
    "stated",
    [
        {"name": "X", "topics": {"colour": ["a"]}},
        {"name": "Made up", "topics": {"nothing_asked": ["a"]}},
        {"name": "Made up", "topics": {"colour": ["Farbe"]}},
        {"name": "Made up", "topics": {"colour": ["far*be"]}},
        {"name": "Made up", "topics": {"colour": [""]}},
        {"name": "Made up", "grammar": {}},
        {"name": "Made up", "instructions": [{"opens": r"\\w+t", "function_words": -1}]},
    ],
)
def test_a_file_that_says_what_no_reader_could_use_is_a_mistake(stated: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Language.model_validate(stated)


def test_every_topic_says_what_its_words_mean() -> None:
    assert all(meaning for meaning in TOPICS.values())


@pytest.mark.slow
def test_a_thirteenth_language_needs_its_file_alone(tmp_path: Path) -> None:
    for package in ("sgd_assets", "sgd_resources"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "minilm"))
    (tmp_path / "sgd_assets/canon/words/languages/xx.toml").write_text(MADE_UP)
    program = (
        "from sgd_assets.canon.derive import derive_canon\n"
        "from sgd_resources.parsers.select import LocalParser\n"
        "from sgd_resources.ports import ParseRequest\n"
        f"data = {GUIDE.encode()!r}.replace(b'\\\\n', b'\\n')\n"
        "parsed = LocalParser().parse(ParseRequest('0' * 64, 'text/markdown', data, '.md'))\n"
        "canon = derive_canon([('guide.md', parsed)])\n"
        "print(*canon.palette_hex, canon.logo_dos, canon.logo_donts, sep='|')\n"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    told = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert told == "#C81E5A|#1E5AC8|()|('Sigla boro tirup',)\n"
    deciders = ("sgd_assets.canon.derive:extract_claims", "sgd_assets.canon.derive:resolve_canon")
    roots = {package: tmp_path / package for package in ("sgd_assets", "sgd_resources")}
    assert version_in(roots, *deciders) != rules_version()


def _lacks(language: Language) -> set[str]:
    """Topics of which the language has no words."""
    return {topic for topic in TOPICS if topic not in language.topics and topic not in language.patterns}
