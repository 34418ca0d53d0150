"""What each quotation is for: the label before or behind it, who said it, or that it is not for the picture at all.

From an `Instruction` to `LabelledQuote`s. What must not live here: words without quotation marks (`label_lines.py`), or
which part words without a label become (`copy_parts.py`).
"""

import re
from dataclasses import dataclass
from typing import Literal

from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.labelled.misspelt import part_almost
from sgd_assets.renders.brief.labelled.quoted import Quote
from sgd_assets.renders.brief.lexicon import Hit, words_of

Use = Literal["copy", "forbidden", "style"]
_SEPARATOR = re.compile(r"[,;、，；،؛]|\s[-–—]\s|\)")
_NEXT = 3  # characters between a misspelt label and its quotation
_FAR = 64  # characters between a label and its quotation
_DASHED = re.compile(r"^\s*[—–―-]{1,2}\s*([^\n.,;:|()" + BLANK + r"]{2,60}?)\s*(?=[\n.,;:|(" + BLANK + r"]|$)")
_ROLE = re.compile(r",\s*[^\W\d][^\n.,;:|()!?" + BLANK + r"]{2,40}(?=[.\n]|$)")
_BRACKETED = re.compile(r"^\s*\(([^()\n" + BLANK + r"]{3,60})\)")
_CAPITAL = "[A-ZÀ-ÞŁŚŽČŠŐŰȘȚĐΆ-ΫЀ-Я]"
_NAME = rf"(?:{_CAPITAL}\.|(?:Dr|St|Mr|Ms|Mrs|Prof)\.|{_CAPITAL}[\w'’-]+)"
"""A point ends the sentence but behind an initial or a title."""
_BY = re.compile(
    r"^\s*[.,]?\s*(?:(?:[Ss]aid )?[Bb]y|from|attributed to|said by|says|von|par|de|por|di|van|av|af|autor|bak|"
    r"(?:[Gg]esagt|[Gg]esprochen) von|[Ss]o|[Ss]agte?|[Mm]eint(?:e)?|[Dd]as sagte?|[Dd]it par|[Dd]ixit|[Dd]it|"
    r"(?:[Ll][ao] )?(?:[Dd]ijo|[Dd]ice)|[Dd]icho por|[Pp]alabras de|(?:[Ll]['’]ha )?[Dd]etto(?: da)?|[Dd]ice|"
    r"[Pp]arole di|[Dd]ito por|[Dd]isse|[Gg]ezegd door|[Ss]agt av|[Ss]agt af|[Ss]äger|[Ss]iger|[Ww]ords of|"
    r"автора?|szerző|του|της|tác giả|oleh)\s+"
    rf"({_NAME}(?:\s+(?:{_NAME}|of|de|van|von|la|the|der|del)){{0,4}})"
)


@dataclass(frozen=True)
class LabelledQuote:
    """A quotation, the part that its label names (`text` for a label that leaves it open), and what it is for."""

    quote: Quote
    label: str | None
    use: Use
    attribution: str | None = None


