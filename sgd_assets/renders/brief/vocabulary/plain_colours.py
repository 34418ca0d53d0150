"""Plain colour words, and which colours they mean by lightness, chroma and hue.

What must not live here: names of a brand's colours (`plan/colour_words.py`).
"""

import re
from collections.abc import Callable, Sequence

from sgd_resources.colour import oklch_of

_Test = Callable[[float, float, float], bool]
"""Lightness 0..1, chroma and hue in degrees of OKLCH -> whether the word fits."""


def _hue(low: float, high: float) -> _Test:
    return lambda lightness, chroma, hue: chroma >= 0.04 and low <= hue < high and lightness > 0.14


_PLAIN: tuple[tuple[str, _Test], ...] = (
    (
        r"whites?|wei(?:ß|ss)\w*|blanc\w*|blanco|bianc\w*|branco|wit|bia[łl]\w*|beyaz|白",
        lambda light, chroma, _: light > 0.95 and chroma < 0.03,
    ),
    (r"cream|ivory|off-?white|creme\w*|crème|crema", lambda light, chroma, _: light > 0.88 and chroma < 0.07),
    (
        r"black|schwarz\w*|noir\w*|negro|nero|preto|zwart|czarn\w*|siyah|黒|黑",
        lambda light, chroma, _: light < 0.3 and chroma < 0.06,
    ),
    (
        r"gr[ea]y|grau\w*|gris\w*|grigio|cinza|grijs|szar\w*|gri",
        lambda light, chroma, _: chroma < 0.035 and 0.28 <= light <= 0.95,
    ),
    (
        r"brown|braun\w*|brun|marr[oó]n|marrone|marrom|bruin|br[ąa]zow\w*",
        lambda light, chroma, hue: chroma >= 0.03 and 30 <= hue < 95 and light < 0.55,
    ),
    (r"beige|sand|tan", lambda light, chroma, hue: 0.015 <= chroma < 0.09 and 55 <= hue < 110 and light > 0.7),
    (
        r"navy|marine\w*|navy blue|dark ?blue|dunkelblau\w*",
        lambda light, chroma, hue: chroma >= 0.03 and 225 <= hue < 290 and light < 0.4,
    ),
    (r"teal|turquoise|cyan|t[üu]rkis\w*|turquesa|turchese|petrol", _hue(165, 232)),
    (r"red|rot\w*|rouge|rojo|rosso|vermelho|rood|czerwon\w*|k[ıi]rm[ıi]z[ıi]|赤|红", _hue(8, 42)),
    (r"orange\w*|naranja|arancione|laranja|oranje|pomara[ńn]cz\w*|turuncu|amber", _hue(38, 84)),
    (r"yellow|gelb\w*|jaune|amarillo|giallo|amarelo|geel|[żz][óo][łl]t\w*|sar[ıi]|gold\w*|黄", _hue(70, 116)),
    (r"green|gr[üu]n\w*|vert\w*|verde|groen\w*|zielon\w*|ye[şs]il|绿|緑", _hue(112, 182)),
    (r"blue|blau\w*|bleu\w*|azul|blu|blauw\w*|niebiesk\w*|mavi|青|蓝", _hue(215, 292)),
    (r"purple|violet|lila|violett\w*|viola|morado|roxo|paars|fiolet\w*|mor|紫", _hue(285, 330)),
    (
        r"pink|magenta|rosa|rose|roze|r[óo][żz]ow\w*|pembe",
        lambda light, chroma, hue: chroma >= 0.04 and (hue >= 325 or hue < 15 or (hue < 30 and light > 0.72)),
    ),
)
_DARK, _LIGHT = (
    r"\bdark|\bdeep|dunkel|sombre|fonc[ée]|oscuro|scuro|escuro|donker",
    r"\blight|\bpale|\bhell|clair|claro|chiaro|licht",
)


def colour_called(words: str, palette: Sequence[str]) -> str | None:
    """The first of some colours that a plain word means; of several the darkest or lightest, where words say so."""
    fits = [value for value in palette if _is_called(words, value)]
    if re.search(_DARK, words):
        pool = fits or ([] if _is_a_colour(words) else [value for value in palette if oklch_of(value)[0] < 0.42])
        return min(pool, key=lambda value: oklch_of(value)[0], default=None)
    if re.search(_LIGHT, words):
        pool = fits or ([] if _is_a_colour(words) else [value for value in palette if oklch_of(value)[0] > 0.85])
        return max(pool, key=lambda value: oklch_of(value)[0], default=None)
    return fits[0] if fits else None


def _is_called(words: str, value: str) -> bool:
    lightness, chroma, hue = oklch_of(value)
    return any(test(lightness, chroma, hue) for pattern, test in _PLAIN if _speaks_of(pattern, words))


def _is_a_colour(words: str) -> bool:
    return any(_speaks_of(pattern, words) for pattern, _ in _PLAIN)


def _speaks_of(pattern: str, words: str) -> bool:
    # Compounds count too: "dunkelgrün" is a green.
    return bool(re.search(rf"(?:\b|(?<=dunkel)|(?<=hell))(?:{pattern})\b", words))
