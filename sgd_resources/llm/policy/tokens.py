"""How many tokens a text can be at most, by its scripts and the family of the model; a bound, not a guess.

Tokens a character were measured on brand-like sentences of each script (the samples and counts are in the test beside)
with the tokenizers that are published: o200k_base for OpenAI; cl100k_base, Llama 3 and the one Anthropic published for
all others, whose own are not published: the dearest of them counts. On top lies a margin, about a sixth. What stands in
no row is counted by its UTF-8 bytes: a byte-level tokenizer never makes more tokens than bytes.

What must not live here: prices (`catalog.py`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

Family = Literal["openai", "other"]

TOKENS_PER_PICTURE = 1_600
"""Anthropic documents width x height / 750, scaled to 1.15 megapixels: 1,600 at most; Gemini and OpenAI stay below."""
TOKENS_PER_MESSAGE = 8
"""Role and separators: 3 to 4 in the chat formats that are published."""

_MOST_REMEMBERED = 20_000
"""Characters of a text whose counts are remembered: 256 of them are 20 MB at most."""
_LONGEST_WORD = 18
"""Longer runs of letters and digits are hashes or base64 in any language but a few, and cost as these do."""
_ASCII: Mapping[str, tuple[float, float]] = {
    "coded": (0.85, 0.85), "letter": (0.33, 0.45), "space": (0.2, 0.2), "digit": (0.8, 1.0), "sign": (1.0, 1.0),
}  # fmt: skip
"""(OpenAI, others). `coded` are words no language has (hashes, base64, camelCase): cut into pieces of one or two."""
_BEYOND: tuple[tuple[str, str, float, float], ...] = (
    ("latin", r"[\u00c0-\u024f\u1e00-\u1eff]", 0.9, 2.4),
    ("greek", r"[\u0370-\u03ff\u1f00-\u1fff]", 0.55, 1.6),
    ("cyrillic", r"[\u0400-\u052f]", 0.45, 0.85),
    ("hebrew", r"[\u0590-\u05ff]", 0.6, 1.3),
    ("arabic", r"[\u0600-\u06ff\u0750-\u077f]", 0.5, 1.35),
    ("devanagari", r"[\u0900-\u097f]", 0.5, 1.45),
    ("thai", r"[\u0e00-\u0e7f]", 0.55, 2.1),
    ("hangul", r"[\u1100-\u11ff\uac00-\ud7af]", 0.8, 1.5),
    ("kana", r"[\u3040-\u30ff]", 1.0, 1.15),
    ("cjk", r"[\u3400-\u4dbf\u4e00-\u9fff]", 1.2, 1.9),
    ("cjk_sign", r"[\u3000-\u303f\uff00-\uffef]", 1.0, 1.5),
)
_WORD = re.compile(r"[A-Za-z0-9]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SCRIPTS = re.compile("|".join(f"(?P<{name}>(?:{pattern})+)" for name, pattern, _, _ in _BEYOND))
_RATIOS: Mapping[Family, Mapping[str, float]] = {
    "openai": {name: ratio for name, (ratio, _) in _ASCII.items()} | {name: ratio for name, _, ratio, _ in _BEYOND},
    "other": {name: ratio for name, (_, ratio) in _ASCII.items()} | {name: ratio for name, _, _, ratio in _BEYOND},
}


def family_of(slug: str) -> Family:
    """Whose tokenizer counts a model's tokens."""
    return "openai" if slug.startswith("openai/") else "other"


def scripts_of(texts: Iterable[str]) -> Counter[str]:
    """Characters by script; `bytes` holds the UTF-8 bytes of whatever stands in none."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(_remembered(text) if len(text) <= _MOST_REMEMBERED else _counted(text))
    return found


def _counted(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    _count_ascii(text, found)
    if not text.isascii():
        _count_beyond("".join(_BEYOND_ASCII.findall(text)), found)
    return found


# The words around a prompt are the same at every call, and longer than most prompts. Whoever is given them only reads.
_remembered = lru_cache(maxsize=256)(_counted)


def _count_ascii(text: str, found: Counter[str]) -> None:
    n_in_words = 0
    for word, times in Counter(_WORD.findall(text)).items():
        size = len(word) * times
        n_in_words += size
        is_plain = word.isalpha() and (word.islower() or word.istitle() or word.isupper())
        kind = "digit" if word.isdigit() else "letter" if is_plain and len(word) <= _LONGEST_WORD else "coded"
        found[kind] += size
    plain = text.encode("ascii", "ignore")
    n_spaces = sum(plain.count(sign) for sign in (b" ", b"\t", b"\n", b"\r"))
    found["space"] += n_spaces
    found["sign"] += len(plain) - n_in_words - n_spaces


def _count_beyond(text: str, found: Counter[str]) -> None:
    known = 0
    for match in _SCRIPTS.finditer(text):
        piece = match.group()
        found[match.lastgroup or ""] += len(piece)
        known += len(piece.encode())
    found["bytes"] += len(text.encode("utf-8", "surrogatepass")) - known


def most_tokens(scripts: Mapping[str, int], family: Family) -> int:
    """The most tokens these characters can be, rounded up."""
    ratios = _RATIOS[family]
    return int(sum(count * ratios.get(name, 1.0) for name, count in scripts.items())) + 1
