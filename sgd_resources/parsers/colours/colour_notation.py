"""Finds colours written in running text: hex, bare hex, RGB and CMYK numbers, CSS functions, LaTeX, Pantone names.

Pure: text in, mentions out. CMYK and spot colours come without a hex, because that needs a colour profile (`cmyk`) or
a neighbour that states one (`text_colours`). What is the brand's is not decided here.
"""

import colorsys
import re
from dataclasses import dataclass, replace
from typing import Literal

from sgd_resources.colour import hex_of, rgb_of
from sgd_resources.parsers.colours.css_colour import Space, parse_css_colour
from sgd_resources.parsers.colours.plain_text import PlainText, plain_text

Notation = Literal["hex", "bare_hex", "function", "rgb_numbers", "cmyk_numbers", "spot", "latex"]


@dataclass(frozen=True)
class ColourMention:
    """One colour as written: `text` is the exact substring at [start, end)."""

    start: int
    end: int
    text: str
    notation: Notation
    space: Space
    hex: str | None
    components: tuple[float, ...] = ()
    alpha: float | None = None
    spot_name: str | None = None
    name: str | None = None


_COLOUR_WORD = re.compile(
    r"colou?r|palette|swatch|\bhexa?\b|\br[gv]b\b|\bcm(?:yk|jn|an)\b|\bpms\b|pantone|background|\btints?\b|\bshades?\b|"
    r"\bfills?\b|hexcode|couleur|farb|kleur|kolor|färg|farve|barv|色|カラー"
)
"""In lower case, which Python's matcher searches twice as fast as either case."""
_LATEX = re.compile(
    r"\\(?:definecolor|providecolor|colorlet)\s*(?:\[[^\]]{0,80}\])?\{([^{}]+)\}\s*\{(HTML|RGB|rgb|cmyk|gray|Gray)\}\s*\{([^{}]+)\}"
)
_FUNCTION = re.compile(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([^()\n]{3,80}\)", re.IGNORECASE)
_HASH_HEX = re.compile(r"(?<![\w&#/])#\s?([0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})(?![\w-])")
_SPACED_HEX = re.compile(
    r"(?<![\w&#/])#\s?([0-9A-Fa-f]{2}) ([0-9A-Fa-f]{2}) ([0-9A-Fa-f]{2})(?![\w-])|"
    r"(?<![\w#./-])([0-9A-Fa-f]{2}) ([0-9A-Fa-f]{2}) ([0-9A-Fa-f]{2})(?=\s*\(?hex\b)",
    re.IGNORECASE,
)
"""Pairs of digits set apart, said to be a hex value by the sign in front or the word behind."""
_KEYWORD_HEX = re.compile(
    r"\b(?:hex(?:adecimal)?(?:\s*(?:code|value|colou?r))?|html|web)\b\s*[:=#-]?\s*#?\s?([0-9A-Fa-f]{6})(?!\w)",
    re.IGNORECASE,
)
_MIRRORED_HEX = re.compile(r"(?<![\w&#/])([0-9A-Fa-f]{6})#(?!\w)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
"""Hebrew and Arabic: in a line as it is seen the sign may stand behind the digits."""
_BARE_HEX = re.compile(r"(?<![\w#&./-])(?:0x)?([0-9A-Fa-f]{6})(?![\w%-])(?!\.\d)")
_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_BETWEEN = r"\s*[,/|;.·•-]?\s*"
_STEP = r"(?:\s*[,;/|·•-]\s*|\s+)"
_RED, _GREEN, _BLUE = (
    "R(?:ed|ouge|osso|ojo|ot)?",
    "(?:G(?:reen|rün)?|V(?:ert|erde)?)",
    "(?:B(?:lue|leu|lau|lu)?|A(?:zul)?)",
)
"""Red, green and blue as guides of several languages abbreviate them: RGB, RVB, RVA."""
_RGB_WORD = re.compile(r"\b(?:rgb|rvb|rva)\b", re.IGNORECASE)
_CMYK_WORD = re.compile(r"\b(?:cmyk|cmjn|cman|cmyn)\b", re.IGNORECASE)
"""Four inks in English, French, Spanish and Portuguese."""
_RGB_LABELLED = re.compile(
    rf"\b{_RED}\s*[:=]?\s*{_NUMBER}{_BETWEEN}\b{_GREEN}\s*[:=]?\s*{_NUMBER}{_BETWEEN}\b{_BLUE}\s*[:=]?\s*{_NUMBER}(?![\w%.]*\d)",
    re.IGNORECASE,
)
_RGB_PREFIXED = re.compile(
    rf"\b(?:s?R\s*[,/]?\s*G\s*[,/]?\s*B|RVB|RVA)\b\s*(?:values?|codes?|decimals?)?\s*[:=(-]?\s*{_NUMBER}{_STEP}{_NUMBER}{_STEP}{_NUMBER}(?!\w|\.\d|%)",
    re.IGNORECASE,
)
_RGB_DOTTED = re.compile(r"\bRGB\b\s*[:=(-]?\s*(\d{3})\.(\d{3})\.(\d{3})(?!\w|\.\d|%)", re.IGNORECASE)
"""Three digits each, noughts in front: '010.037.064'."""
_TRIPLET = re.compile(
    rf"(?<![\w.#%-]){_NUMBER}(?:\s*[,;/|·•]\s*|\s+|-){_NUMBER}(?:\s*[,;/|·•]\s*|\s+|-){_NUMBER}(?![\w%]|\.\d|\s*[,;/|·•-]?\s*\d)"
)
_PERCENT = r"(\d{1,3}(?:\.\d+)?)\s*%?"
_CMYK_LABELLED = re.compile(
    rf"\bC(?:yan)?\s*[:=]?\s*{_PERCENT}{_BETWEEN}\bM(?:agenta)?\s*[:=]?\s*{_PERCENT}{_BETWEEN}\b(?:Y(?:ellow)?|J(?:aune)?|A(?:marillo)?)\s*[:=]?\s*{_PERCENT}{_BETWEEN}\b(?:K|Key|Black|B|N(?:oir|egro)?)\s*[:=]?\s*{_PERCENT}(?!\w)",
    re.IGNORECASE,
)
_CMYK_PREFIXED = re.compile(
    rf"\b(?:C\s*[,/]?\s*M\s*[,/]?\s*Y\s*[,/]?\s*K|CMJN|CMAN|CMYN)\b\s*(?:values?|codes?)?\s*[:=(-]?\s*{_PERCENT}{_STEP}{_PERCENT}{_STEP}{_PERCENT}{_STEP}{_PERCENT}(?!\w|\.\d)",
    re.IGNORECASE,
)
_RGB_SUFFIXED = re.compile(rf"\b{_NUMBER}\s*R{_BETWEEN}{_NUMBER}\s*G{_BETWEEN}{_NUMBER}\s*B\b", re.IGNORECASE)
_CMYK_SUFFIXED = re.compile(
    rf"\b{_NUMBER}%?\s*C{_BETWEEN}{_NUMBER}%?\s*M{_BETWEEN}{_NUMBER}%?\s*Y{_BETWEEN}{_NUMBER}%?\s*K\b", re.IGNORECASE
)
_HSB = re.compile(
    rf"\bHS[BV]\b\s*[:=(-]?\s*{_NUMBER}°?(?:\s*[,/|·-]\s*|\s+){_PERCENT}(?:\s*[,/|·-]\s*|\s+){_PERCENT}(?!\w|\.\d)",
    re.IGNORECASE,
)
_QUARTET = re.compile(
    rf"(?<![\w.#%-]){_PERCENT}(?:\s*[,/|·•]\s*|\s+|-){_PERCENT}(?:\s*[,/|·•]\s*|\s+|-){_PERCENT}(?:\s*[,/|·•]\s*|\s+|-){_PERCENT}(?!\w|\.\d|\s*[,/|·•-]?\s*\d)"
)
_SUFFIX = r"(?:\s?(?:CVC|CVU|CV|CP|UP|XGC|TCX|TPX|TPG|TC|C|U|M)\b)?"
_INK_WORD = (
    r"(?:(?:process|hexachrome|rubine|rhodamine|reflex|warm|cool|bright|medium|dark)\s+)?"
    r"(?:red|orange|yellow|green|blue|purple|violet|pink|black|gr[ae]y|white|magenta|cyan|silver|gold)\b(?:\s+\d{1,4})?"
)
_INK = rf"(?:{_INK_WORD}|\d{{2}}-\d{{4}}|\d{{2,5}})"
_PANTONE = re.compile(
    rf"\b(?:pantone|pms)\b(?:\s*®|\s*\(?(?:pms|coated|solid coated|spot|colou?r)\)?)?\s*[:#-]?\s*({_INK}{_SUFFIX})",
    re.IGNORECASE,
)
_PANTONE_SUFFIX_FIRST = re.compile(r"\b(?:pantone|pms)\s+([CU])\s*[:#-]?\s*(\d{2,5})\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_BARE_INK = re.compile(rf"(?:{_INK}{_SUFFIX})\Z", re.IGNORECASE)


def speaks_of_colour(text: str) -> bool:
    """Whether `text` (a heading, a table's header cell) says that what follows are colours."""
    return bool(_COLOUR_WORD.search(text.lower()))


def find_colours(text: str, *, hint: str = "") -> list[ColourMention]:
    """Every colour written in `text`, in order of place, none overlapping.

    Args:
        text: one block of text, line breaks kept.
        hint: words that give it meaning from outside: the heading above, the header cell of its column. Bare numbers
            and bare hex digits count only when the block or the hint says what they are.
    """
    plain = plain_text(text)
    found = _find(plain.text, plain_text(hint).text)
    return found if plain.is_as_written else [_as_written(mention, plain) for mention in found]


def _as_written(mention: ColourMention, plain: PlainText) -> ColourMention:
    start, end = plain.place(mention.start, mention.end)
    return replace(mention, start=start, end=end, text=plain.written[start:end])


def _find(text: str, hint: str) -> list[ColourMention]:
    taken: list[ColourMention] = []
    covered = bytearray(len(text))

    def claim(mention: ColourMention | None) -> None:
        if mention and 1 not in covered[mention.start : mention.end]:
            taken.append(mention)
            covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)

    if "\\" in text:
        for match in _LATEX.finditer(text):
            claim(_latex(match))
    if "(" in text:
        for match in _FUNCTION.finditer(text):
            claim(_function(match))
    in_context = speaks_of_colour(hint) or speaks_of_colour(text)
    if in_context:
        for match in _SPACED_HEX.finditer(text):
            claim(_spaced_hex(match))
    if "#" in text:
        for match in _HASH_HEX.finditer(text):
            digits = match[1]
            if len(digits) in (3, 4) and not in_context and _is_ambiguous(digits):
                continue
            claim(_hex(match, "hex"))
    if _DIGIT.search(text):
        _claim_numbers(text, hint, claim)
        _claim_bare_hex(text, hint, in_context, claim)
    elif len(text) < 400:
        _claim_bare_hex(text, hint, in_context, claim)
    for match in _PANTONE_SUFFIX_FIRST.finditer(text):
        name = f"PANTONE {match[2]} {match[1].upper()}"
        claim(ColourMention(match.start(), match.end(), match[0], "spot", "spot", None, spot_name=name))
    for match in _PANTONE.finditer(text):
        claim(ColourMention(match.start(), match.end(), match[0], "spot", "spot", None, spot_name=_spot_name(match[1])))
    if re.search(r"\bpms\b|pantone", hint, re.IGNORECASE) and _BARE_INK.match(text.strip()):
        start = text.index(text.strip())
        claim(
            ColourMention(
                start, start + len(text.strip()), text.strip(), "spot", "spot", None, spot_name=_spot_name(text.strip())
            )
        )
    return sorted(taken, key=lambda mention: mention.start)


def _claim_numbers(text: str, hint: str, claim: "object") -> None:
    assert callable(claim)
    for pattern in (_CMYK_LABELLED, _CMYK_PREFIXED, _CMYK_SUFFIXED):
        for match in pattern.finditer(text):
            claim(_cmyk(match))
    for pattern in (_RGB_LABELLED, _RGB_PREFIXED, _RGB_DOTTED, _RGB_SUFFIXED):
        for match in pattern.finditer(text):
            claim(_rgb(match))
    for match in _HSB.finditer(text):
        claim(_hsb(match))
    if _CMYK_WORD.search(hint):
        for match in _QUARTET.finditer(text):
            claim(_cmyk(match))
    if _RGB_WORD.search(hint):
        for match in _TRIPLET.finditer(text):
            claim(_rgb(match))


def _claim_bare_hex(text: str, hint: str, in_context: bool, claim: "object") -> None:
    assert callable(claim)
    if _RIGHT_TO_LEFT.search(text):
        for match in _MIRRORED_HEX.finditer(text):
            claim(_hex(match, "hex"))
    for match in _KEYWORD_HEX.finditer(text):
        claim(_hex(match, "bare_hex"))
    if not in_context:
        return
    is_hex_column = bool(re.search(r"\bhex|\bhtml\b|\bweb\b|#", hint, re.IGNORECASE))
    whole = text.strip()
    for match in _BARE_HEX.finditer(text):
        digits = match[1]
        has_digit = any(character.isdigit() for character in digits)
        has_letter = any(character.isalpha() for character in digits)
        if (has_digit and has_letter) or is_hex_column or (whole == match[0] and has_digit):
            claim(_hex(match, "bare_hex"))


def _is_ambiguous(digits: str) -> bool:
    """'#123' may be an issue, '#2024' a year, '#add' and '#fade' tags; '#fff' is white."""
    return digits.isdigit() or (digits.isalpha() and len(set(digits.lower())) > 1)


def _hex(match: re.Match[str], notation: Notation) -> ColourMention | None:
    colour = parse_css_colour("#" + match[1])
    if colour is None:
        return None
    return ColourMention(
        match.start(), match.end(), match[0], notation, "rgb", colour.hex, colour.components, colour.alpha
    )


def _spaced_hex(match: re.Match[str]) -> ColourMention | None:
    digits = "".join(part for part in match.groups() if part)
    channels = tuple(float(int(digits[place : place + 2], 16)) for place in (0, 2, 4))
    return ColourMention(match.start(), match.end(), match[0], "hex", "rgb", hex_of(*channels), channels)


def _function(match: re.Match[str]) -> ColourMention | None:
    colour = parse_css_colour(match[0])
    if colour is None:
        return None
    return ColourMention(
        match.start(), match.end(), match[0], "function", colour.space, colour.hex, colour.components, colour.alpha
    )


def _rgb(match: re.Match[str]) -> ColourMention | None:
    channels = tuple(float(part) for part in match.groups()[:3])
    if max(channels) > 255:
        return None
    return ColourMention(
        match.start(), match.end(), match[0].rstrip(), "rgb_numbers", "rgb", hex_of(*channels), channels
    )


def _hsb(match: re.Match[str]) -> ColourMention | None:
    hue, saturation, brightness = (float(part) for part in match.groups()[:3])
    if hue > 360 or saturation > 100 or brightness > 100:
        return None
    channels = colorsys.hsv_to_rgb(hue / 360, saturation / 100, brightness / 100)
    hex_value = hex_of(*(channel * 255 for channel in channels))
    stated = (hue, saturation, brightness)
    return ColourMention(match.start(), match.end(), match[0].rstrip(), "function", "hsl", hex_value, stated)


def _cmyk(match: re.Match[str]) -> ColourMention | None:
    percents = [float(part) for part in match.groups()[:4]]
    if max(percents) > 100:
        return None
    inks = tuple(round(percent / 100, 4) for percent in percents)
    return ColourMention(match.start(), match.end(), match[0].rstrip(), "cmyk_numbers", "cmyk", None, inks)


def _latex(match: re.Match[str]) -> ColourMention | None:
    name, model, value = match[1].strip(), match[2], match[3].strip()
    space: Space = "rgb"
    hex_value: str | None = None
    components: tuple[float, ...] = ()
    try:
        if model == "HTML":
            if not re.fullmatch(r"[0-9A-Fa-f]{6}", value):
                return None
            hex_value = "#" + value.upper()
            components = tuple(float(channel) for channel in rgb_of(hex_value))
        else:
            components = tuple(float(part) for part in value.split(","))
            if model == "cmyk":
                space = "cmyk"
            elif model in ("gray", "Gray"):
                space = "gray"
                level = components[0] * (255 if model == "gray" else 17)
                hex_value = hex_of(level, level, level)
            else:
                components = tuple(part * (1 if model == "RGB" else 255) for part in components)
                hex_value = hex_of(*components)
    except (ValueError, TypeError, IndexError):
        return None
    return ColourMention(match.start(), match.end(), match[0], "latex", space, hex_value, components, name=name)


def _spot_name(ink: str) -> str:
    words = re.sub(r"\s+", " ", ink).strip()
    return "PANTONE " + re.sub(r"(?<=\d)(?=[A-Z]+$)", " ", words)
