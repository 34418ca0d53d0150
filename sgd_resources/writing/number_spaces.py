"""Spaces that hold a number together: its groups, its sign or unit, its range, an ordinal and what it counts.

A typesetter sets a no-break space there; whoever types copy seldom does. What must not live here: other places where
lines end (`breaks.py`), any change of the text.
"""

import re
from collections.abc import Iterator

_MONEY = "[$¢£¥€₹₽₺₴₩₪₫₦₱₿]"
_SIGNS = f"(?:{_MONEY}|[%‰٪°′″¼½¾])"
_CURRENCIES = (
    "EUR|USD|GBP|CHF|JPY|CNY|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|RSD|TRY|UAH|RUB|INR|BRL|MXN|CAD|AUD|NZD|ZAR|AED|SAR|"
    "ILS|KRW|SGD|HKD|THB|IDR|MYR|PHP|VND"
)
_UNITS = (
    "km/h|kWh/m²|km²|km|m/s|m²|m³|m2|m3|mm|cm²|cm³|cm|dm|m|kg|mg|µg|g|t|ml|cl|dl|hl|l|L|ha|h|min|ms|sec|sek|s|"
    "kWh|MWh|Wh|kW|MW|GW|W|kV|V|mAh|Ah|kHz|MHz|GHz|Hz|kB|KB|MB|GB|TB|Kbit/s|Mbit/s|Gbit/s|MP|dpi|px|pt|dB|hPa|kPa|Pa|bar|"
    "kcal|cal|kJ|J|Nm|N|PS|hp|mph|ft|lbs|lb|oz|yd|K|x|×"
)
_WORDS = (
    r"Uhr|uur|Euros?|Std\b\.?|Min\b\.?|Sek\b\.?|Mio\b\.?|Mrd\b\.?|Tsd\b\.?|[ap]\.\s?m\b\.?|[ap]m|kr\b\.?|kn|Kč|zł|Ft|lei|"
    r"лв\b\.?|руб\b\.?|₽|км|м²|м|см|мм|кг|г|л|ч|мин"
)
_END = r"(?![\w'’-])"
_BOUND = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)",
        rf"(?<=\d) (?={_SIGNS}|(?:{_CURRENCIES}|{_UNITS}|°[CF]){_END}|(?i:{_WORDS}){_END})",
        rf"(?<!\d)(?<!\d ){_MONEY} (?=\d)",
        r"\b(?<!\d )(?:CHF|EUR|USD|GBP|Rs\.?|Nr\.|No\.|[Nn]°) (?=\d)|[§№#±−] (?=\d)",
        rf"(?i:(?<=\d )(?:Mio|Mrd|Tsd)\.?) (?=(?:{_MONEY}|Euro|{_CURRENCIES}))",
        r"(?<=\d) ?(?:h|Uhr) (?=\d\d\b)|(?<=\d)° (?=[CF]\b)",
        r"(?<=\d) [-–—×x] (?=\d)|(?<=\d) (?=\d{1,2}/\d{1,2}(?!\d))",
    )
)
_PHONE = re.compile(r"(?<![\w+])(?:\+\d{1,3}|\(?0\d{1,5}\)?)(?: (?:\(0\) ?)?[\d/-]{2,9}(?![\w/-])){1,6}")
_ORDINAL = re.compile(r"(?<![\d.,])\d{1,2}\. (?:(?=[^\W\d_]{2,9}(?![^\W_]))|(?=\d{1,2}\.|\d{4}(?!\d)))")
_WITH_ORDINAL_DOT = frozenset(
    {"bs", "cs", "da", "de", "et", "fi", "hr", "hu", "is", "lb", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr"}
)
"""Languages that write an ordinal with a full stop: `3. Mai`. Longer words than a month's may go to the next line."""


def spaces_of_numbers(text: str, language: str) -> frozenset[int]:
    """Offsets of the spaces at which no line ends."""
    patterns = (*_BOUND, _ORDINAL) if language[:2] in _WITH_ORDINAL_DOT else _BOUND
    return frozenset(offset for pattern in patterns for offset in _spaces(pattern, text))


def spaces_of_phones(text: str) -> frozenset[int]:
    """Offsets of the spaces of telephone numbers: so long that a narrow line may have to end at one."""
    return frozenset(_spaces(_PHONE, text))


def _spaces(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for match in pattern.finditer(text):
        yield from (offset for offset in range(*match.span()) if text[offset] == " ")
