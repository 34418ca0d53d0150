"""What words are by their look: a date, a price, a web address, a call to action, small print.

What must not live here: labels, which come before looks (`labelled/`).
"""

import re

from sgd_assets.renders.brief.lexicon import Hit, read_terms, words_of
from sgd_assets.renders.brief.model import ElementName

URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”«»,;、。，]{3,}|"
    r"\b[\w-]{2,40}(?:\.[\w-]{2,40}){1,4}(?:/[^\s<>\"“”«»,;、。，]*)?(?=[\s.,;!?)、。]|$)",
    re.I,
)
_DOMAIN = re.compile(
    r"(?:^https?://|^www\.|\.(?:com|org|net|io|co|eu|de|fr|es|it|pt|nl|se|dk|no|pl|cz|jp|cn|kr|tr|il|"
    r"uk|us|ch|at|be|info|shop|app|dev|example|test|studio|design|art|events?|museum|"
    r"[a-z]{2})(?:[/?#]|$))",
    re.I,
)
CURRENCY = (
    r"[€$£¥￥₩₺₪₽₴₫₹]|\b(?:EUR|USD|GBP|CHF|SEK|DKK|NOK|PLN|CZK|TRY|JPY|kr|zł|Kč|TL|ILS|SAR|AED|HUF|RON|BGN|UAH|RUB|RSD|INR|VND|IDR|euros?|"
    r"dollars?|pounds?|Ft|lei|лв|грн|руб|дин|din|đồng)\b|\bRp|रुपये|円|元|원|ريال|درهم|شيكل|ש.ח|₪|יורו|يورو"
)
_PRICE = re.compile(rf"(?:{CURRENCY})\s*\d|\d[\d.,\s]*(?:[.,]-|,–)?\s*(?:{CURRENCY})", re.I)
_NUMERIC_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]?(?:\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}\b|\d{1,2}\s*月|\d{1,2}\s*日|"
    r"\d{1,2}\s*월|\d{4}\s*年"
)
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}\s?(?:am|pm|uhr|h)\b|\d{1,2}\s*[時点點시]", re.I)


def look_of(words: str) -> ElementName | None:
    """The part that words without a label are; None for plain words."""
    text = words.strip()
    if not text:
        return None
    if len(text) <= 200 and is_url(text):
        return "url"
    hits, _ = read_terms(text[:400])
    count = len(words_of(text[:400]))
    if any(hit.kind == "fine" for hit in hits) or text.startswith(("*", "©", "※", "¹")):
        return "legal"
    if count <= 8 and _PRICE.search(text):
        return "price"
    if is_date(text, hits, count):
        return "date"
    starts_with_act = any(hit.kind == "act" and hit.start <= 1 for hit in hits)
    is_short = count <= 6 and len(text) <= 42 and text[-1:] not in ".。"
    has_act = starts_with_act or (text[-1:] in "→>»›" or any(hit.kind == "act" and len(text) <= 16 for hit in hits))
    return "call_to_action" if is_short and has_act else None


def is_url(text: str) -> bool:
    """Whether the whole is a web address."""
    match = URL.fullmatch(text.rstrip("."))
    return match is not None and bool(_DOMAIN.search(text.rstrip(".")))


def is_date(text: str, hits: tuple[Hit, ...], count: int) -> bool:
    """Whether a short line says when: a day with a number, a numeric date, or a time of day."""
    if count > 12 or len(text) > 60:
        return False
    days = [hit for hit in hits if hit.kind == "when"]
    has_number = any(c.isdigit() for c in text)
    said = sum(len(text[hit.start : hit.end].split()) for hit in days)
    if days and has_number:
        return count - said <= 6
    if _NUMERIC_DATE.search(text):
        return count <= 9
    return bool(_CLOCK.search(text)) and count <= 6


def web_addresses(text: str) -> tuple[tuple[int, int], ...]:
    """Where web addresses stand in a text; of a mail address no part is one."""
    found = []
    for match in URL.finditer(text):
        end = match.end() - len(match.group()) + len(match.group().rstrip(".,;:!?"))
        is_mail = text[match.start() - 1 : match.start()] == "@" or text[end : end + 1] == "@"
        if not is_mail and _DOMAIN.search(text[match.start() : end]):
            found.append((match.start(), end))
    return tuple(found)
