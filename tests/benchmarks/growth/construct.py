"""One construct that may repeat in a file, as a function from a number to the file's bytes."""

from collections.abc import Callable
from dataclasses import dataclass

HTML, CSS, SVG = ("text/html", ".html"), ("text/css", ".css"), ("image/svg+xml", ".svg")
SCSS, LESS = ("text/x-scss", ".scss"), ("text/x-less", ".less")
MARKDOWN, RST, ASCIIDOC = ("text/markdown", ".md"), ("text/plain", ".rst"), ("text/plain", ".adoc")
LATEX, TEXT, CSV = ("text/x-tex", ".tex"), ("text/plain", ".txt"), ("text/csv", ".csv")
JSON, YAML, TOML, GIMP = (
    ("application/json", ".json"),
    ("text/plain", ".yml"),
    ("text/plain", ".toml"),
    ("text/plain", ".gpl"),
)
PYTHON, SCRIPT = ("text/plain", ".py"), ("text/plain", ".js")
PDF, FONT = ("application/pdf", ".pdf"), ("font/ttf", ".ttf")
PNG, JPEG = ("image/png", ".png"), ("image/jpeg", ".jpg")
_OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = (f"{_OOXML}.wordprocessingml.document", ".docx")
PPTX = (f"{_OOXML}.presentationml.presentation", ".pptx")
XLSX = (f"{_OOXML}.spreadsheetml.sheet", ".xlsx")
ODT = ("application/vnd.oasis.opendocument.text", ".odt")

Kind = tuple[str, str]


@dataclass(frozen=True)
class Construct:
    """Something that may stand in a file n times."""

    name: str
    kind: Kind
    """Media type and suffix."""
    make: Callable[[int], str | bytes]
    first: int = 250
    """The smallest n that is tried."""

    def bytes_of(self, n: int) -> bytes:
        """The file with n of it."""
        made = self.make(n)
        return made.encode() if isinstance(made, str) else made

    @property
    def label(self) -> str:
        """Format and name."""
        return f"{self.kind[1][1:]:5s} {self.name}"
