"""Colours that an instruction asks for beside the ground: of one part ("the headline in red"), or of the picture.

From an instruction and its brief to `ColourAsked`s, in the request's words. What must not live here: which colour of
the brand is meant, or whether it can be had (`plan/asked/part_colours.py`).
"""

import re
from collections.abc import Collection
from typing import Literal, NamedTuple

from sgd_assets.renders.brief.beyond import without_words
from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.lexicon import Hit
from sgd_assets.renders.brief.model import Brief

Part = Literal["headline", "body", "call_to_action", "date", "price", "url", "legal", "extra"]
_PARTS: dict[str, Part] = {
    "headline": "headline", "body": "body", "call_to_action": "call_to_action", "date": "date", "price": "price",
    "url": "url", "legal": "legal", "text": "headline",
}  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_STOP = re.compile(r"[,;:!?()\n\r、，。；！？،؛|]|\.(?=\s|$)|\s[-–—]\s")
_FAR = 60  # characters between a part and its colour
_BLANKS = re.compile(BLANK + "+")
_LEADS = ("as", "join", "on", "ask", "edit", "link", "or", "only")
_MOST = 24  # colours that are looked at


class ColourAsked(NamedTuple):
    """A colour as it is asked for, of a part or, with None, of the picture at large."""

    part: Part | None
    colour: str


class _Token(NamedTuple):
    start: int
    end: int
    words: str


def colours_asked(instruction: str, brief: Brief, *, names: Collection[str] = ()) -> tuple[ColourAsked, ...]:
    """Each such colour once, in order; the ground's, refused ones, and those of a picture or a topic are none.

    Args:
        instruction: as the request has it.
        brief: its words, ground and prohibitions.
        names: of the brand's own colours, which no vocabulary holds.
    """
    told = without_words(instruction, brief)
    found: list[ColourAsked] = []
    for token in _tokens(told, names)[:_MOST]:
        if _is_taken(told, token, brief):
            continue
        part = _part_of(told, token)
        if part is not None or _is_plain_wish(told, token):
            found.append(ColourAsked(part, token.words))
    return tuple(dict.fromkeys(found))


def _tokens(told: Instruction, names: Collection[str]) -> list[_Token]:
    """Every colour that is named: a hex, a colour's word with what shades it, a name or a role of the brand's."""
    found = [_Token(*match.span(), match.group()) for match in _HEX.finditer(told.text)]
    for name in sorted(names, key=len, reverse=True):
        found += [
            _Token(*match.span(), match.group())
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", told.text, re.I)
        ]
    for hit in told.hits:
        if hit.kind == "colour" and not any(one.start <= hit.start < one.end for one in found):
            shade = [
                each
                for each in told.within(max(0, hit.start - 16), hit.start, "mood", "role")
                if _touches(told, each, hit)
            ]
            lead = f"{shade[-1].value} " if shade and shade[-1].value not in hit.value else ""
            found.append(_Token(shade[0].start if shade else hit.start, hit.end, f"{lead}{hit.value}"))
    return sorted(found)


def _touches(told: Instruction, one: Hit, other: Hit) -> bool:
    return one.end <= other.start and not told.text[one.end : other.start].strip(" -")


def _is_taken(told: Instruction, token: _Token, brief: Brief) -> bool:
    """Whether a colour is the ground's, refused, of a picture, or of what the picture is about."""
    begin, end = _clause(told, token)
    before, around = told.within(begin, token.start), told.within(begin, end)
    if any(hit.kind == "not" for hit in before):
        return True
    if any((hit.kind, hit.value) == ("thing", "ground") or hit.kind == "ground" for hit in around):
        return not any(hit.kind == "part" and hit.value in _PARTS for hit in around)
    if brief.ground is not None and token.words.casefold() in brief.ground.casefold():
        return True
    if ("thing", "gradient") in {(hit.kind, hit.value) for hit in around}:
        return False  # "a gold to pink gradient"
    named = [hit for hit in before if hit.kind in ("image", "link", "show")]
    is_subject = bool(named) and not any(hit.kind in ("part", "join") and hit.start > named[-1].start for hit in before)
    return is_subject or (told.text[token.start].isupper() and told.languages[0] != "de" and token.words.islower())


def _part_of(told: Instruction, token: _Token) -> Part | None:
    """The part that a colour is of: right behind it ("a blue button"), or the last one before it in its clause."""
    begin, end = _clause(told, token)
    behind = [
        hit for hit in told.within(token.end, end, "part", "thing") if not told.text[token.end : hit.start].strip()
    ]
    if behind:
        return _PARTS.get(behind[0].value) if behind[0].kind == "part" else None
    before = told.within(max(begin, token.start - _FAR), token.start, "part", "thing")
    if not before or before[-1].kind != "part":
        return None
    between = _BLANKS.sub(" ", told.text[before[-1].end : token.start])
    is_near = len(between.split()) <= 3 or BLANK in told.text[before[-1].end : token.start]
    return _PARTS.get(before[-1].value) if is_near else None


def _is_plain_wish(told: Instruction, token: _Token) -> bool:
    """ "in pink", "use pink and gold", "with #FF00AA": a colour that no unknown noun follows ("red wine")."""
    if _HEX.match(told.text, token.start):
        return True
    _, end = _clause(told, token)
    rest = told.text[token.end : end].lstrip()
    nexts = told.within(token.end, end)
    follows = nexts[0] if nexts and not told.text[token.end : nexts[0].start].strip() else None
    is_end = not rest or rest[0] == BLANK or (follows is not None and follows.kind in ("join", "or", "not", "as", "on"))
    is_thing = follows is not None and (follows.kind, follows.value) in (("thing", "colours"), ("thing", "gradient"))
    is_thing = is_thing or (
        follows is not None and follows.kind in ("colour", "link") and "gradient" in {hit.value for hit in nexts}
    )
    begin = _clause(told, token)[0]
    lead = told.within(begin, token.start, *_LEADS)
    return (is_end or is_thing) and bool(lead)


def _clause(told: Instruction, token: _Token) -> tuple[int, int]:
    begin = max((match.end() for match in _STOP.finditer(told.text, 0, token.start)), default=0)
    stop = _STOP.search(told.text, token.end)
    return begin, stop.start() if stop else len(told.text)
