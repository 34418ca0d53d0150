"""Palettes defined in source files (Python, R, JavaScript, TypeScript) -> colours named by their place, and comments.

One scanner for all of them: it knows strings, brackets, names and comments, and runs nothing. A definition counts where
its own name, the names around it or the comment above it speak of colour. What must not live here: style sheets
(`css`), data files (`design_tokens`), and what a colour is worth.
"""

import re
from dataclasses import dataclass, field

from sgd_resources.colour import hex_of
from sgd_resources.parsed_document import ColourUse, FontUse, Location, TextBlock
from sgd_resources.parsers.colours.css_colour import CssColour, parse_css_colour
from sgd_resources.parsers.font_names import is_generic_family, split_font_name
from sgd_resources.parsers.parts import ParsedParts, decode_text

_STRING = r"(?P<string>\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`[^`\n]*`)"
_REST = (
    r"(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<assign><-|:(?!:)|=(?![=>]))|(?P<end>[,;\n])|"
    r"(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_$][\w$.]*)"
)
_HASHED = re.compile(rf"{_STRING}|(?P<comment>\#[^\n]*)|{_REST}", re.DOTALL)
_SLASHED = re.compile(rf"{_STRING}|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))|{_REST}", re.DOTALL)
_HASH_LANGUAGES = (".py", ".r")
_SPEAKS = re.compile(
    r"(?i)colou?rs?|palette|brand|swatch|theme|shades?|tints?|primary|secondary|accent|(?:^|[._])cols?(?:$|[._])"
)
_HUE = re.compile(r"(?i)(?:^|[._ ])(?:red|orange|yellow|green|blue|teal|purple|violet|pink|gr[ae]y|navy|gold)\d*$")
_FAMILY = re.compile(r"(?i)(?:^|[._])font[-_]?famil(?:y|ies)(?:$|[._])")
"""A place in a theme whose strings are font families."""
_FEWEST_OF_A_PALETTE = 2  # one colour in a file of its own says little
_GENERIC = frozenset({"color", "colour", "hex", "value", "code", "rgb", "c", "hexcode"})
"""Keys that say what kind of thing their value is, not which."""
_NAMING = frozenset({"name", "label", "title"})
_COLOUR_TEXT = re.compile(r"#[0-9A-Fa-f]{3,8}\Z|(?:rgb|hsl)a?\([^()]{3,60}\)\Z")
_BARE_HEX = re.compile(r"(?=.*\d)(?=.*[A-Fa-f])[0-9A-Fa-f]{6}\Z")
_DEEPEST = 60  # objects nest a few deep; bounds the stack


@dataclass
class _Frame:
    """One open bracket: what it is assigned to, and what was said in it so far."""

    key: str
    start: int
    own_key: str = ""
    name: str = ""
    section: str = ""
    numbers: list[float] = field(default_factory=list)
    has_strings: bool = False


def parse_code_palette(data: bytes, suffix: str) -> ParsedParts:
    """Definitions and comments in file order."""
    return _Scanner(decode_text(data), suffix).read()


