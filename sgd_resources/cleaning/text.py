"""Checks the text formats that are kept byte for byte: plain text, Markdown, CSS, JSON.

They are only ever served as attachments with their own type, so nothing in them can run. What must not live here:
HTML and SVG, which can.
"""

from sgd_resources.cleaning.refusal import reject
from sgd_resources.filetype import decoded_text, is_json
from sgd_resources.ports.examination import Cleaning, Limits


def clean_text(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same bytes, when they are text.

    Raises:
        RejectedEvidence: `reject:malformed` for binary bytes.
    """
    if decoded_text(data) is None:
        reject("malformed", message="not text")
    return Cleaning(data, "")


def clean_json(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same bytes, when they are strict JSON in UTF-8 (RFC 8259; no NaN, no duplicate keys).

    Raises:
        RejectedEvidence: `reject:malformed` for anything else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        reject("malformed", message="JSON is UTF-8")
    if not is_json(text):
        reject("malformed", message="not JSON")
    return Cleaning(data, "")
