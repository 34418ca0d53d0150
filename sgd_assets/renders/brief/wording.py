"""What a render says: headline and body taken from the instruction. Quoted words are used as they stand.

Nothing is invented: the local route has no model, so what the instruction does not say is not on the picture.
"""

import re
from dataclasses import dataclass

_QUOTED = re.compile(
    r'"([^"]{2,300})"|“([^”]{2,300})”|„([^“”]{2,300})[“”]|«\s*([^»]{2,300}?)\s*»|(?<!\w)\'([^\'\n]{3,300})\'(?!\w)|(?<!\w)‘([^’\n]{3,300})’(?!\w)'
)
_LABELLED = re.compile(
    r"\b(?:headline|title|heading|slogan|tagline|text|copy|says?|saying|reads?|reading|called|titled)\b\s*(?:is|:|-|=)?\s*:\s*([^\n.;|]{3,160})",
    re.I,
)
_SUB_LABELLED = re.compile(
    r"\b(?:sub-?(?:line|title|heading|headline)|body(?: text)?|caption)\b\s*(?:is)?\s*:\s*([^\n;|]{3,300})", re.I
)
_ATTRIBUTED = re.compile(
    r"\b(?:by|from|attributed to|[-–—])\s+"
    r"((?:[A-Z][\w.'’-]+)(?:\s+(?:[A-Z][\w.'’-]+|of|de|van|von|la|the)){0,4})\s*[.!]?\s*$"
)
_COMMAND = re.compile(
    r"^\s*(?:please\s+)?(?:(?:can|could|would)\s+you\s+|i(?:'d| would)\s+like\s+|(?:we|i)\s+need\s+|let'?s\s+)?"
    r"(?:please\s+)?(?:to\s+)?(?:(?:create|make|design|draw|render|produce|generate|compose|build|give\s+(?:me|us)|prepare|write|edit|vary|"
    r"do|show|announce|promote|advertise|celebrate|introduce)\b\s*)?(?:(?:me|us)\b\s*)?"
    r"(?:(?:a|an|the|some|our|two|three|four|five|six|several|\d+)\b\s*)?",
    re.I,
)
_ARTEFACT = re.compile(
    r"^(?:[\w&/-]+[ ,]+){0,5}?(?:posters?|banners?|cards?|posts?|stor(?:y|ies)|tiles?|graphics?|images?|pictures?|ads?|"
    r"adverts?|advertisements?|flyers?|"
    r"leaflets?|covers?|headers?|thumbnails?|slides?|visuals?|wallpapers?|stickers?|billboards?|variations?|leaderboards?|invitations?|"
    r"announcements?|quote\s+cards?|renders?)\b(?:\s+(?:variations?|image|graphic|post|card|ad))?\s*",
    re.I,
)
_LINK = re.compile(
    r"^(?:for|about|on|announcing|promoting|celebrating|introducing|presenting|to\s+(?:announce|promote|celebrate|introduce|launch)|that\s+(?:announces|promotes|celebrates|introduces|says|shows)|which\s+\w+s|of|with|saying|showing)\s+(?:the|our|a|an|its|their)?\s*",
    re.I,
)
_STYLE_TAIL = re.compile(
    r"(?:[,;.]\s*|\s+)(?:using|use|in\s+(?:our|the)\s+brand|with\s+(?:our|the|a|an|plenty|lots|bold|large|big|clean)\b|in\s+(?:a|an)\s+\w+\s+(?:style|layout|look)|"
    r"keep\s+it|make\s+it|make\s+sure|it\s+should|the\s+logo|on\s+a\s+\w+\s+background|dark\s+background|light\s+background|no\s+text|for\s+(?:instagram|linkedin|facebook|x|twitter|print|the\s+web(?:site)?|social(?:\s+media)?))\b.*$",
    re.I | re.S,
)
_MAX_HEADLINE = 72  # two lines of a headline on the usual formats


@dataclass(frozen=True)
class Wording:
    """The words of one render; `is_verbatim` when they were quoted and may not be changed."""

    headline: str | None
    body: str | None
    is_verbatim: bool
    is_quotation: bool = False
    attribution: str | None = None


def read_wording(instruction: str | None) -> Wording:
    """Headline and body of an instruction: quoted text first, then labelled text, then a cleaned sentence."""
    if not instruction or not instruction.strip():
        return Wording(None, None, is_verbatim=False)
    is_quotation = bool(re.search(r"\b(?:quote|quotation|testimonial)\b", instruction, re.I))
    quoted = [next(part for part in match if part).strip() for match in _QUOTED.findall(instruction)]
    if quoted:
        after = _ATTRIBUTED.search(instruction[instruction.rfind(quoted[-1]) + len(quoted[-1]) + 1 :])
        body = "\n".join(quoted[1:3]) or None
        attribution = after.group(1) if is_quotation and after and body is None else None
        return Wording(quoted[0], body, is_verbatim=True, is_quotation=is_quotation, attribution=attribution)
    body_match = _SUB_LABELLED.search(instruction)
    body = body_match.group(1).strip() if body_match else None
    rest = instruction[: body_match.start()] + instruction[body_match.end() :] if body_match else instruction
    if labelled := _LABELLED.search(rest):
        return Wording(labelled.group(1).strip(), body, is_verbatim=True, is_quotation=is_quotation)
    headline, second = _cleaned(rest)
    return Wording(headline, body or second, is_verbatim=False, is_quotation=is_quotation)


def _cleaned(instruction: str) -> tuple[str | None, str | None]:
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+|;\s+", instruction.strip()) if part.strip()]
    first = sentences[0] if sentences else ""
    words = _COMMAND.sub("", first, count=1)
    words = _ARTEFACT.sub("", words, count=1)
    words = _LINK.sub("", words, count=1)
    words = _STYLE_TAIL.sub("", words).strip(" .,:;-–—")
    if len(words) < 3:
        return None, None
    body = None
    if len(words) > _MAX_HEADLINE or len(words.split()) > 8:
        words, body = _split_long(words)
    return _sentence_case(words), _sentence_case(body) if body else None


def _split_long(words: str) -> tuple[str, str | None]:
    """A long phrase broken at its first natural joint: comma, colon, or a preposition of time, place or purpose."""
    joints = re.finditer(r"\s*[,:–—]\s+|\s+(?=(?:on|at|from|in|with|for|by|during|starting|until)\s)", words)
    for joint in joints:
        head = words[: joint.start()].strip()
        if 2 <= len(head.split()) <= 8 and len(head) <= _MAX_HEADLINE:
            return head, words[joint.end() :].strip(" ,") or None
    if len(words.split()) <= 12:
        return words, None
    cut = words.split()
    return " ".join(cut[:8]), " ".join(cut[8:])


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
