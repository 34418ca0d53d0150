"""The canon's words on logo, voice and colours in the form that rules measure by: `Canon -> BrandRules`.

Only what a statement says outright; what is in doubt rules nothing out. What must not live here: measuring.
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compliance.case import BrandRules
from sgd_assets.renders.compliance.words.ruled_out import ruled_out_words
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.plan.clear_space import clear_space_ratio, minimum_height_px
from sgd_resources.colour import BLACK, WHITE, delta_e_2000

_EXCLAMATION = re.compile(r"exclamation|ausrufe(?:zeichen|satz)|points? d['’]exclamation", re.IGNORECASE)
_PROMISE = re.compile(r"\bpromis\w+|\bguarantee\w*|\bsuperlative\w*|over-?claim\w*|\bhype\b", re.IGNORECASE)
_SHARE = re.compile(r"(?<![\d.,])(\d{1,3}) ?%")
_WHOLE = (0.9, 1.1)  # shares that are proportions of one whole; tints and inks add up to anything
_NEUTRAL_AWAY = 2.0


def brand_rules(
    canon: Canon, logos: Sequence[LogoArt] = (), *, names: Sequence[str] = (), logo_height_px: float = 60.0
) -> BrandRules:
    """What the canon asks beside its palette.

    Args:
        canon: of the org.
        logos: its logo files, likeliest first.
        names: of the brand.
        logo_height_px: for clear space that is stated in absolute units.
    """
    donts = canon.voice.donts if canon.voice is not None else ()
    aspect = logos[0].aspect if logos else 1.0
    ratio, is_stated = clear_space_ratio(canon, aspect=aspect, logo_height_px=logo_height_px)
    return BrandRules(
        clear_space_ratio=ratio if logos and is_stated else None,
        logo_minimum_px=minimum_height_px(canon, aspect=aspect) if logos else None,
        logo_names=tuple(names),
        banned_words=tuple(dict.fromkeys(word for line in donts for word in ruled_out_words(line))),
        forbids_exclamation=any(_EXCLAMATION.search(line) for line in donts),
        forbids_promises=any(_PROMISE.search(line) for line in donts),
        proportions=_proportions(canon),
    )


def neutrals_of(canon: Canon) -> tuple[str, ...]:
    """Black and white, where the guide does not rule them out: they carry words on any brand's grounds."""
    donts = " ".join((*canon.logo_donts, *(fact.value for fact in canon.facts if fact.kind == "logo_dont")))
    stated = {fact.colour.hex for fact in canon.facts if fact.kind == "colour" and fact.colour is not None}
    neutrals = {
        value
        for value, name in ((BLACK, "pure black"), (WHITE, "pure white"))
        if not re.search(rf"\b(?:never|not|avoid)\b[^.]{{0,30}}{name}", donts, re.IGNORECASE)
    }
    return tuple(sorted(value for value in neutrals if not any(delta_e_2000(value, o) < _NEUTRAL_AWAY for o in stated)))


def _proportions(canon: Canon) -> tuple[tuple[str, float], ...]:
    """(hex, share) of colours whose citation states one, where all of them make up a whole."""
    shares: dict[str, float] = {}
    for fact in canon.facts:
        if fact.kind != "colour" or fact.colour is None:
            continue
        found = [int(value) for cited in fact.citations for value in _SHARE.findall(cited.quote)]
        if len(found) == 1 and 0 < found[0] < 100:
            shares[fact.colour.hex] = found[0] / 100
    is_whole = _WHOLE[0] <= sum(shares.values()) <= _WHOLE[1]
    return tuple(shares.items()) if len(shares) > 1 and is_whole else ()
