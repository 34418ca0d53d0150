"""The canon as data for a prompt: what a model needs to keep to it, and nothing that reads like an order to a model.

What must not live here: the prompts' words (`policies/prompts/`), or citations: a model plans, it does not quote.
"""

import json
import re
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_resources.llm.safety.injection import screen, visible

_MOST_RULES = 12  # of a kind; guides that state more repeat themselves, and each costs tokens of every call
_LONGEST_RULE = 240
_OF_PICTURES = re.compile(
    r"photo|image|imagery|picture|illustrat|stock|foto|bild|imagen|imágen|immagin|ilustra|写真|画像|图片|사진", re.I
)


def canon_facts(canon: Canon) -> str:
    """JSON text of palette, fonts, voice and logo rules, with the canon's version."""
    voice = canon.voice
    facts: dict[str, Any] = {
        "canon_version": canon.version,
        "palette": palette_facts(canon),
        "fonts": list(canon.fonts),
        "voice": {
            "tone": _clean(voice.tone) if voice else None,
            "dos": _rules(voice.dos) if voice else [],
            "donts": _rules(voice.donts) if voice else [],
        },
        "logo": {"clear_space": canon.logo_safe_zone, "dos": _rules(canon.logo_dos), "donts": _rules(canon.logo_donts)},
    }
    return json.dumps(facts, ensure_ascii=False)


def palette_facts(canon: Canon) -> list[dict[str, str]]:
    """Hex, name and role of each colour of the palette, most primary first."""
    known = {fact.colour.hex: (fact.colour.name, fact.role) for fact in canon.facts if fact.colour is not None}
    told = []
    for value in canon.palette_hex:
        name, role = known.get(value.upper(), (None, None))
        one = {"hex": value.upper(), "name": _clean(name or ""), "role": role or ""}
        told.append({key: text for key, text in one.items() if text})
    return told


def imagery_rules(canon: Canon) -> tuple[list[str], list[str]]:
    """(dos, donts) of the canon that speak of pictures."""
    voice = canon.voice
    dos = [*(voice.dos if voice else ()), *canon.logo_dos]
    donts = [*(voice.donts if voice else ()), *canon.logo_donts]
    return (
        _rules(tuple(line for line in dos if _OF_PICTURES.search(line))),
        _rules(tuple(line for line in donts if _OF_PICTURES.search(line))),
    )


def _rules(lines: tuple[str, ...]) -> list[str]:
    return [clean for line in lines[: 3 * _MOST_RULES] if (clean := _clean(line))][:_MOST_RULES]


def _clean(text: str) -> str:
    """A line of the evidence as a model may see it; empty where it reads like an order to a model."""
    seen = " ".join(visible(text).split())[:_LONGEST_RULE]
    return "" if screen(text).is_flagged else seen
