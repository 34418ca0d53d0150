"""Photographs to put on cards: those that installed packages carry under a free licence, and painted ones.

scikit-image and scikit-learn ship a few sample photographs (public domain, CC0 or CC-BY); their files are opened, their
code is not imported. Where neither is installed, painted scenes with grain stand in. What must not live here: any
picture file.
"""

import random
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

_CARRIED = {
    "skimage": ("data/chelsea.png", "data/coffee.png", "data/rocket.jpg", "data/motorcycle_left.png", "data/brick.png",
                "data/grass.png", "data/gravel.png", "data/coins.png"),
    "sklearn": ("datasets/images/china.jpg", "datasets/images/flower.jpg"),
}  # fmt: skip


@lru_cache(maxsize=1)
def carried_photos() -> tuple[Path, ...]:
    """Files of the photographs that are installed."""
    found = []
    for package, names in _CARRIED.items():
        spec = find_spec(package)
        folders = list(spec.submodule_search_locations or ()) if spec is not None else []
        found += [Path(folders[0]) / name for name in names if folders and (Path(folders[0]) / name).is_file()]
    return tuple(found)


def photo(width: int, height: int, rng: random.Random) -> Image.Image:
    """A photograph of a size, cut at random from a carried one, or painted."""
    carried = carried_photos()
    if carried and rng.random() < 0.8:
        return _cut(_opened(rng.choice(carried)), width, height, rng)
    return painted(width, height, rng)


@lru_cache(maxsize=16)
def _opened(path: Path) -> Image.Image:
    return Image.open(path).convert("RGB")


def _cut(image: Image.Image, width: int, height: int, rng: random.Random) -> Image.Image:
    scale = max(width / image.width, height / image.height) * rng.uniform(1.0, 1.3)
    scaled = image.resize((max(width, round(image.width * scale)), max(height, round(image.height * scale))))
    x, y = rng.randint(0, scaled.width - width), rng.randint(0, scaled.height - height)
    cut = scaled.crop((x, y, x + width, y + height))
    return cut.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if rng.random() < 0.5 else cut


def painted(width: int, height: int, rng: random.Random) -> Image.Image:
    """Clouds of several sizes in natural colours, with hills and grain: nothing in it is flat."""
    noise = np.random.default_rng(rng.getrandbits(32))
    field = np.zeros((height, width, 3))
    for cells, weight in ((3, 1.0), (7, 0.6), (17, 0.35), (41, 0.2)):
        small = noise.random((cells, cells, 3)).astype(np.float32)
        layers = [
            np.asarray(Image.fromarray(small[..., c]).resize((width, height), Image.Resampling.BICUBIC))
            for c in range(3)
        ]
        field += weight * (0.7 * np.stack([layers[0]] * 3, axis=2) + 0.3 * np.stack(layers, axis=2))
    field = (field - field.min()) / max(float(np.ptp(field)), 1e-6)
    low, high = np.array([rng.uniform(20, 90) for _ in range(3)]), np.array([rng.uniform(150, 250) for _ in range(3)])
    rows, columns = np.mgrid[0:height, 0:width]
    hills = height * (0.6 + 0.1 * np.sin(columns / width * rng.uniform(4, 9) + rng.uniform(0, 6)))
    pixels = low + field * (high - low)
    pixels = np.where((rows > hills)[..., None], pixels * 0.55, pixels)
    pixels += noise.normal(0, 5, pixels.shape)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.4))
