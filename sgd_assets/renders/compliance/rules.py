"""Every rule, in the order in which findings are told: words, logo, colours, the picture as a whole.

What must not live here: what one measures, its weight or its limits.
"""

from sgd_assets.renders.compliance.colours import off_palette_region, palette_only, proportions
from sgd_assets.renders.compliance.logo import (
    clear_space,
    crop,
    legible,
    minimum,
    obstruction,
    present,
    recolour,
    rotation,
    stretch,
    unmodified,
)
from sgd_assets.renders.compliance.picture import blur, dimensions, duplicate, jpeg
from sgd_assets.renders.compliance.picture import format as file_format
from sgd_assets.renders.compliance.rule import Rule
from sgd_assets.renders.compliance.words import (
    claims,
    contrast,
    cut,
    exact,
    fonts,
    glyphs,
    overlap,
    size,
    stray,
)
from sgd_assets.renders.compliance.words import present as words_present

RULES: tuple[Rule, ...] = tuple(
    module.RULE
    for module in (
        palette_only, off_palette_region, proportions,
        words_present, contrast, size, glyphs, cut, exact, stray, claims, overlap, fonts,
        present, unmodified, recolour, stretch, rotation, crop, obstruction, clear_space, minimum, legible,
        dimensions, file_format, jpeg, blur, duplicate,
    )
)  # fmt: skip
