"""Small previews of pictures as data URLs, for places that show a picture without fetching it (Dagster's UI).

What must not live here: decoding a picture (`drawing/thumbnail.py`, in the confined child), or Markdown.
"""

import base64

from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.ports import ConfinedJobs

LONGEST_SIDE_PX = 200
MAX_BYTES = 11_000
"""Below 15 kB once it is base64: previews lie in the event log, which is no picture store."""


def thumbnail_url(data: bytes, jobs: ConfinedJobs) -> str:
    """A `data:image/webp` URL of at most 15,000 characters. The same bytes give the same URL.

    Raises:
        ValidationFailed: the bytes are no PNG, JPEG or WebP.
        Unavailable: no child could be started. Retry.
    """
    bounds = {"longest_side_px": LONGEST_SIDE_PX, "max_bytes": MAX_BYTES}
    try:
        blobs = jobs.call("sgd_resources.drawing.thumbnail:draw_thumbnail", data, bounds).blobs
    except RejectedEvidence as error:
        raise ValidationFailed("the picture is not a readable PNG, JPEG or WebP") from error
    if len(blobs) != 1 or blobs[0][:4] != b"RIFF" or blobs[0][8:12] != b"WEBP":
        raise ValidationFailed("the picture gave no preview")
    return f"data:image/webp;base64,{base64.b64encode(blobs[0]).decode()}"