def label_quotes(told: Instruction) -> tuple[LabelledQuote, ...]:
    """Every quotation in order."""
    found, labels_behind = [], _labels_behind(told)
    for index, quote in enumerate(told.quotes):
        start = told.quotes[index - 1].end if index else 0
        earlier = labels_behind[index - 1] if index else None
        taken = earlier[1] if earlier else start
        before = _label_before(told, max(start, taken), quote.start)
        behind = labels_behind[index]
        label = (
            behind[0]
            if behind and (before is None or before.end < quote.start - _FAR // 2)
            else before and before.value
        )
        found.append(LabelledQuote(quote, label or None, _use(told, start, quote), _attribution(told, index)))
    return tuple(found)


def _label_before(told: Instruction, start: int, end: int) -> Hit | None:
    """The nearest label in the same sentence before a quotation."""
    window = max(start, end - _FAR)
    cut = max(
        (match.end() for match in re.finditer(r"[.!?。।！？](?=\s|$)|\n\s*\n|\)", told.text[window:end])), default=0
    )
    parts = [hit for hit in told.within(window + cut, end, "part") if hit.value != "by" and not _is_channel(told, hit)]
    parts = [hit for hit in parts if not _has_words_of_its_own(told, hit.end, end)]
    return parts[-1] if parts else _misspelt_label(told, max(start, window + cut), end)


def _has_words_of_its_own(told: Instruction, start: int, end: int) -> bool:
    """ "date Sat 5 April", and the quotation stands on the next line."""
    line, is_ended, _ = told.text[start:end].partition("\n")
    return bool(is_ended) and any(c.isalnum() for c in line)


def _misspelt_label(told: Instruction, start: int, end: int) -> Hit | None:
    """The word right before a quotation, where it is a part's name but for a slip: `butten "Find us"`."""
    words = words_of(told.text[start:end].rstrip(" :="))
    if not words or end - (start + words[-1].end) > _NEXT:
        return None
    last = words[-1]
    is_known = bool(told.within(start + last.start, start + last.end))
    value = None if is_known else part_almost(last.folded, told.languages)
    return Hit(start + last.start, start + last.end, "part", value) if value else None


def _is_channel(told: Instruction, hit: Hit) -> bool:
    """ "Banner for the website" says where it is shown."""
    is_both = any(other.start == hit.start and other.kind == "who" for other in told.within(hit.start, hit.end))
    return is_both and bool(told.within(max(0, hit.start - 12), hit.start, "link", "as"))


def _labels_behind(told: Instruction) -> list[tuple[str, int] | None]:
    """For each quotation the label that follows it, with where that ends; `"Go" as the headline`, `"Go" (button)`."""
    found: list[tuple[str, int] | None] = []
    for index, quote in enumerate(told.quotes):
        limit = told.quotes[index + 1].start if index + 1 < len(told.quotes) else len(told.text)
        found.append(_label_behind(told, quote.end, min(limit, quote.end + _FAR), is_last=limit == len(told.text)))
    return found


def _label_behind(told: Instruction, start: int, end: int, *, is_last: bool) -> tuple[str, int] | None:
    gap = told.text[start:end]
    stop = re.search(r"[.!?。।！？](?=\s|$)|\n", gap)
    gap = gap[: stop.start()] if stop else gap
    parts = [hit for hit in told.within(start, start + len(gap), "part") if hit.value not in ("by",)]
    if not parts:
        return None
    first = parts[0]
    between = told.text[start : first.start]
    if "(" in between and not between.strip(" ("):
        return first.value, first.end
    if _SEPARATOR.search(between) or told.within(start, first.start, "join", "part"):
        return None
    is_marked = bool(told.within(start, first.start, "as", "link", "on")) and len(between.split()) <= 4
    is_attached = not between.strip() or is_marked
    ends = (
        _SEPARATOR.search(gap[first.end - start :])
        or told.within(first.end, start + len(gap), "join")
        or is_last
        or stop
    )
    return (first.value, first.end) if is_attached and (is_marked or ends) and ends else None


def _use(told: Instruction, start: int, quote: Quote) -> Use:
    """Words named as style, font or file, or as not to be printed, are not for the picture."""
    window = max(start, quote.start - 40)
    cut = max(
        (match.end() for match in re.finditer(r"[.!?。।！？\n,;](?=\s|$)", told.text[window : quote.start])), default=0
    )
    near = told.within(window + cut, quote.start)
    last = [hit for hit in near if hit.kind in ("not", "style", "part", "thing", "image", "only")]
    if last and last[-1].kind == "style":
        return "style"
    if last and last[-1].kind == "thing" and last[-1].value == "font":
        return "style"
    tail = near[-4:] if near else ()
    if any(hit.kind == "not" for hit in tail) and not any(hit.kind in ("thing", "image") for hit in tail):
        nots = [hit for hit in tail if hit.kind == "not"]
        if len(told.text[nots[-1].end : quote.start].split()) <= 3 and "other" not in {hit.kind for hit in tail}:
            return "forbidden"
    return "copy"


def _attribution(told: Instruction, index: int) -> str | None:
    """Who said the words, where that stands right behind them."""
    behind = told.text[told.quotes[index].end : told.quotes[index].end + 90]
    for pattern in (_DASHED, _BRACKETED, _BY):
        match = pattern.match(behind)
        if match and _is_name(told, told.quotes[index].end + match.start(1), match.group(1)):
            end = told.quotes[index].end + match.end(1)
            return match.group(1).strip() + _role(told, end)
    return None


def _role(told: Instruction, start: int) -> str:
    """ ", head of kitchen" behind a name, where it ends the sentence and is nothing that is told to the designer."""
    match = _ROLE.match(told.text, start)
    is_plain = match is not None and not any(
        hit.kind not in ("the", "link", "as", "who", "join") and hit.value != "by" for hit in told.within(*match.span())
    )
    return match.group().rstrip() if match and is_plain else ""


def _is_name(told: Instruction, start: int, words: str) -> bool:
    """Two to six words with capitals but for particles; of scripts without capitals, words that are no terms."""
    parts = words.split()
    if told.within(
        start, start + len(words), "thing", "part", "set", "place", "align", "case", "image", "mood", "colour"
    ):
        return False
    if not any(c.isupper() or c.islower() for c in words):
        return 1 <= len(parts) <= 5 and not told.within(start, start + len(words))
    capitals = [part for part in parts if part[:1].isupper()]
    return 2 <= len(parts) <= 6 and len(capitals) >= 2 and parts[0][:1].isupper()
