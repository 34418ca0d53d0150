"""The formats by name, and one canon in one of them. The one place that lists them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sgd_assets.canon.export.ase import write_ase
from sgd_assets.canon.export.brand import Brand, brand_of
from sgd_assets.canon.export.brand_yml import write_brand_yml
from sgd_assets.canon.export.css import write_css
from sgd_assets.canon.export.dtcg import write_dtcg
from sgd_assets.canon.export.figma import write_figma
from sgd_assets.canon.export.gpl import write_gpl
from sgd_assets.canon.export.scss import write_scss
from sgd_assets.canon.export.tailwind import write_tailwind
from sgd_assets.canon.export.thmx import write_thmx
from sgd_assets.canon.model import Canon
from sgd_resources.errors import ValidationFailed


@dataclass(frozen=True)
class Format:
    """One format."""

    write: Callable[[Brand], bytes]
    file_name: str
    """As the format's programs expect it; the suffix is the format's own."""
    media_type: str
    fonts_held: int | None = None
    """How many families it has room for; None: all."""


FORMATS: Mapping[str, Format] = {
    "dtcg": Format(write_dtcg, "brand.tokens.json", "application/json"),
    "css": Format(write_css, "brand.css", "text/css; charset=utf-8"),
    "tailwind": Format(write_tailwind, "brand.tailwind.css", "text/css; charset=utf-8"),
    "scss": Format(write_scss, "_brand.scss", "text/x-scss; charset=utf-8"),
    "figma": Format(write_figma, "brand.figma.json", "application/json"),
    "brand-yml": Format(write_brand_yml, "_brand.yml", "application/yaml"),
    "ase": Format(write_ase, "brand.ase", "application/x-adobe-ase", fonts_held=0),
    "gpl": Format(write_gpl, "brand.gpl", "text/plain; charset=utf-8", fonts_held=0),
    "thmx": Format(write_thmx, "brand.thmx", "application/vnd.ms-officetheme", fonts_held=2),
}


@dataclass(frozen=True)
class Exported:
    """A file to hand out."""

    data: bytes
    file_name: str
    media_type: str
    left_out: tuple[str, ...] = ()
    """Families that the format has no room for."""


def export_canon(canon: Canon, name: str) -> Exported:
    """The canon in one format.

    Raises:
        ValidationFailed: no such format, or the canon has neither a colour nor a font to write.
    """
    if (chosen := FORMATS.get(name)) is None:
        raise ValidationFailed(f"no such format; there are {', '.join(FORMATS)}", details={"formats": list(FORMATS)})
    brand = brand_of(canon)
    held = len(brand.fonts) if chosen.fonts_held is None else chosen.fonts_held
    if not brand.colours and not brand.fonts[:held]:
        raise ValidationFailed("this canon states nothing that the format can hold", details={"format": name})
    left_out = tuple(font.family for font in brand.fonts[held:])
    return Exported(chosen.write(brand), chosen.file_name, chosen.media_type, left_out)
