"""How a card's colours share its area beside the shares that a guide states.

What must not live here: the product's measure of the same.
"""

import numpy as np
from PIL import Image

from tests.compliance.brands.kit import OrgKit
from tests.compliance.cards.card import Card
from tests.compliance.cards.colours import rgb
from tests.compliance.cards.pillow import draw_pillow

_FAR = 0.15
"""Half the sum of what every colour has too much or too little, up to which nobody could say the shares are wrong."""


def keeps_proportions(card: Card, kit: OrgKit) -> bool:
    """Whether the shares are near those stated."""
    image = draw_pillow(card.changed(photos=(), logo=None))
    image.thumbnail((200, 200), resample=Image.Resampling.NEAREST)
    pixels = np.asarray(image, dtype=float).reshape(-1, 3)
    colours = np.array([rgb(hex_value) for hex_value, _ in kit.proportions], float)
    nearest = np.abs(pixels[:, None] - colours).sum(axis=2).argmin(axis=1)
    shares = np.bincount(nearest, minlength=len(colours)) / len(pixels)
    stated = np.array([share for _, share in kit.proportions])
    return bool(np.abs(shares - stated).sum() / 2 <= _FAR)