class _Scanner:
    def __init__(self, text: str, suffix: str) -> None:
        self._text = text
        self._grammar = _HASHED if suffix in _HASH_LANGUAGES else _SLASHED
        self._stack = [_Frame("", 0)]
        self._pending = ""
        self._line, self._line_start = 1, 0
        self._on_line = 0
        self._is_new_section = False
        self._is_last_a_string = False
        self._other_strings = 0
        self._unspoken: list[ColourUse] = []
        self._families: set[str] = set()
        self.parts = ParsedParts()

    def read(self) -> ParsedParts:
        for match in self._grammar.finditer(self._text):
            kind, text = match.lastgroup, match[0]
            top = self._stack[-1]
            if kind == "comment":
                self._comment(text, match.start())
            elif kind == "string":
                self._string(text.strip(text[0]), top)
            elif kind == "word":
                self._pending = re.sub(r"^(?:(?:self|this|cls|exports)\.|module\.exports$)", "", text)
            elif kind == "number":
                top.numbers.append(float(text))
                self._pending = text
            elif kind == "assign":
                self._other_strings -= self._is_last_a_string  # a key in quotes
                top.own_key, self._pending = self._pending, ""
            elif kind == "open" and len(self._stack) < _DEEPEST:
                self._stack.append(_Frame(self._own(top), match.start()))
            elif kind == "close" and len(self._stack) > 1:
                self._close(self._stack.pop(), match.end())
            elif text == "\n" and match.start() == self._line_start and not self._is_new_section:
                top.section = ""  # a blank line ends what a comment stands over
            elif kind == "end" and (text != "\n" or len(self._stack) == 1):
                top.own_key = self._pending = ""
            if kind != "comment" and text != "\n":
                self._is_new_section = False
            self._is_last_a_string = kind == "string" and self._is_other(text)
            self._lines(match)
        if not self.parts.colours and not self._other_strings and len(self._unspoken) >= _FEWEST_OF_A_PALETTE:
            self.parts.colours = self._unspoken  # a file that holds colours and nothing else is a palette
        return self.parts

    @staticmethod
    def _is_other(text: str) -> bool:
        return not _COLOUR_TEXT.match(text.strip(text[0]))

    def _lines(self, match: re.Match[str]) -> None:
        breaks = match[0].count("\n")
        if breaks:
            self._line += breaks
            self._line_start = match.start() + match[0].rfind("\n") + 1
            self._on_line = len(self.parts.colours)

    def _comment(self, text: str, start: int) -> None:
        words = " ".join(re.sub(r"[-=*#/_—]{2,}|^[#/*\s]+|[#*/\s]+$", " ", text).split())
        if not re.search(r"[^\W\d_]{2}", words):
            return
        self.parts.text_blocks.append(TextBlock(text=words, kind="code", location=Location(line=self._line)))
        if self._text[self._line_start : start].strip():
            labelled = [use.model_copy(update={"label": words[:160]}) for use in self.parts.colours[self._on_line :]]
            self.parts.colours[self._on_line :] = labelled
            return
        self._stack[-1].section = words
        self._is_new_section = True

    def _string(self, value: str, top: _Frame) -> None:
        top.has_strings = True
        colour = parse_css_colour(value) if _COLOUR_TEXT.match(value) else None
        if colour is None and _BARE_HEX.match(value) and self._speaks():
            colour = parse_css_colour(f"#{value}")
        if colour is not None:
            self._emit(colour, value)
        else:
            self._other_strings += 1
            if top.own_key.lower() in _NAMING:
                top.name = value[:60]
            self._family(value)
        self._pending = value[:60]

    def _close(self, frame: _Frame, end: int) -> None:
        channels = frame.numbers[:3]
        if frame.has_strings or len(frame.numbers) not in (3, 4) or not (1 < max(channels) <= 255):
            return
        self._emit(
            CssColour(hex_of(*channels), "rgb", tuple(channels)), self._text[frame.start : end][:80], outer=frame
        )

    def _emit(self, colour: CssColour, written: str, *, outer: _Frame | None = None) -> None:
        name = self._path(outer)
        use = ColourUse(
            hex=colour.hex,
            space=colour.space,
            components=colour.components,
            source="design_token",
            name=name or None,
            label=self._section()[:160] or None,
            operator=written,
            alpha=colour.alpha,
            location=Location(line=self._line),
        )
        speaks = self._speaks(outer) or bool(_HUE.search(name))
        (self.parts.colours if speaks else self._unspoken).append(use)

    def _family(self, value: str) -> None:
        """The first family of a stack; what follows it stands in for it."""
        place = self._path()
        first = value.split(",", maxsplit=1)[0].strip().strip("\"'")
        if place in self._families or not _FAMILY.search(place) or not re.match(r"[A-Za-z][\w .-]*\Z", first):
            return
        if is_generic_family(first):
            return
        self._families.add(place)
        family, style = split_font_name(first)
        self.parts.fonts.append(
            FontUse(
                family=family,
                raw_name=first,
                source="design_token",
                name=place,
                style=style,
                location=Location(line=self._line),
            )
        )

    def _own(self, frame: _Frame) -> str:
        return frame.name or ("" if frame.own_key.lower() in _GENERIC else frame.own_key)

    def _path(self, outer: _Frame | None = None) -> str:
        keys = [frame.key for frame in self._stack] + ([outer.key] if outer else [self._own(self._stack[-1])])
        return ".".join(dict.fromkeys(filter(None, keys)))[:160]

    def _section(self) -> str:
        return next((frame.section for frame in reversed(self._stack) if frame.section), "")

    def _speaks(self, outer: _Frame | None = None) -> bool:
        return bool(_SPEAKS.search(f"{self._path(outer)} {self._section()}"))
