"""What one format's parser hands back: the lists of a ParsedDocument, before identity and version are put on."""

from dataclasses import dataclass, field

from sgd_resources.parsed_document import ColourUse, FontUse, ImageUse, Page, TextBlock


@dataclass
class ParsedParts:
    """Collected in reading order by one format parser; `select` freezes it into a ParsedDocument."""

    title: str | None = None
    pages: list[Page] = field(default_factory=list)
    text_blocks: list[TextBlock] = field(default_factory=list)
    colours: list[ColourUse] = field(default_factory=list)
    fonts: list[FontUse] = field(default_factory=list)
    images: list[ImageUse] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def extend(self, other: "ParsedParts") -> None:
        """Append everything of `other`; its title only where there is none yet."""
        self.title = self.title or other.title
        self.pages += other.pages
        self.text_blocks += other.text_blocks
        self.colours += other.colours
        self.fonts += other.fonts
        self.images += other.images
        self.warnings += other.warnings


def decode_text(data: bytes) -> str:
    """Text of a source file: UTF-8 with or without mark, UTF-16 by its mark, else Windows-1252. Line ends become LF."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
