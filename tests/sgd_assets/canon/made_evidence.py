"""Evidence written in the tests and read by the real parsers."""

import hashlib

from sgd_assets.canon.derive import derive_canon, extract_claims
from sgd_assets.canon.model import Canon
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest

_TYPES = {
    ".md": "text/markdown",
    ".html": "text/html",
    ".css": "text/css",
    ".scss": "text/x-scss",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".csv": "text/plain",
    ".rst": "text/plain",
    ".adoc": "text/plain",
    ".yml": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


VOICE = """# Voice and tone

## Our voice

We speak like a friendly expert. We consider our voice to be:

- Calm
- Direct

## Style tips

- Use contractions.
- Write in plain English.
- Avoid jargon and slang.
- Never shout.
"""
"""A guide whose section on voice states traits, dos and donts."""


def read(file_name: str, content: str | bytes) -> ParsedDocument:
    """The document of made content; the suffix says its type."""
    data = content.encode() if isinstance(content, str) else content
    suffix = "." + file_name.rsplit(".", 1)[-1]
    return LocalParser().parse(ParseRequest(hashlib.sha256(data).hexdigest(), _TYPES[suffix], data, suffix))


def canon_of(**files: str | bytes) -> Canon:
    """The canon of files, named `guide_md='...'` for 'guide.md'."""
    return derive_canon((name, read(name, content)) for name, content in _named(files))


def claims_of(**files: str | bytes) -> list[object]:
    """Claims of each file, by name."""
    return [extract_claims(read(name, content), name) for name, content in _named(files)]


def _named(files: dict[str, str | bytes]) -> list[tuple[str, str | bytes]]:
    return [(".".join(key.rsplit("_", 1)).replace("__", "/"), content) for key, content in files.items()]
