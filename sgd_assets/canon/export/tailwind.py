"""A Tailwind theme: variables of `@theme`. Source: tailwindcss.com/docs/theme (version 4, 2025)."""

from sgd_assets.canon.export.brand import Brand
from sgd_assets.canon.export.css import sheet


def write_tailwind(brand: Brand) -> bytes:
    """A sheet to import behind Tailwind's own: `bg-brand-...`, `font-...`."""
    return sheet(brand, "@theme", lambda colour: f"--color-brand-{colour.key}", lambda font: f"--font-{font.key}")
