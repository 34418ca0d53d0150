"""Blanks template syntax (Jinja, Nunjucks, Liquid, ERB, PHP, Jekyll attributes) out of a page's source, lines kept.

Templates are evidence too: what a person wrote between the tags is text, the tags are not.
"""

import re

_OPENING = re.compile(r"\{%|\{#|\{\{|<%|<\?(?!xml)|\{:")
_CLOSING = {"{%": "%}", "{#": "#}", "{{": "}}", "<%": "%>", "<?": "?>", "{:": "}"}
_OF_ONE_LINE = "{:"
_ALSO_CSS = ("{:", "{#", "{{")
"""What a minified sheet holds too: `@layer base{:root{`, `@media screen{#top{`, `@scope{{`."""
_SHEET = re.compile(r"<style\b[^>]*>.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_STRING = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'|`((?:\\.|[^`\\])*)`", re.DOTALL)
_TITLE = re.compile(r"\{%-?\s*set\s+\w*title\w*\s*=\s*[\"']([^\"'\n]+)[\"']", re.IGNORECASE)
_TEXT_KEY = re.compile(
    r"\b(?:text|html|title|label|content|caption|heading|description|items?|body)\b\s*[:=]", re.IGNORECASE
)

_COLOUR_STRING = re.compile(r"[\"']#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})[\"']")
"""A string that is a colour: the tag calls a swatch, and another string is the colour's name."""
_NAME_STRING = re.compile(r"[A-Z][A-Za-z0-9]*")
_NUMBERS = re.compile(r"[\d.,/ %]+")


def blank_templates(source: str) -> str:
    """`source` with template tags replaced by spaces; string arguments named as text survive."""
    if "{" not in source and "<%" not in source and "<?" not in source:
        return source
    kept: list[str] = []
    sheets = _Sheets(source)
    cursor = position = 0
    unclosed: set[str] = set()  # tags without a closing one are looked for once, not from each opening
    while (opening := _OPENING.search(source, position)) is not None:
        position = opening.start() + 1
        if opening[0] in unclosed or (opening[0] in _ALSO_CSS and sheets.hold(opening.start())):
            continue
        line_end = source.find("\n", opening.end()) if opening[0] == _OF_ONE_LINE else -1
        closing = _CLOSING[opening[0]]
        found = source.find(closing, opening.end(), len(source) if line_end < 0 else line_end)
        if found < 0:
            unclosed.update([opening[0]] if line_end < 0 else [])
            continue
        position = found + len(closing)
        kept += [source[cursor : opening.start()], _blanked(source[opening.start() : position])]
        cursor = position
    return "".join([*kept, source[cursor:]])


class _Sheets:
    """Where the page's `<style>` elements lie; asked from front to back."""

    def __init__(self, source: str) -> None:
        self._spans = [match.span() for match in _SHEET.finditer(source)]
        self._next = 0

    def hold(self, position: int) -> bool:
        """Whether a position lies in one."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= position:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= position


def template_title(source: str) -> str | None:
    """The page title that a template sets, if it does."""
    match = _TITLE.search(source)
    return match[1].strip() if match else None


def _blanked(whole: str) -> str:
    is_swatch = whole.startswith(("{{", "{%")) and _COLOUR_STRING.search(whole) is not None
    if not is_swatch and not (whole.startswith("{{") and _TEXT_KEY.search(whole)):
        return re.sub(r"[^\n]", " ", whole)
    kept = list(re.sub(r"[^\n]", " ", whole))
    for found in _STRING.finditer(whole):
        group = next(index for index in (1, 2, 3) if found[index] is not None)
        if is_swatch and _NUMBERS.fullmatch(found[group]):
            continue  # without its key nobody knows which notation the numbers are in
        # one-word strings are names of icons, classes and variants, unless they are stated as text
        if (
            " " in found[group].strip()
            or "#" in found[group]
            or _TEXT_KEY.search(whole[max(0, found.start() - 14) : found.start()])
            or (is_swatch and _NAME_STRING.fullmatch(found[group]))
        ):
            kept[found.start(group) : found.end(group)] = found[group]
    return "".join(kept)
