"""The files that one picture is made of, on their way into the confined child and out of their packing there.

What must not live here: opening any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sgd_assets.documents.settled.model import InkColour
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.compose.typefaces import BrandFont
from sgd_resources.ports import FontFileFacts
from sgd_resources.sandbox.packing import packed, unpacked


@dataclass(frozen=True)
class PictureFiles:
    """A logo, the brand's own fonts and the reference pictures by name, all with their bytes."""

    logo: LogoArt | None = None
    fonts: tuple[BrandFont, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def packed(self) -> tuple[bytes, dict[str, Any]]:
        """One run of bytes, and the JSON arguments that tell its parts apart."""
        logos = [self.logo] if self.logo is not None else []
        files = [*(logo.data for logo in logos), *(font.data for font in self.fonts), *self.pictures.values()]
        data, sizes = packed(files)
        return data, {
            "logo": logo_facts(logos[0]) if logos else None,
            "fonts": [{"sha256": font.sha256, "facts": asdict(font.facts)} for font in self.fonts],
            "pictures": list(self.pictures),
            "sizes": sizes,
        }

    @classmethod
    def unpacked(cls, data: bytes, arguments: Mapping[str, Any]) -> "PictureFiles":
        """The files again. Raises ValueError, KeyError or TypeError on nonsense."""
        files = unpacked(data, arguments["sizes"])
        told = arguments["logo"]
        logo = logo_of(told, files[0]) if told is not None else None
        rest: Sequence[bytes] = files[1:] if told is not None else files
        facts = arguments["fonts"]
        fonts = tuple(
            BrandFont(FontFileFacts(**one["facts"]), one["sha256"], file)
            for one, file in zip(facts, rest[: len(facts)], strict=True)
        )
        return cls(logo, fonts, dict(zip(arguments["pictures"], rest[len(facts) :], strict=True)))


def logo_facts(logo: LogoArt) -> dict[str, Any]:
    """What is told of a logo beside its bytes, as JSON."""
    return {
        "sha256": logo.sha256,
        "file_name": logo.file_name,
        "media_type": logo.media_type,
        "frame_aspect": logo.frame_aspect,
        "ink": list(logo.ink),
        "colours": [[colour.hex, colour.share] for colour in logo.colours],
        "rim": [[colour.hex, colour.share] for colour in logo.rim],
        "plate_hex": logo.plate_hex,
        "name_score": logo.name_score,
    }


def logo_of(told: Mapping[str, Any], data: bytes) -> LogoArt:
    """The logo again."""
    x0, y0, x1, y1 = told["ink"]
    colours = {
        name: tuple(InkColour(hex=hex_value, share=share) for hex_value, share in told[name])
        for name in ("colours", "rim")
    }
    return LogoArt(**{**told, "ink": (x0, y0, x1, y1), **colours, "data": data})
